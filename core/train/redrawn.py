"""Trainings in which each seed draws everything anew: the data, their split, the minibatches and the initial weights.

Networks of one seed still share all of it, so they can be compared seed by seed; but a difference that all seeds show
is then one of more than a single split of the data.  Such an experiment is trained as one experiment for each seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Protocol

import numpy as np

from .experiment import Experiment
from .history import History
from .stack import Step


class Trainable(Protocol):
    """What `Training` and `RedrawnTraining` have in common; both can be pickled."""

    @property
    def experiment(self) -> Experiment: ...
    @property
    def epoch(self) -> int: ...
    def advance(self, epochs: int = 1, on_step: Callable[[Step], None] | None = None) -> None: ...
    def extend(self, epochs: int) -> None: ...
    def history(self) -> History: ...
    def losses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]: ...


class RedrawnTraining:
    """As `Training`, of an experiment that draws everything anew for each seed: one training for each, kept in step."""

    def __init__(self, experiment: Experiment, train_one: Callable[[Experiment], Trainable]) -> None:
        """Starts a training of each seed's experiment, as `train_one` does it; trains nothing yet."""
        self._experiment = experiment
        self._places = experiment.runs_by_seed()
        self._trainings = [train_one(experiment.of_seed(seed)) for seed in self._places]

    @property
    def experiment(self) -> Experiment:
        """The experiment that is trained, with as many epochs as `extend` has given it."""
        return self._experiment

    @property
    def epoch(self) -> int:
        """How many epochs have been trained."""
        return self._trainings[0].epoch

    def advance(self, epochs: int = 1, on_step: Callable[[Step], None] | None = None) -> None:
        """Trains that many epochs more; `on_step` is called after every step of every seed's training."""
        for training in self._trainings:
            training.advance(epochs, on_step)

    def extend(self, epochs: int) -> None:
        """Lets the experiment have that many epochs in all; raises `ValueError` for too many."""
        self._experiment = replace(self._experiment, epochs=epochs)
        for training in self._trainings:
            training.extend(epochs)

    def history(self) -> History:
        """All that was recorded so far, and how it stands now, runs in the experiment's order; changes nothing."""
        of_seeds = [training.history() for training in self._trainings]
        names = [item.name for item in fields(History)[2:]]
        arrays = {name: self._in_order([getattr(history, name) for history in of_seeds]) for name in names}
        return History(self._experiment, of_seeds[0].epochs, **arrays)

    def losses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The epochs recorded so far (E,), and the training and the test loss at each of them, (R, E)."""
        epochs, train_loss, test_loss = zip(*(training.losses() for training in self._trainings))
        return epochs[0], self._in_order(train_loss), self._in_order(test_loss)

    def _in_order(self, arrays: Sequence[np.ndarray]) -> np.ndarray:
        """Arrays (run, ...) of the seeds, as one with the runs in the experiment's order."""
        places = [place for of_seed in self._places.values() for place in of_seed]
        return np.concatenate(arrays)[np.argsort(places)]
