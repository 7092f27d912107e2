"""What a room has found together: the results of its participants, each from a seed of their own, as one experiment.

Networks of one participant share all that their seed draws, so they are compared seed by seed, as in
`core.analysis.luck`.  People look again whenever somebody has joined, and who looks often enough finds a lead by luck.
So leads are judged by intervals that hold at every look (`lasting_intervals`).

Values are of one of two kinds.  Of what is measured, such as accuracies and losses, means are compared; a value that is
not finite is of a network that diverged.  What is counted, such as dead units or the epochs to an accuracy, has a
median and a range; there, infinite is what never happened.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.analysis.luck import ROUNDING, Contest, contest_of, lasting_intervals

LOOKS = (2, 3, 5, 8, 13, 21, 34, 55, 89, 144)  # participants after which the interval is kept to be shown


class Result(Protocol):
    """What one participant's networks have given."""

    @property
    def number(self) -> int: ...
    @property
    def cell(self) -> object: ...
    @property
    def seed(self) -> int: ...
    @property
    def values(self) -> Sequence[float | None]: ...
    @property
    def right(self) -> str | None: ...


@dataclass(frozen=True)
class Summary:
    """The values of one network, in one cell if there are several: of how many participants, how many `diverged` or
    never got there, and the rest."""

    people: int
    diverged: int = 0
    mean: float = math.nan
    median: float = math.nan
    least: float = math.nan
    greatest: float = math.nan


@dataclass(frozen=True)
class Look:
    """The mean lead when so many participants had a result, and its interval, which may be infinite."""

    people: int
    lead: float
    low: float
    high: float


@dataclass(frozen=True)
class Pooled:
    """What the results of so many `people` say; networks go by their place.

    `contest` is that of the networks that never diverged, over the participants who have a value of each of them, or
    None where there is nothing to compare.  Its figures are such that the higher one is better, so those of a loss are
    negative.  `looks` tell how the interval of its closest lead became what it is.  `ahead` counts for each network the
    participants with whom it alone was first, `compared` those in whom all could be compared.  `rights` counts the
    answers that were right for a participant; those for whom none was have the key None.
    """

    people: int
    networks: tuple[Summary, ...]
    contest: Contest | None = None
    looks: tuple[Look, ...] = ()
    ahead: tuple[int, ...] = ()
    compared: int = 0
    rights: dict[str | None, int] | None = None

    @property
    def right(self) -> str | None:
        """The answer that was right for most; None if there is none, or several are."""
        counts = Counter({answer: number for answer, number in (self.rights or {}).items() if answer is not None})
        first = counts.most_common(2)
        return first[0][0] if first and (len(first) == 1 or first[0][1] > first[1][1]) else None


def pooled(
    results: Sequence[Result], networks: int, largest_wins: bool, is_counted: bool = False, chance: float = -math.inf
) -> Pooled:
    """What results, in the order in which they arrived, say of so many networks; those with other networks are left
    out, as where the question has been changed meanwhile.  `chance` is the chance level of accuracies."""
    results = [result for result in results if len(result.values) == networks]
    values = np.array([result.values for result in results], float).reshape(len(results), networks).T
    summaries = tuple(_summary(each, is_counted) for each in values)
    rights = dict(Counter(result.right for result in results))
    if networks < 2 or not results:
        return Pooled(len(results), summaries, rights=rights)
    ahead, compared = _ahead(values if largest_wins else -values)
    if is_counted:
        return Pooled(len(results), summaries, ahead=ahead, compared=compared, rights=rights)
    contest, looks = _contest(values if largest_wins else -values, chance)
    return Pooled(len(results), summaries, contest, looks, ahead, compared, rights)


def by_cell(results: Sequence[Result], networks: int, is_counted: bool = False) -> dict[str, tuple[Summary, ...]]:
    """The summaries of all networks in each cell that somebody has trained, by the cell as a text."""
    cells: dict[str, list[Result]] = {}
    for result in results:
        if len(result.values) == networks:
            cells.setdefault(str(result.cell), []).append(result)
    return {
        cell: tuple(_summary(each, is_counted) for each in np.array([result.values for result in found], float).T)
        for cell, found in cells.items()
    }


def _summary(values: np.ndarray, is_counted: bool) -> Summary:
    """Of one network's values (person,), NaN where they are missing."""
    there = values[~np.isnan(values)] if is_counted else values
    finite = there[np.isfinite(there)]
    people, diverged = len(there), len(there) - len(finite)
    middle = there if is_counted else finite
    if not len(middle):
        return Summary(people, diverged)
    return Summary(
        people, diverged, float(finite.mean()) if len(finite) else math.nan, _median(middle),
        float(middle.min()), float(middle.max()),
    )  # fmt: skip


def _median(values: np.ndarray) -> float:
    """The usual one; that of two values of which one is infinite is infinite."""
    with np.errstate(invalid="ignore"):
        return float(np.median(values))


def _ahead(values: np.ndarray) -> tuple[tuple[int, ...], int]:
    """For how many participants each network alone has the highest value, and how many have a value of each."""
    rows = values[:, ~np.isnan(values).any(axis=0)]
    is_highest = rows >= (rows.max(axis=0) - ROUNDING if rows.size else 0)
    alone = is_highest & (is_highest.sum(axis=0) == 1)
    return tuple(int(number) for number in alone.sum(axis=1)), rows.shape[1]


def _contest(values: np.ndarray, chance: float) -> tuple[Contest | None, tuple[Look, ...]]:
    """The contest of the networks that never diverged, from values (network, person), and how its lead has grown."""
    places = [place for place, each in enumerate(values) if np.isfinite(each).all()]
    if len(places) < 2:
        return None, ()
    found = contest_of(values[places], places, chance, [False] * len(places), intervals_of=lasting_intervals)
    if len(found.best) > 1 or found.reason not in (None, "few seeds"):
        return found, ()
    best = found.best[0]
    others = [place for place in places if place != best]
    closest = found.closest if found.reason is None else max(others, key=lambda place: values[place].mean())
    return found, _looks(values[best] - values[closest])


def _looks(differences: np.ndarray) -> tuple[Look, ...]:
    """The interval of the mean of differences (person,) after the first few and then ever more of them, and of all."""
    people = len(differences)
    sizes = [size for size in LOOKS if size < people] + [people]
    return tuple(Look(size, *map(float, lasting_intervals(differences[:size]))) for size in sizes if size > 1)
