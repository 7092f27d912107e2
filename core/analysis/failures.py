"""Trainings that fail, explained: where a run that diverged first had an infinity, what was found to help, and which
runs stand still.

A history says in which epoch a run diverged.  Training gives the same bits again, so the rest is found by doing it once
more and looking at every step of that epoch.
"""

import math
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
    diverged = np.flatnonzero(history.diverged_at >= 0).tolist()
    if not diverged:
        return {}
    if history.experiment.redraw != "weights":
        return _of_each_seed(history)
    runs, epochs = tuple(history.experiment.runs[i] for i in diverged), history.diverged_at[diverged]
    stack = Stack(replace(history.experiment, runs=runs))
    watch = _Watch(stack, epochs)
    with np.errstate(all="ignore"):  # what is infinite is looked for, and runs that had it train on without a look
        watch.on_epoch()
        for _ in range(epochs.max()):
            stack.train_epoch(watch.on_step)
            watch.on_epoch()
    return {diverged[i]: Divergence(diverged[i], *where) for i, where in sorted(watch.found.items())}


def _of_each_seed(history: History) -> dict[int, Divergence]:
    """The divergences of an experiment that drew everything anew, whose seeds are trainings of their own."""
    found = {}
    for places in history.experiment.runs_by_seed().values():
        for run, divergence in divergences(history.select(places)).items():
            found[places[run]] = replace(divergence, run=places[run])
    return dict(sorted(found.items()))


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
    epochs, seconds = int(history.epochs[-1]), 0.0
    found: list[Remedy] = []
    tried: list[str] = []
    for kind in _changes(history, rates):
        best = constant_loss(history.experiment)
        for change in kind:
            if seconds > limits.SECONDS:
                break
            training = training_of(change.applied_to(history.experiment))
            is_finite = _stays_finite(training, epochs)
            seconds += _seconds(training)
            tried.append(change.field)
            if not is_finite:
                continue
            change = replace(change, loss=float(training.history().train_loss[:, -1].mean()))
            found.append(change)
            if change.loss >= best and best < constant_loss(history.experiment):
                break
            best = min(best, change.loss)
    return Remedies(min(found, key=lambda change: change.loss, default=None), tuple(dict.fromkeys(tried)))


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
        self._stack = stack
        self._expected_at = diverged_at[stack.order]

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


def _stays_finite(training: Trainable, epochs: int) -> bool:
    """Trains until a run has diverged or the epochs are over.

    Most that diverge do it early: it looks at epochs 0, 1, 2, 4, 8, ...  They are all recorded ones, so a look finds
    nothing that training at once would not find.
    """
    while (training.history().diverged_at < 0).all():
        if training.epoch == epochs:
            return True
        training.advance(min(max(training.epoch, 1), epochs - training.epoch))
    return False


def _seconds(training: Trainable) -> float:
    """About what it took so far."""
    experiment = training.experiment
    samples, bytes_each = experiment.dataset.size.training_samples, DTYPES[experiment.dtype]
    runs = len(experiment.runs)
    size = experiment.sizes, runs, samples, training.epoch, experiment.samples_per_step, bytes_each
    return cost.seconds(*size, experiment.stacks)
