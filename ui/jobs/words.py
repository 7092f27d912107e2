"""What is said of a training that is under way, was stopped or has failed."""

from core import Experiment
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count

NEVER_FINITE = N_("None of these networks has a finite state, so there is nothing to show.")
TOO_LARGE = N_(
    "These networks need more memory than this server has for one training. Choose fewer networks, hidden layers, "
    "units or epochs."
)
_TRAINING = N_("Training for {epochs}: {networks}")
_STOPPED = N_("**Stopped after epoch {epoch} of {epochs}.** Results so far:")
_PROGRESS = N_("Epoch {epoch} of {epochs}: {networks}")
_FAILED = N_("**The training failed:** {error}. Your settings are kept.")


def training(experiment: Experiment) -> str:
    """The sentence on the page while an experiment trains."""
    names = ", ".join(setting_labels(experiment))
    return _(_TRAINING, networks=names, epochs=count(experiment.epochs, "epoch"))


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
