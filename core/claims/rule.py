"""From figures to a verdict, by one rule for all claims.

Each repeat is a pair, of one seed or of one turn, so it does not matter that some seeds are harder than others.  In one
part (a dataset), the repeats give a 95 % interval for the median that asks nothing of how they are spread (the one
between two of the ordered figures: Conover 1999, *Practical Nonparametric Statistics*, section 3.2).  A trial **holds**
if the interval lies wholly where the claim is right, **fails** if it lies wholly elsewhere, and is else **open**.  For
that, 15 of 20 repeats must lie on one side of a line: were both sides equally likely, chance would bring that about in
2.1 % of cases.

The claim is right above the trial's line or, where it names a figure, near that: as far from the line as it, within a
factor of `NEAR`.  For "six times as fast", the line being 1, that is from 1 + 5 / 1.5 to 1 + 5 * 1.5.

All tests count, the trials of the claim itself in all parts, and nothing else does.  The verdict is

* **not decided** if fewer than half of the tests hold or fail; else
* **supported** if at least two thirds hold and none fails,
* **partly supported** if more hold than fail,
* **weakly supported** if at least a sixth hold,
* **not supported** if fewer do.

How often that finds what is there, and what is not, is in docs/claims.md, made by `benchmarks/claims_power.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from scipy.special import bdtr  # of the binomial distribution: the chance of at most so many

from .claim import CLAIM, Claim, Row, Trial

CONFIDENCE = 0.95
NEAR = 1.5
HOLDS, FAILS, OPEN = "holds", "fails", "open"
SUPPORTED, PARTLY, WEAKLY = "supported", "partly supported", "weakly supported"
NOT_SUPPORTED, NOT_DECIDED = "not supported", "not decided"
OUTCOMES = HOLDS, FAILS, OPEN
WORDS = SUPPORTED, PARTLY, WEAKLY, NOT_SUPPORTED, NOT_DECIDED
DECIDED, MOST, FEW = 1 / 2, 2 / 3, 1 / 6  # shares of all tests


@dataclass(frozen=True)
class TrialVerdict:
    """`holds` and `fails` count parts, of `parts`; `above` and `below` those whose interval is on one side of the line,
    whatever figure is claimed; `median` is that of the parts' medians, `least` and `greatest` are the least and the
    greatest of these, `least_in` and `greatest_in` the parts they are of."""

    trial: Trial
    parts: int
    holds: int
    fails: int
    above: int
    below: int
    median: float
    least: float
    greatest: float
    least_in: str
    greatest_in: str


@dataclass(frozen=True)
class Finding:
    """A verdict's `word`, and how many of the `tests` hold and fail; the others are open."""

    word: str
    holds: int
    fails: int
    tests: int

    @property
    def undecided(self) -> int:
        return self.tests - self.holds - self.fails


@dataclass(frozen=True)
class Verdict:
    """`findings` by condition, in the claim's order: a single one, of "", for a claim without conditions; `trials` by
    name in the claim's order, those that do not count among them."""

    findings: dict[str, Finding]
    trials: dict[str, TrialVerdict]


@cache
def outermost(repeats: int) -> int:
    """How many figures, of so many, lie outside the interval for their median at each end; -1 if they are too few for
    an interval."""
    tail = (1 - CONFIDENCE) / 2
    return max((some for some in range(repeats // 2) if bdtr(some, repeats, 0.5) <= tail), default=-1)


def interval(figures: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval for the median of what the figures are drawn from; infinite if they are too few."""
    outside = outermost(len(figures))
    if outside < 0:
        return -np.inf, np.inf
    ordered = np.sort(figures)
    return float(ordered[outside]), float(ordered[-1 - outside])


def right(trial: Trial) -> tuple[float, float]:
    """Between which figures the claim is right; raises `ValueError` for a trial that does not count."""
    if trial.line is None:
        raise ValueError(f"trial {trial.name!r} does not count")
    if trial.claimed is None:
        return trial.line, np.inf
    distance = trial.claimed - trial.line
    return trial.line + distance / NEAR, trial.line + distance * NEAR


def outcome(figures: Sequence[float], least: float, greatest: float = np.inf) -> str:
    """HOLDS, FAILS or OPEN: whether their median is between `least` and `greatest`."""
    low, high = interval(figures)
    if least < low and high < greatest:
        return HOLDS
    return FAILS if high < least or low > greatest else OPEN


def word(holds: int, fails: int, tests: int) -> str:
    """The verdict on a claim of which so many of all tests hold and fail."""
    if holds + fails < DECIDED * tests:
        return NOT_DECIDED
    if holds >= MOST * tests and fails == 0:
        return SUPPORTED
    if holds > fails:
        return PARTLY
    return WEAKLY if holds >= FEW * tests else NOT_SUPPORTED


def verdict(claim: Claim, rows: Sequence[Row]) -> Verdict:
    """Of a claim by its rows; raises `ValueError` if one of its trials has none."""
    return _verdict(claim, tuple(rows))


@lru_cache(maxsize=64)
def _verdict(claim: Claim, rows: tuple[Row, ...]) -> Verdict:
    trials = {trial.name: _of_trial(trial, [row for row in rows if row.trial == trial.name]) for trial in claim.trials}
    conditions = dict.fromkeys(trial.condition for trial in claim.trials if trial.role == CLAIM)
    return Verdict({condition: _finding(condition, list(trials.values())) for condition in conditions}, trials)


def _finding(condition: str, trials: Sequence[TrialVerdict]) -> Finding:
    counted = [each for each in trials if each.trial.role == CLAIM and each.trial.condition == condition]
    holds, fails, tests = (sum(getattr(each, name) for each in counted) for name in ("holds", "fails", "parts"))
    return Finding(word(holds, fails, tests), holds, fails, tests)


def _of_trial(trial: Trial, rows: Sequence[Row]) -> TrialVerdict:
    if not rows:
        raise ValueError(f"trial {trial.name!r} has no figures")
    outcomes = [] if trial.line is None else [outcome(row.figures, *right(trial)) for row in rows]
    sides = [] if trial.line is None else [outcome(row.figures, trial.line) for row in rows]
    medians = {row.part: float(np.median(row.figures)) for row in rows}
    least, greatest = min(medians, key=medians.__getitem__), max(medians, key=medians.__getitem__)
    return TrialVerdict(
        trial,
        parts=len(rows),
        holds=outcomes.count(HOLDS),
        fails=outcomes.count(FAILS),
        above=sides.count(HOLDS),
        below=sides.count(FAILS),
        median=float(np.median(list(medians.values()))),
        least=medians[least],
        greatest=medians[greatest],
        least_in=least,
        greatest_in=greatest,
    )
