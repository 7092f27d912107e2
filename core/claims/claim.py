"""What is claimed, what is measured to test it, and what came out: plain records."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

RATIO, SHARE, POINTS, LOSS, EPOCHS = "ratio", "share", "points", "loss", "epochs"  # kinds of figures

# What a trial is to its claim: only those of the claim itself count.
CLAIM, MECHANISM, AUXILIARY, TRIVIAL = "claim", "mechanism", "auxiliary", "trivial"


@dataclass(frozen=True)
class Trial:
    """One thing that is measured for a claim, in every part of its experiment and several times in each.

    `name` is unique in its claim, and the results are kept by it; `label` is what people read, made of the name if no
    `title` is given.  `what` says in words what the figure is, and `kind` of which kind: a RATIO, where 1
    is no difference, a SHARE, a difference of shares in percentage POINTS (0.5 is 50 of them), a difference of LOSS, or
    a number of EPOCHS.  `activation` is the one that it is about.

    `role` is CLAIM for a trial of the claim itself.  Others are shown apart, have no `line`, and do not count: a
    MECHANISM that is said to bring it about, an AUXILIARY figure, or a TRIVIAL one, known without measuring.

    A figure above `line` speaks for the claim, one below against it; if the claim names a figure, `claimed`, those near
    that speak for it (see `core.claims.rule`).  Trials of one `condition` have a verdict of their own.

    Trials that follow each other with the same `picture`, its title, share it: they have all in common but their names,
    activations and conditions.  Without it, a trial has a picture of its own.
    """

    name: str
    what: str
    kind: str
    activation: str
    line: float | None = None
    claimed: float | None = None
    picture: str = ""
    role: str = CLAIM
    condition: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        """What people read; it need not be unique in the claim, but is among the trials that share a picture."""
        return self.title or self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True)
class Row:
    """What a trial gave in one part: a figure for each repeat (a seed or a turn), all finite; `detail` says in words
    what they come from."""

    trial: str
    part: str
    figures: tuple[float, ...]
    detail: str


Stage = Callable[[str, Sequence[Any]], Any]


@dataclass(frozen=True)
class Plan:
    """How one part of an experiment is measured, in stages of about a second.

    Each of the `stages` is called with the part and what the stages before it gave, and gives something small that can
    be pickled.  `rows(part, given)` makes the rows of what all of them gave, one for each trial.
    """

    stages: tuple[Stage, ...]
    rows: Callable[[str, Sequence[Any]], tuple[Row, ...]]

    def measure(self, part: str) -> tuple[Row, ...]:
        """The rows of a part, all its stages at once."""
        return self.go_on(part, (), float("inf")).rows or ()

    def go_on(self, part: str, given: Sequence[Any], seconds: float) -> "UnderWay":
        """How far it is after one or more further stages, which take about so many seconds in all."""
        results, start = list(given), time.perf_counter()
        while len(results) < len(self.stages):
            results.append(self.stages[len(results)](part, results))
            if time.perf_counter() - start > seconds:
                break
        rows = self.rows(part, results) if len(results) == len(self.stages) else None
        return UnderWay(results, len(results) / len(self.stages), rows)


@dataclass(frozen=True)
class UnderWay:
    """A part that is being measured: what its stages gave, which `share` of them is done, and the rows when all are."""

    given: Sequence[Any]
    share: float
    rows: tuple[Row, ...] | None


def joined(plans: Sequence[Plan]) -> Plan:
    """One after the other, each as if it were alone; the rows are those of all."""
    starts = [sum(len(plan.stages) for plan in plans[:place]) for place in range(len(plans))]
    stages = tuple(
        partial(_from, start, stage) for start, plan in zip(starts, plans, strict=True) for stage in plan.stages
    )

    def rows(part: str, given: Sequence[Any]) -> tuple[Row, ...]:
        return tuple(
            row
            for start, plan in zip(starts, plans, strict=True)
            for row in plan.rows(part, given[start : start + len(plan.stages)])
        )

    return Plan(stages, rows)


def _from(start: int, stage: Stage, part: str, given: Sequence[Any]) -> Any:
    return stage(part, given[start:])


@dataclass(frozen=True)
class Claim:
    """A claim and its experiment.

    `statement` is what is said, and `source` who says so.  `design` says in three lines what is compared, what is
    measured, and what speaks for the claim; `cannot_tell` what the experiment leaves open.  `formula` is LaTeX, for the
    figure of the first trial.  The experiment goes in `parts`, each called a `part_noun` and measured by `plan`, that
    are repeated `repeats` times, each called a `repeat_noun`.
    """

    name: str
    statement: str
    source: str
    design: tuple[str, str, str]
    cannot_tell: str
    formula: str
    trials: tuple[Trial, ...]
    parts: tuple[str, ...]
    plan: Plan
    repeats: int
    part_noun: str = "dataset"
    repeat_noun: str = "seed"

    @property
    def pictures(self) -> list[tuple[Trial, ...]]:
        """The trials, by the picture that shows them."""
        return [tuple(trials) for _, trials in groupby(self.trials, lambda trial: trial.picture or trial.name)]
