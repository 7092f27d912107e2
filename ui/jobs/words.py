"""What is said of a training that is under way, was stopped or has failed."""

import math

from core import Experiment
from ui.jobs.limits import Limits
from ui.jobs.trainings import Place
from ui.shell.labels import setting_labels
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, grouped

NEVER_FINITE = N_("None of these networks has a finite state, so there is nothing to show.")
_TRAINING = N_("Training for {epochs}: {networks}")
_CONTINUING = N_("Continuing from epoch {epoch} of {all}: {networks}")
_STOPPED = N_("**Stopped after epoch {epoch} of {epochs}.** Results so far:")
_PROGRESS = N_("Epoch {epoch} of {epochs}: {networks}")
_BEFORE = NN_(
    "{number} training is before yours, which is ready in about {seconds} s.",
    "{number} trainings are before yours, which is ready in about {seconds} s.",
)
_NONE_BEFORE = NN_(
    "{number} longer training takes turns with yours, which is ready in about {seconds} s.",
    "{number} longer trainings take turns with yours, which is ready in about {seconds} s.",
)
_TOO_LONG = N_(
    "**This experiment would take about {seconds} s, and the limit of this server is {most} s.** Choose fewer epochs, "
    "samples, networks, hidden layers or units, or larger batches."
)
_TOO_LARGE = N_(
    "**This experiment would need about {megabytes} MB, and the limit of this server is {most} MB.** Choose fewer "
    "networks, hidden layers, units or epochs, or smaller batches."
)
_FAILED = N_("**The training failed:** {error}. Your settings are kept.")


def training(experiment: Experiment, epoch: int = 0) -> str:
    """The sentence on the page while an experiment trains, from that epoch on."""
    names = ", ".join(setting_labels(experiment))
    message = _CONTINUING if 0 < epoch < experiment.epochs else _TRAINING
    return _(message, networks=names, epoch=epoch, all=experiment.epochs, epochs=count(experiment.epochs, "epoch"))


def progress(experiment: Experiment, epoch: int) -> str:
    """The words beside the progress bar of a training that has come to this epoch."""
    names = ", ".join(setting_labels(experiment))
    return _(_PROGRESS, epoch=epoch, epochs=experiment.epochs, networks=names)


def stopped(experiment: Experiment, epoch: int) -> str:
    """The sentence about a training that was stopped at this epoch."""
    return _(_STOPPED, epoch=epoch, epochs=experiment.epochs)


def failed(error: str) -> str:
    """The sentence about a training that failed, with the reason in words."""
    return _(_FAILED, error=_(error))


def place(where: Place) -> str | None:
    """The sentence about the others' trainings that one waits for; None if there are none."""
    if not where.others:
        return None
    ready = grouped(math.ceil(where.seconds))
    if where.before:
        return plural(*_BEFORE, where.before, seconds=ready)
    return plural(*_NONE_BEFORE, where.others, seconds=ready)


def over(limits: Limits, experiment: Experiment) -> str | None:
    """The sentence about an experiment that costs more than these limits allow; None if it does not."""
    if (needed := experiment.seconds()) > limits.seconds:
        return _(_TOO_LONG, seconds=grouped(math.ceil(needed)), most=grouped(int(limits.seconds)))
    if (needed := experiment.megabytes()) > limits.megabytes:
        return _(_TOO_LARGE, megabytes=grouped(math.ceil(needed)), most=grouped(int(limits.megabytes)))
    return None
