"""From figures to a verdict, by one rule for all claims.

In one part (a dataset), a trial **holds** if so many of its repeats lie on the claim's side of the line that chance
alone would bring that about in at most `CHANCE` of cases, were both sides equally likely (one-sided sign test).  It
**fails** if as many lie on the other side, and is else **open**; a repeat on the line counts for neither.  Each repeat
is a pair, of one seed or of one turn, so it does not matter that some seeds are harder than others; and a sign test
does not mind that ratios are spread unevenly.

Where the claim names a figure, that is **right** in a part if the median of the repeats is as far above the line as it,
within a factor of `NEAR`: for "six times as fast", the line being 1, from 1 + 5 / 1.5 to 1 + 5 * 1.5.

A trial passes in a part if it holds or, where the claim names its figure, if that is right.  The verdict is the share
of passes among all trials and parts, in words: see `WORDS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrc  # of the binomial distribution: the chance of more than so many

from .claim import Claim, Row, Trial

CHANCE = 0.05
NEAR = 1.5
HOLDS, FAILS, OPEN = "holds", "fails", "open"
NOT_HELD = "did not hold"
# By the least share of passes; below the last one it did not hold at all.
WORDS = {1.0: "held", 2 / 3: "mostly held", 1 / 3: "held in part", 1e-9: "hardly held", 0.0: NOT_HELD}


@dataclass(frozen=True)
class TrialVerdict:
    """`holds`, `fails` and `right` count parts, of `parts`; `median` is that of the parts' medians, `least` and
    `greatest` are the least and the greatest of these, `least_in` and `greatest_in` the parts they are of."""

    trial: Trial
    parts: int
    holds: int
    fails: int
    right: int
    median: float
    least: float
    greatest: float
    least_in: str
    greatest_in: str

    @property
    def passed(self) -> int:
        return self.holds if self.trial.claimed is None else self.right


@dataclass(frozen=True)
class Verdict:
    """`word` is one of `WORDS`; `trials` by name in the claim's order, those that are only for comparison among them;
    `passed` of `possible` passes of the others."""

    word: str
    passed: int
    possible: int
    trials: dict[str, TrialVerdict]


def repeats_needed(repeats: int) -> int:
    """On one side of the line, of so many, for a trial to hold; more than there are if no number is enough."""
    return next(some for some in range(1, repeats + 2) if bdtrc(some - 1, repeats, 0.5) <= CHANCE)


def outcome(figures: Sequence[float], line: float) -> str:
    """HOLDS, FAILS or OPEN: what the repeats say in one part."""
    values, needed = np.asarray(figures), repeats_needed(len(figures))
    if (values > line).sum() >= needed:
        return HOLDS
    return FAILS if (values < line).sum() >= needed else OPEN


def is_right(figures: Sequence[float], line: float, claimed: float) -> bool:
    """Whether their median is as far above the line as the claimed figure, within a factor of `NEAR`."""
    return bool(1 / NEAR <= (np.median(figures) - line) / (claimed - line) <= NEAR)


def verdict(claim: Claim, rows: Sequence[Row]) -> Verdict:
    """Of a claim by its rows; raises `ValueError` if one of its trials has none."""
    trials = {trial.name: _of_trial(trial, [row for row in rows if row.trial == trial.name]) for trial in claim.trials}
    judged = [each for each in trials.values() if each.trial.line is not None]
    passed, possible = sum(each.passed for each in judged), sum(each.parts for each in judged)
    word = next(word for share, word in WORDS.items() if passed >= share * possible)
    return Verdict(word, passed, possible, trials)


def _of_trial(trial: Trial, rows: Sequence[Row]) -> TrialVerdict:
    if not rows:
        raise ValueError(f"trial {trial.name!r} has no figures")
    line, claimed = trial.line, trial.claimed
    outcomes = [] if line is None else [outcome(row.figures, line) for row in rows]
    right = 0 if line is None or claimed is None else sum(is_right(row.figures, line, claimed) for row in rows)
    medians = {row.part: float(np.median(row.figures)) for row in rows}
    least, greatest = min(medians, key=medians.__getitem__), max(medians, key=medians.__getitem__)
    return TrialVerdict(
        trial,
        parts=len(rows),
        holds=outcomes.count(HOLDS),
        fails=outcomes.count(FAILS),
        right=right,
        median=float(np.median(list(medians.values()))),
        least=medians[least],
        greatest=medians[greatest],
        least_in=least,
        greatest_in=greatest,
    )
