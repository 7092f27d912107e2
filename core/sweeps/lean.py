"""Training a stack for what is left at its end: the same networks as `core.train` trains, with hardly any record.

What becomes of networks that diverge is `core.train.settling`'s business here too.  `core.train` measures the loss at
every epoch that it records, to see whether it is finite.  Here it is measured only where it might not be: mostly, a
bound on what the weights can make of the inputs says that it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..nn.losses import Loss
from ..nn.network import StackedMLP, Workspace, blocks, layer_starts
from ..nn.own_functions import activation_of, is_own
from ..train.epochs import is_recorded
from ..train.experiment import Experiment
from ..train.measuring import Samples, Score, forward_pass
from ..train.settling import put_back, settle
from ..train.stack import Stack
from .results import Figures

SAFE = 1e12  # sums no larger than this, in any layer, make no infinity


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
    """The training of an experiment whose runs have one seed's data."""

    def __init__(self, experiment: Experiment) -> None:
        """Starts at the initial weights."""
        self._stack = Stack(experiment)
        self._network, self._parameters = self._stack.network, self._stack.network.parameters
        self._largest_input = max(np.abs(samples.inputs).max() for samples in (self._stack.train, self._stack.test))
        self._before = self._recorded = self._parameters.copy()
        self._diverged_at = np.full(self._network.runs, -1)
        self._settled = np.zeros(self._network.runs, bool)  # those that stand still, and need not be looked at again
        with np.errstate(all="ignore"):
            if not self._is_finite():
                self._diverged_at = np.where(self._measured().is_finite, -1, 0)
                self._settled = self._diverged_at == 0

    def figures(self, curve_epochs: Sequence[int]) -> Figures:
        """Trains all epochs; the curve is of these, of which the last is the experiment's."""
        epochs, curve = self._stack.experiment.epochs, []
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                self._train_epoch()
                if self._stack.epoch in curve_epochs[:-1]:
                    curve.append(self._accuracy(_score(self._network, self._stack.test, self._stack.loss)))
            return self._last(curve)

    def _train_epoch(self) -> None:
        self._before = self._parameters.copy()
        self._stack.train_epoch()
        self._diverged_at = put_back(self._parameters, self._before, self._diverged_at, self._stack.epoch)
        if is_recorded(self._stack.epoch):
            if not self._is_finite():
                self._settle()
            self._settled = self._diverged_at >= 0
            self._recorded = self._parameters.copy()

    def _is_finite(self) -> bool:
        """Whether the loss of every network is: by the bound or, of those beyond it, by measuring these alone."""
        beyond = ~self._settled & ~(largest_sums(self._network, self._largest_input) <= SAFE)
        if not beyond.any():
            return True
        activations = [self._network.activations[row] for row in np.flatnonzero(beyond)]
        few = StackedMLP(self._network.sizes, activations, self._stack.experiment.dtype)
        few.parameters[...] = self._parameters[beyond]
        return bool(self._measured(few).is_finite.all())

    def _settle(self) -> _Measured:
        """Puts back those whose loss is not finite, as `core.train.training` does."""
        fallbacks = self._before, self._recorded
        measured, self._diverged_at = settle(self._measured, self._parameters, fallbacks, self._diverged_at)
        return measured

    def _measured(self, network: StackedMLP | None = None) -> _Measured:
        """Of all networks as they stand, or of others on the same data."""
        stack = self._stack
        scores = [_score(network or self._network, samples, stack.loss) for samples in (stack.train, stack.test)]
        return _Measured(stack.epoch, *scores)

    def _last(self, curve: list[np.ndarray]) -> Figures:
        """What is left, in the order of the experiment's runs."""
        measured, order = self._settle(), np.argsort(self._stack.order)
        accuracy = self._accuracy(measured.test)
        return Figures(
            test_accuracy=accuracy[order],
            train_accuracy=self._accuracy(measured.train)[order],
            test_loss=measured.test.loss[order],
            train_loss=measured.train.loss[order],
            dead_share=self._dead_share()[order],
            diverged_at=self._diverged_at[order],
            curve=np.stack([*curve, accuracy], axis=1)[order],
        )

    def _accuracy(self, score: Score) -> np.ndarray:
        """(run,) that of a score; 0 for a run that was never finite, as in a history."""
        return np.where(self._diverged_at == 0, 0.0, score.accuracy)

    def _dead_share(self) -> np.ndarray:
        """(run,) of the hidden units: those whose slope is 0 for every training sample; NaN for a run that was never
        finite."""
        hidden = self._network.sizes[1:-1]
        alive = [np.zeros((self._network.runs, units), bool) for units in hidden]

        def look(space: Workspace, targets: np.ndarray) -> None:
            for of_layer, slopes in zip(alive, space.slopes):
                np.logical_or(of_layer, slopes.any(axis=2), of_layer)

        forward_pass(self._network, self._stack.train, look, slopes=True)
        dead = sum((~of_layer).sum(axis=1) for of_layer in alive)
        return np.where(self._diverged_at == 0, np.nan, dead / max(sum(hidden), 1))


def _score(network: StackedMLP, samples: Samples, loss: Loss) -> Score:
    score = Score(network.runs, loss)
    forward_pass(network, samples, score.look)
    return score


def largest_sums(network: StackedMLP, largest_input: float) -> np.ndarray:
    """(run,) a bound on the size of all weighted sums, of any inputs that are no larger; infinite where an activation
    is one that somebody wrote, which may make anything of them."""
    largest = reach = np.full(network.runs, max(largest_input, 1.0))
    sizes, starts = np.abs(network.parameters), [*layer_starts(network.sizes), None]
    for layer, (start, end) in enumerate(pairwise(starts)):
        sums = sizes[:, start:end].max(axis=1) * (network.sizes[layer] + 1) * reach
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
