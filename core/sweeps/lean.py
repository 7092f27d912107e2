"""Training a stack for what is left at its end: the same networks as `core.train` trains, with hardly any record.

What becomes of networks that diverge is `core.train.settling`'s business here too.  `core.train` measures the loss at
every epoch that it records, to see whether it is finite.  Here it is measured only where it might not be: mostly, a
bound on what the weights can make of the inputs says that it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..nn.network import StackedMLP, blocks
from ..nn.own_functions import activation_of, is_own
from ..train.diagnostics import Census
from ..train.experiment import Experiment
from ..train.measuring import Score, forward_pass
from ..train.schedule import is_recorded
from ..train.settling import put_back, settle
from ..train.stack import Stack
from .results import Figures

SAFE = 1e9  # sums no larger than this, in any layer, make no infinity


@dataclass(frozen=True)
class _Measured:
    """What `settle` wants to know, and more; arrays are (run,)."""

    epoch: int
    train: Score
    test: Score

    @property
    def is_finite(self) -> np.ndarray:
        return np.isfinite(self.train.loss + self.test.loss)


class LeanTraining:
    """The training of an experiment, whose runs have one seed's data."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._stack = Stack(experiment)
        self._network, self._parameters = self._stack.network, self._stack.network.parameters
        self._largest_input = max(np.abs(part.inputs).max() for part in (self._stack.train, self._stack.test))
        self._before = self._recorded = self._parameters.copy()
        self._diverged_at = np.full(self._network.runs, -1)
        self._known = np.zeros(self._network.runs, bool)  # of those that stand still: that their loss is finite
        if self._may_be_infinite():
            self._diverged_at = np.where(self._measure().is_finite, -1, 0)

    def figures(self, curve_epochs: Sequence[int]) -> Figures:
        """Trains all epochs; the curve is of these."""
        curve = []
        with np.errstate(all="ignore"):
            for epoch in range(1, self._experiment.epochs + 1):
                self._train_epoch()
                if epoch in curve_epochs and epoch < self._experiment.epochs:
                    curve.append(self._score(test=True).accuracy)
            return self._last(curve)

    def _train_epoch(self) -> None:
        self._before = self._parameters.copy()
        self._stack.train_epoch()
        self._diverged_at = put_back(self._parameters, self._before, self._diverged_at, self._stack.epoch)
        if is_recorded(self._stack.epoch):
            if self._may_be_infinite():
                self._settle()
            self._recorded = self._parameters.copy()

    def _settle(self) -> _Measured:
        fallbacks = self._before, self._recorded
        measured, self._diverged_at = settle(self._measure, self._parameters, fallbacks, self._diverged_at)
        self._known = self._diverged_at >= 0
        return measured

    def _measure(self) -> _Measured:
        return _Measured(self._stack.epoch, self._score(test=False), self._score(test=True))

    def _score(self, *, test: bool) -> Score:
        score = Score(self._network.runs, self._stack.loss)
        forward_pass(self._network, self._stack.test if test else self._stack.train, score.look)
        return score

    def _may_be_infinite(self) -> bool:
        """Whether the loss of some network might be, of which it is not known."""
        return bool((~self._known & ~(largest_sums(self._network, self._largest_input) <= SAFE)).any())

    def _last(self, curve: list[np.ndarray]) -> Figures:
        measured = self._settle()
        census = Census.of(self._network)
        forward_pass(self._network, self._stack.train, census.look, slopes=True)
        in_order = np.argsort(self._stack.order)
        return Figures(
            test_accuracy=measured.test.accuracy[in_order],
            train_accuracy=measured.train.accuracy[in_order],
            test_loss=measured.test.loss[in_order],
            train_loss=measured.train.loss[in_order],
            dead_share=(~census.alive[in_order]).sum(axis=1) / max(census.alive.shape[1], 1),
            diverged_at=self._diverged_at[in_order],
            curve=np.stack([*curve, measured.test.accuracy], axis=1)[in_order],
        )


def largest_sums(network: StackedMLP, largest_input: float) -> np.ndarray:
    """(run,) a bound on the size of all weighted sums, of any inputs that are no larger; infinite where an activation
    is one that somebody wrote, which may make anything of them."""
    reach = np.full(network.runs, max(largest_input, 1.0))
    largest = reach
    for layer, weights in enumerate(network.weights):
        sums = np.abs(weights).sum(axis=2).max(axis=1) * reach
        largest = np.maximum(largest, sums)
        if layer < len(network.weights) - 1:
            names = [activations[layer] for activations in network.activations]
            reach = np.concatenate([reach_of(name, sums[block]) for name, block in blocks(names)])
    return largest


def reach_of(activation: str, largest: np.ndarray) -> np.ndarray:
    """A bound, at least 1, on what an activation makes of sums up to this size: those of the registry make most of the
    greatest ones, if anything larger than the sums themselves."""
    if is_own(activation):
        return np.full_like(largest, np.inf)
    value = activation_of(activation).value
    return np.maximum(np.maximum(np.abs(value(largest)), np.abs(value(-largest))), np.maximum(largest, 1))
