"""What is said of a training that is under way, was stopped or has failed."""

from core import Experiment
from core.analysis.repeats import setting_names
from ui.shell.numbers import count

NEVER_FINITE = "None of these networks has a finite state, so there is nothing to draw of them."
_TRAINING = "Training for {epochs}: {networks} …"
_STOPPED = "**Stopped after epoch {epoch} of {epochs}.** What follows is how far the networks have come."
_PROGRESS = "Epoch {epoch} of {epochs}: {networks}"
_FAILED = "**The training did not come to its end**: {error}. Your settings are kept."


def training(experiment: Experiment) -> str:
    """The sentence on the page while an experiment trains."""
    names = ", ".join(setting_names(experiment))
    return _TRAINING.format(networks=names, epochs=count(experiment.epochs, "epoch"))


def progress(experiment: Experiment, epoch: int) -> str:
    """The words beside the progress bar of a training that has come to this epoch."""
    names = ", ".join(setting_names(experiment))
    return _PROGRESS.format(epoch=epoch, epochs=experiment.epochs, networks=names)


def stopped(experiment: Experiment, epoch: int) -> str:
    """The sentence about a training that was stopped at this epoch."""
    return _STOPPED.format(epoch=epoch, epochs=experiment.epochs)


def failed(error: str) -> str:
    """The sentence about a training that failed, with the reason in words."""
    return _FAILED.format(error=error)
