"""What a room has found together: the results of its participants, each from a seed of their own, as one experiment.

Networks of one participant share all that their seed draws, so they are compared seed by seed, as in
`core.analysis.luck`.  People look again whenever somebody has joined, and who looks often enough finds a lead by luck.
So leads are judged by intervals that hold at every look (`lasting_intervals`).

Values are of one of two kinds.  Of what is measured, such as accuracies and losses, means are compared; a value that is
not finite is of a network that diverged.  What is counted, such as dead units or the epochs to an accuracy, has a
median and a range; there, infinite is what never happened.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.analysis.luck import ROUNDING, Contest, contest_of, lasting_intervals

LOOKS = (2, 3, 5, 8, 13, 21, 34, 55, 89, 144)  # participants after which the interval is kept to be shown


class Result(Protocol):
    """What one participant's networks have given."""

    @property
    def values(self) -> Sequence[float | None]: ...


@dataclass(frozen=True)
class Summary:
    """The values of one network: of how many participants, how many `diverged` or never got there, and the rest."""

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
    negative.  `pair` is the network that leads and the one that is closest, `looks` tell how the interval of this lead
    became what it is.  `ahead` counts for each network the participants with whom it alone was first, `compared` those
    with whom all could be compared.
    """

    people: int
    networks: tuple[Summary, ...]
    contest: Contest | None = None
    pair: tuple[int, int] | None = None
    looks: tuple[Look, ...] = ()
    ahead: tuple[int, ...] = ()
    compared: int = 0


def pooled(
    results: Sequence[Result],
    networks: int,
    largest_wins: bool,
    by_median: bool = False,
    chance: float | Sequence[float] = -math.inf,
    step: float = 0.0,
) -> Pooled:
    """What results, in the order in which they arrived, say of so many networks; those with other networks are left
    out, as where the question has been changed meanwhile.  `chance` is the chance level of accuracies, one or that of
    each result, and `step` that in which they come."""
    is_of_these = [len(result.values) == networks for result in results]
    levels = np.broadcast_to(chance, len(results))[is_of_these]
    results = [result for result, is_one in zip(results, is_of_these) if is_one]
    values = np.array([result.values for result in results], float).reshape(len(results), networks).T
    summaries = tuple(_summary(each, by_median) for each in values)
    if networks < 2 or not results:
        return Pooled(len(results), summaries)
    ahead, compared = _ahead(values if largest_wins else -values)
    if by_median:
        return Pooled(len(results), summaries, ahead=ahead, compared=compared)
    contest = _contest(values if largest_wins else -values, levels, step)
    return Pooled(len(results), summaries, *contest, ahead=ahead, compared=compared)


def _summary(values: np.ndarray, by_median: bool) -> Summary:
    """Of one network's values (person,), NaN where they are missing."""
    there = values[~np.isnan(values)] if by_median else values
    finite = there[np.isfinite(there)]
    people, diverged = len(there), len(there) - len(finite)
    middle = there if by_median else finite
    if not len(middle):
        return Summary(people, diverged)
    return Summary(
        people, diverged, float(finite.mean()) if len(finite) else math.nan, _median(middle),
        float(middle.min()), float(middle.max()),
    )  # fmt: skip


def _median(values: np.ndarray) -> float:
    """One of the values: of an even number of them, the lower one of the two in the middle."""
    return float(np.sort(values)[(len(values) - 1) // 2])


def _ahead(values: np.ndarray) -> tuple[tuple[int, ...], int]:
    """For how many participants each network alone has the highest value, and how many have a value of each."""
    rows = values[:, ~np.isnan(values).any(axis=0)]
    is_highest = rows >= (rows.max(axis=0) - ROUNDING if rows.size else 0)
    alone = is_highest & (is_highest.sum(axis=0) == 1)
    return tuple(int(number) for number in alone.sum(axis=1)), rows.shape[1]


def _contest(
    values: np.ndarray, chance: np.ndarray, step: float
) -> tuple[Contest | None, tuple[int, int] | None, tuple[Look, ...]]:
    """The contest of the networks that never diverged, from values (network, person); its pair, and the looks at it."""
    places = [place for place, each in enumerate(values) if np.isfinite(each).all()]
    if len(places) < 2:
        return None, None, ()
    found = contest_of(values[places], places, chance, [False] * len(places), None, lasting_intervals, step)
    if len(found.best) > 1 or found.reason not in (None, "few seeds"):
        return found, None, ()
    best = found.best[0]
    others = [place for place in places if place != best]
    closest = found.closest if found.reason is None else max(others, key=lambda place: values[place].mean())
    return found, (best, closest), _looks(values[best] - values[closest], step)


def _looks(differences: np.ndarray, step: float) -> tuple[Look, ...]:
    """The interval of the mean of differences (person,) after the first few and then ever more of them, and of all."""
    people = len(differences)
    sizes = [size for size in LOOKS if size < people] + [people]
    return tuple(Look(size, *map(float, lasting_intervals(differences[:size], step))) for size in sizes if size > 1)
