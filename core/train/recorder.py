"""What is recorded of a training: the figures of a stack of networks at one epoch, and the history made of many."""

from dataclasses import dataclass, fields

import numpy as np

from ..nn.network import layer_starts
from .diagnostics import Census, layer_norms, saturation_thresholds, unit_figures
from .history import History
from .measuring import Score, forward_pass, mean_gradient
from .stack import Stack

_OF_UNITS = ("alive", "flat", "total", "squares")  # fields of a record from which the history's figures come


@dataclass(frozen=True)
class Record:
    """One epoch of a stack; the first axis of all arrays is the run, in the stack's order.

    Losses, accuracies, `gradient_norm` and `flat_parameters` are those of `History`.  The others are those of a
    `Census`, (run, unit), from which the figures of the layers are computed when the history is made.
    """

    epoch: int
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    gradient_norm: np.ndarray
    flat_parameters: np.ndarray
    alive: np.ndarray
    flat: np.ndarray
    total: np.ndarray
    squares: np.ndarray

    @property
    def is_finite(self) -> np.ndarray:
        """(run,) whether both losses are."""
        return np.isfinite(self.train_loss + self.test_loss)


class Recorder:
    """Measures a stack, and keeps the records that it is given, in the order of their epochs."""

    def __init__(self, stack: Stack) -> None:
        network = stack.network
        self.records: list[Record] = []
        self._stack = stack
        self._starts = layer_starts(network.sizes)
        self._of_activations: tuple[tuple, list[np.ndarray]] = (), []

    def measure(self) -> Record:
        """The record of the stack as it stands; keeps nothing, and leaves the parameters alone."""
        stack, network = self._stack, self._stack.network
        census = Census(network.runs, network.sizes[1:-1], self._thresholds())
        train, test = Score(network.runs, stack.loss), Score(network.runs, stack.loss)
        gradient = mean_gradient(network, stack.train, stack.loss, train.look, census.look)
        forward_pass(network, stack.test, test.look)
        return Record(
            epoch=stack.epoch,
            train_loss=train.loss,
            test_loss=test.loss,
            train_accuracy=train.accuracy,
            test_accuracy=test.accuracy,
            gradient_norm=layer_norms(gradient, self._starts),
            flat_parameters=network.parameters.copy(),
            **{name: getattr(census, name) for name in _OF_UNITS},
        )

    def _thresholds(self) -> list[np.ndarray]:
        """One array for each hidden layer; the same until runs branch off."""
        network = self._stack.network
        if self._of_activations[0] != network.activations:
            layers = range(len(network.sizes) - 2)
            thresholds = [saturation_thresholds(network.activations, layer, network.dtype) for layer in layers]
            self._of_activations = network.activations, thresholds
        return self._of_activations[1]

    def history(self, diverged_at: np.ndarray, now: Record | None = None) -> History:
        """All records kept, and `now` behind them, as a history, whose runs are in the experiment's order.

        `diverged_at` (run,) is that of `History`, in the stack's order.
        """
        stack = self._stack
        records = self.records if now is None else [*self.records, now]
        arrays = {field.name: self._gathered(records, field.name) for field in fields(Record)[1:]}
        units = {name: arrays.pop(name) for name in _OF_UNITS}
        with np.errstate(all="ignore"):  # a run that was never finite
            arrays |= unit_figures(**units, samples=stack.train.number, hidden=stack.experiment.hidden)
        epochs, diverged_at = np.array([record.epoch for record in records]), diverged_at[np.argsort(stack.order)]
        for part in ("train_accuracy", "test_accuracy"):
            arrays[part][diverged_at == 0] = 0.0  # the likeliest class would be the first for every sample
        return History(stack.experiment, epochs, diverged_at=diverged_at, **arrays)

    def losses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The epochs of the records kept (E,), and the training and the test loss (R, E), runs in the experiment's
        order."""
        epochs = np.array([record.epoch for record in self.records])
        return epochs, self._gathered(self.records, "train_loss"), self._gathered(self.records, "test_loss")

    def _gathered(self, records: list[Record], name: str) -> np.ndarray:
        """(R, E, ...) of one field, filled in place: of the parameters, a copy in between would be as large as all."""
        first = getattr(records[0], name)
        gathered = np.empty((len(first), len(records), *first.shape[1:]), first.dtype)
        for place, record in enumerate(records):
            gathered[self._stack.order, place] = getattr(record, name)
        return gathered
