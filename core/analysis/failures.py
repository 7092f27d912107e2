"""Trainings that fail, explained: where a run that diverged first had an infinity, what was found to help, and which
runs stand still.

A history says in which epoch a run diverged.  Training gives the same bits again, so the rest is found by doing it once
more and looking at every step of that epoch.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

import numpy as np

from .. import limits
from ..nn.initializers import AUTO
from ..nn.network import Workspace, layer_views
from ..train import cost
from ..train.experiment import DTYPES, Experiment, Run
from ..train.history import History
from ..train.measuring import Score
from ..train.redrawn import Trainable
from ..train.stack import Stack, Step
from ..train.training import training_of
from .summary import constant_loss

# Name, layer (from 1) and values, with the run as first axis, of something that was computed.
Quantity = tuple[str, int, np.ndarray]


@dataclass(frozen=True)
class Divergence:
    """Where in the epoch in which it diverged a run first had a NaN or an infinity.

    `step` counts the minibatches of the epoch from 1; 0 means that all steps went well, or that there were none yet
    (epoch 0), and that it came up when the loss was measured, over the training part and then the test part.  `layer`
    counts from 1, the output layer last.

    `quantity` is the first, in the order of computation, of: "weighted sums" and "outputs", layer by layer upwards;
    "gradient" (of the layer's weights and biases, with its penalties), from the output layer downwards; "weights" (with
    biases, after the update; all layers at once, so `layer` is the first of those concerned).  "outputs" of the output
    layer stands for the loss.

    It is the first of that epoch, and need not be fatal by itself: tanh makes 1 of an infinite sum.
    """

    run: int
    epoch: int
    step: int
    layer: int
    quantity: str


@dataclass(frozen=True)
class Remedy:
    """One change of an experiment: `field` is "learning_rate", "l2" or "l1" (`value` a number), "initializer" (a name)
    or "hidden" (the units of each layer).

    `loss` is the training loss after the last epoch with it, as a mean over the runs: what it is worth, and no part of
    what it is.
    """

    field: str
    value: float | str | tuple[int, ...]
    loss: float = dataclass_field(default=math.nan, compare=False)

    def applied_to(self, experiment: Experiment) -> Experiment:
        """The experiment with the change made to all its runs.  Of a run's activations, one for each layer, the first
        are kept if layers go."""
        if isinstance(self.value, tuple):
            runs = tuple(_with_layers(run, len(self.value)) for run in experiment.runs)
            return replace(experiment, runs=runs, hidden=self.value)
        change: dict[str, Any] = {self.field: self.value}  # which type a value has is up to its field
        return replace(experiment, runs=tuple(replace(run, **change) for run in experiment.runs))


@dataclass(frozen=True)
class Remedies:
    """What came of looking for a remedy: the `best`, None if nothing that was tried keeps all runs finite, and the
    fields of the changes that were `tried`."""

    best: Remedy | None
    tried: tuple[str, ...]


def divergences(history: History) -> dict[int, Divergence]:
    """Where each run of a history that diverged did so, by the run's place in the experiment.

    Trains those runs again, as one stack, up to the last epoch in which one of them diverged.
    """
    search = DivergencesInParts(history)
    search.advance(math.inf)
    return search.found or {}


class DivergencesInParts:
    """What `divergences` does, in parts (`core.in_parts`)."""

    def __init__(self, history: History) -> None:
        self.found: dict[int, Divergence] | None = None
        self._watches = list(_watches(history))
        self._divergences: list[Divergence] = []

    def advance(self, seconds: float) -> None:
        """Goes on for about so many seconds, by the clock."""
        end = time.perf_counter() + seconds
        while self._watches and time.perf_counter() < end:
            places, watch = self._watches[0]
            if watch.go_on():
                continue
            del self._watches[0]
            self._divergences += [Divergence(places[run], *where) for run, where in watch.found.items()]
        if not self._watches:
            self.found = {each.run: each for each in sorted(self._divergences, key=lambda each: each.run)}


def _watches(history: History) -> Iterator[tuple[list[int], "_Watch"]]:
    """For each stack in which runs diverged, the places of these runs in the experiment, and a watch over them.  Of one
    that drew everything anew, each seed is a stack of its own."""
    if history.experiment.redraw != "weights":
        for places in history.experiment.runs_by_seed().values():
            for found, watch in _watches(history.select(places)):
                yield [places[run] for run in found], watch
        return
    diverged = np.flatnonzero(history.diverged_at >= 0).tolist()
    if diverged:
        runs = tuple(history.experiment.runs[run] for run in diverged)
        yield diverged, _Watch(Stack(replace(history.experiment, runs=runs)), history.diverged_at[diverged])


def remedies(history: History, rates: Sequence[float]) -> Remedies:
    """Looks for the change with which no run of a history diverges within its epochs and the training loss gets lowest.

    Each of these changes is tried by training, from the mildest on:

    * learning rates of `rates` below that of every run that diverged, the greatest first (not if one diverged in epoch
      0, which no rate can change),
    * initializer "auto", if a run that diverged has another,
    * no penalty, L2 or L1, if a run that diverged has one,
    * the lower half of the hidden layers, the lower quarter, and so on to 1.

    Of one kind, no more is tried once a change reaches no lower loss than the one before and that one has learned
    something.  A change is made to all runs, as a control of the page would make it, and all are trained, because none
    is safe: at a rate of 100 a network may be dead before it can diverge, and at 10 it may diverge.  For the same
    reason, not to diverge is no merit by itself: `Remedy.loss` says what it is worth.

    Nothing more is tried when the trainings took longer than `limits.SECONDS` together, by `core.train.cost`.  Raises
    `ValueError` when it comes to a rate beyond `limits.LEARNING_RATE`.
    """
    search = RemediesInParts(history, rates)
    search.advance(math.inf)
    return search.found or Remedies(None, ())


class RemediesInParts:
    """What `remedies` does, in parts (`core.in_parts`)."""

    def __init__(self, history: History, rates: Sequence[float]) -> None:
        self.found: Remedies | None = None
        self._experiment, self._epochs = history.experiment, int(history.epochs[-1])
        self._kinds = [list(kind) for kind in _changes(history, rates)]  # what is still to be tried, kind by kind
        self._best = self._constant = constant_loss(history.experiment)  # the lowest of the kind, and without learning
        self._training: Trainable | None = None  # of the change that is tried
        self._tried: list[Remedy] = []
        self._finite: list[Remedy] = []
        self._seconds = 0.0

    def advance(self, seconds: float) -> None:
        """Goes on for about so many seconds, by the clock."""
        end = time.perf_counter() + seconds
        while self.found is None:
            self._go_on()
            if time.perf_counter() >= end:
                return

    def _go_on(self) -> None:
        """Begins to try a change, trains it a little further, or ends the search."""
        if self._training is not None:
            self._train(self._training)
            return
        if self._kinds and self._seconds > limits.SECONDS:
            self._kinds.clear()
        while self._kinds and not self._kinds[0]:
            self._next_kind()
        if self._kinds:
            self._tried.append(self._kinds[0].pop(0))
            self._training = training_of(self._tried[-1].applied_to(self._experiment))
        else:
            best = min(self._finite, key=lambda change: change.loss, default=None)
            self.found = Remedies(best, tuple(dict.fromkeys(change.field for change in self._tried)))

    def _train(self, training: Trainable) -> None:
        """Until a run has diverged or the epochs are over.

        Most that diverge do it early: it looks at epochs 0, 1, 2, 4, 8, ...  They are all recorded ones, so a look
        finds nothing that training at once would not find.
        """
        is_finite = (training.history().diverged_at < 0).all()
        if is_finite and training.epoch < self._epochs:
            training.advance(min(max(training.epoch, 1), self._epochs - training.epoch))
            return
        self._training = None
        self._seconds += _seconds(training)
        if is_finite:
            loss = float(training.history().train_loss[:, -1].mean())
            self._finite.append(replace(self._tried[-1], loss=loss))
            if loss >= self._best and self._best < self._constant:
                self._next_kind()
            else:
                self._best = min(self._best, loss)

    def _next_kind(self) -> None:
        del self._kinds[0]
        self._best = self._constant


def dies_out(history: History) -> np.ndarray:
    """Tells which runs of a history died out, (run,): in the end every unit of at least one of their hidden layers is
    dead, and they have not diverged.

    Such a layer has slope 0 for every training point.  So its weights and those of all layers below get no gradient and
    stay as they are, but for penalties and what an optimizer still does without one (momentum, weight decay); only the
    layers above can learn, from what then are fixed features.  Layers of steps, whose slope is 0 everywhere, are like
    that from the start.
    """
    all_dead = history.dead_units[:, -1] == np.array(history.experiment.hidden, int)
    return all_dead.any(axis=1) & (history.diverged_at < 0)


class _Watch:
    """Looks at every step of those epochs in which a run is known to diverge, and at what its losses come from.

    `found` has (epoch, step, layer, quantity), as in `Divergence`, for each run of the experiment that was seen to.
    """

    def __init__(self, stack: Stack, diverged_at: np.ndarray) -> None:
        self.found: dict[int, tuple[int, int, int, str]] = {}
        self._stack, self._epochs, self._is_new = stack, int(diverged_at.max()), True
        self._expected_at = diverged_at[stack.order]

    def go_on(self) -> bool:
        """Trains an epoch more, and says whether there was one; the first time it looks at the initial weights."""
        with np.errstate(all="ignore"):  # what is infinite is looked for, and runs that had it train on without a look
            if self._is_new:
                self._is_new = False
            elif self._stack.epoch < self._epochs:
                self._stack.train_epoch(self.on_step)
            else:
                return False
            self.on_epoch()
            return True

    def on_step(self, step: Step) -> None:
        self._look(step.epoch, step.number, _computed(step))

    def on_epoch(self) -> None:
        self._look(self._stack.epoch, 0, _measured(self._stack))

    def _look(self, epoch: int, step: int, quantities: Iterator[Quantity]) -> None:
        """Notes the first quantity that is not finite, for each run that is expected to diverge in this epoch."""
        expected = self._expected_at == epoch
        if not expected.any():
            return
        for quantity, layer, values in quantities:
            finite = np.isfinite(values).reshape(len(expected), -1).all(axis=1)
            for row in np.flatnonzero(expected & ~finite):
                self.found[self._stack.order[row]] = epoch, step, layer, quantity
                self._expected_at[row] = -1
            expected &= finite


def _computed(step: Step) -> Iterator[Quantity]:
    """What a step has computed, in order."""
    network = step.network
    weights = layer_views(step.before, network.sizes)
    yield from _passed(network.workspace(step.batch.number), step.batch.inputs, weights)
    for layer in range(len(weights), 0, -1):
        yield "gradient", layer, network.gradients[layer - 1]
    for layer, updated in enumerate(network.weights, start=1):
        yield "weights", layer, updated


def _measured(stack: Stack) -> Iterator[Quantity]:
    """What measuring the losses computes."""
    network = stack.network
    for samples in (stack.train, stack.test):
        score = Score(network.runs, stack.loss)
        for part, space in network.forward_parts(samples.inputs, slopes=False):
            yield from _passed(space, samples.inputs[:, part], network.weights)
            score.look(space, samples.targets[:, part])
        yield "outputs", len(network.weights), score.loss


def _passed(space: Workspace, inputs: np.ndarray, weights: list[np.ndarray]) -> Iterator[Quantity]:
    """What a forward pass through these weights has computed.  The workspace keeps its outputs; their sums have been
    overwritten, and are computed once more."""
    below = inputs
    for layer, outputs in enumerate(space.outputs, start=1):
        yield "weighted sums", layer, weights[layer - 1] @ below
        yield "outputs", layer, outputs
        below = outputs
    yield "weighted sums", len(weights), weights[-1] @ below


def _changes(history: History, rates: Sequence[float]) -> Iterator[Iterator[Remedy]]:
    """All that may help: for each kind of change those to try, in order."""
    experiment = history.experiment
    diverged = [run for run, epoch in zip(experiment.runs, history.diverged_at) if epoch >= 0]
    if not diverged:
        return
    if (history.diverged_at != 0).all():
        least = min(run.rate for run in diverged)
        yield (Remedy("learning_rate", float(rate)) for rate in sorted(rates, reverse=True) if rate < least)
    if any(run.initializer != AUTO for run in diverged):
        yield iter([Remedy("initializer", AUTO)])
    for penalty in ("l2", "l1"):
        if any(getattr(run, penalty) for run in diverged):
            yield iter([Remedy(penalty, 0.0)])
    yield _fewer_layers(experiment.hidden)


def _fewer_layers(hidden: tuple[int, ...]) -> Iterator[Remedy]:
    layers = len(hidden) // 2
    while layers:
        yield Remedy("hidden", hidden[:layers])
        layers //= 2


def _with_layers(run: Run, layers: int) -> Run:
    return run if isinstance(run.activation, str) else replace(run, activation=run.activation[:layers])


def _seconds(training: Trainable) -> float:
    """About what it took so far."""
    experiment = training.experiment
    samples, bytes_each = experiment.dataset.size.training_samples, DTYPES[experiment.dtype]
    runs = len(experiment.runs)
    return cost.seconds(experiment.sizes, runs, samples, training.epoch, experiment.samples_per_step, bytes_each)
