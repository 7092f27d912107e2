"""What helps a training in which runs diverged: changes of the experiment, each tried by training.

Where such a run first had an infinity is in `core.analysis.failures`.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from .. import limits
from ..nn.initializers import AUTO
from ..train.experiment import Experiment
from ..train.history import History
from ..train.redrawn import Trainable
from ..train.run import Run
from ..train.training import training_of
from .summary import constant_loss


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
        self._seconds += training.experiment.seconds(training.epoch)  # about what it took
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


def _changes(history: History, rates: Sequence[float]) -> Iterator[Iterator[Remedy]]:
    """All that may help: for each kind of change those to try, in order."""
    experiment = history.experiment
    diverged = [run for run, epoch in zip(experiment.runs, history.diverged_at) if epoch >= 0]
    if not diverged or experiment.branch_epoch is not None:  # a change would have to be one of the branch, too
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
