"""Training the networks of an experiment: `train` for all of it, `training_of` for one part after another.

The loop is in `core.train.stack`, what is recorded in `core.train.recorder`, and what becomes of runs that diverge in
`core.train.settling`.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .. import limits
from ..notes import Note
from ..registry import check_type
from .epochs import is_recorded
from .experiment import Experiment
from .history import History
from .recorder import Record, Recorder
from .redrawn import RedrawnTraining, Trainable
from .settling import put_back, settle
from .stack import Stack, Step


def train(experiment: Experiment) -> History:
    """Trains every run for `experiment.epochs`: same experiment, same history."""
    training = training_of(experiment)
    training.advance(experiment.epochs)
    return training.history()


def training_of(experiment: Experiment) -> Trainable:
    """The training of any experiment, to be advanced in parts."""
    check_type(Note("experiment"), experiment, Experiment)
    if experiment.redraw == "weights":
        return Training(experiment)
    return RedrawnTraining(experiment, Training)


class Training:
    """A training that can go in parts, be pickled in between, and go on where it stopped.

    Nothing depends on how many epochs are still to come, so the parts together give what one training gives.  `stack`
    holds the networks as they stand.
    """

    def __init__(self, experiment: Experiment) -> None:
        """Measures the initial weights; trains nothing yet.  Raises `ValueError` for an experiment that draws
        everything anew for each seed, which takes several trainings: see `training_of`."""
        check_type(Note("experiment"), experiment, Experiment)
        if experiment.redraw != "weights":
            raise ValueError(f"redraw is {experiment.redraw!r}, which takes a training for each seed: use training_of")
        self.stack = Stack(experiment)
        self._recorder = Recorder(self.stack)
        self._before = self.stack.network.parameters.copy()  # at the start of the epoch trained last
        with np.errstate(all="ignore"):
            record = self._recorder.measure()
        self._recorder.records.append(record)
        self._diverged_at = np.where(record.is_finite, -1, 0)

    @property
    def experiment(self) -> Experiment:
        """The experiment that is trained, with as many epochs as `extend` has given it."""
        return self.stack.experiment

    @property
    def epoch(self) -> int:
        """How many epochs have been trained."""
        return self.stack.epoch

    def advance(self, epochs: int = 1, on_step: Callable[[Step], None] | None = None) -> None:
        """Trains that many epochs more; `on_step` is called after every step.  Raises `ValueError` for what is no
        number of epochs."""
        epochs = limits.check(Note("the number of epochs"), epochs, limits.EPOCHS)
        with np.errstate(all="ignore"):  # a run that diverges is a result, see `History.diverged_at`, not a warning
            for _ in range(epochs):
                parameters = self.stack.network.parameters
                self._before = parameters.copy()
                self.stack.train_epoch(on_step)
                self._diverged_at = put_back(parameters, self._before, self._diverged_at, self.epoch)
                if is_recorded(self.epoch) or self.epoch == self.experiment.branch_epoch:
                    record, self._diverged_at = self._settle()
                    self._recorder.records.append(record)

    def extend(self, epochs: int) -> None:
        """Lets the experiment have that many epochs in all; raises `ValueError` for too many."""
        self.stack.experiment = replace(self.experiment, epochs=epochs)

    def history(self) -> History:
        """All that was recorded so far, and how it stands now; changes nothing."""
        if self._recorder.records[-1].epoch == self.epoch:
            return self._recorder.history(self._diverged_at)
        parameters = self.stack.network.parameters.copy()
        with np.errstate(all="ignore"):
            record, diverged_at = self._settle()
        self.stack.network.parameters[...] = parameters
        return self._recorder.history(diverged_at, record)

    def losses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The epochs recorded so far (E,), and the training and the test loss at each of them, (R, E)."""
        return self._recorder.losses()

    def _settle(self) -> tuple[Record, np.ndarray]:
        """A run whose loss is not finite goes back to the epoch's start, or, if it was not finite even there, to what
        was recorded last."""
        fallbacks = self._before, self._recorder.records[-1].flat_parameters
        return settle(self._recorder.measure, self.stack.network.parameters, fallbacks, self._diverged_at)
