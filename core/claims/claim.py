"""What is claimed, what is measured to test it, and what came out: plain records."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

RATIO, SHARE, POINTS, LOSS = "ratio", "share", "points", "loss"  # kinds of figures


@dataclass(frozen=True)
class Trial:
    """One thing that is measured for a claim, in every part of its experiment and several times in each.

    `name` is unique in its claim.  `what` says in words what the figure is, and `kind` of which kind: a RATIO, where 1
    is no difference, a SHARE, a difference of shares in percentage POINTS (0.5 is 50 of them), or a difference of LOSS.
    `activation` is the one that it is about.

    A figure above `line` speaks for the claim, one below against it; None: the trial is shown for comparison only.
    `claimed` is the figure that the claim names, if it names one.

    Trials that follow each other with the same `picture`, its title, share it: they have all in common but their names.
    Without it, a trial has a picture of its own.
    """

    name: str
    what: str
    kind: str
    activation: str
    line: float | None
    claimed: float | None = None
    picture: str = ""


@dataclass(frozen=True)
class Row:
    """What a trial gave in one part: a figure for each repeat (a seed or a turn), all finite; `detail` says in words
    what they come from."""

    trial: str
    part: str
    figures: tuple[float, ...]
    detail: str


@dataclass(frozen=True)
class Claim:
    """A claim and its experiment.

    `statement` is what is said, and `source` who says so; `tested` says all of the experiment, `cannot_tell` what it
    leaves open.  `formula` is LaTeX, for the figure of the first trial.  The experiment goes in `parts`, each called a
    `part_noun`, that are repeated `repeats` times, each called a `repeat_noun`; `measure(part)` gives the rows of one
    part, one for each trial.
    """

    name: str
    statement: str
    source: str
    tested: str
    cannot_tell: str
    formula: str
    trials: tuple[Trial, ...]
    parts: tuple[str, ...]
    measure: Callable[[str], tuple[Row, ...]]
    repeats: int
    part_noun: str = "dataset"
    repeat_noun: str = "seed"

    @property
    def pictures(self) -> list[tuple[Trial, ...]]:
        """The trials, by the picture that shows them."""
        return [tuple(trials) for _, trials in groupby(self.trials, lambda trial: trial.picture or trial.name)]
