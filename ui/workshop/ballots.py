"""Votes once a question is revealed: the answers in their order, how often each was given in both votes, who changed to
what, and what is said of it."""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from classroom import Votes
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission, Scale
from ui.missions.outcomes import check_answer, is_right
from ui.shell.language import N_, _
from ui.workshop.pooled_words import people
from ui.workshop.strips import answers

RANGES = 8  # into which the answers on a scale are put, at most
_FROM_TO = N_("{low} to {high}")
_NOBODY = N_("Nobody has answered.")
_ANSWERED = N_("{people} answered.")
_RIGHT = N_("{right} of {people} gave the right answer.")
_RIGHT_FIRST = N_("In the first vote, {right} of {people} gave the right answer.")
_RIGHT_AGAIN = N_("In the second vote, {right} of {people} gave the right answer.")
_CHANGED_RIGHT = N_("{to} changed to the right answer, {away} away from it.")
_NEAR = N_("{right} of {people} were near the right answer.")
_NEAR_FIRST = N_("In the first vote, {right} of {people} were near the right answer.")
_NEAR_AGAIN = N_("In the second vote, {right} of {people} were near the right answer.")
_CHANGED_NEAR = N_("{to} changed to an answer near the right one, {away} away from it.")
_CHANGED = N_("{number} of {people} changed their answer.")


@dataclass(frozen=True)
class Answer:
    """An answer, or a range of them on a scale: how often it was given in each vote, and whether it is right."""

    label: str
    first: int
    second: int
    is_right: bool


@dataclass(frozen=True)
class Ballots:
    """Both votes on a question.

    `first` and `second` are how many have answered, `right_first` and `right_second` how many of them rightly, `both`
    how many in both.  `changes` are from one answer's place to another's, by how many.  `changed` counts all who
    changed, `to_right` and `away` those who changed to the right answer and away from it.  Of a scale, the
    answers stand `in_ranges`, and one that is near the right one counts as right.
    """

    answers: tuple[Answer, ...]
    changes: tuple[tuple[int, int, int], ...] = ()
    has_right: bool = False
    first: int = 0
    second: int = 0
    right_first: int = 0
    right_second: int = 0
    both: int = 0
    changed: int = 0
    to_right: int = 0
    away: int = 0
    in_ranges: bool = False


def ballots_of(mission: Mission, votes: Votes, right: str | None) -> Ballots:
    """The votes on a mission whose right answer is this; None while nobody knows it."""
    labels, place = _scale(mission) if isinstance(mission.answers, Scale) else _choices(mission)
    first, second = (_possible(mission, given) for given in (votes.first, votes.second))
    pairs = {pair: number for pair, number in votes.pairs.items() if all(each in first | second for each in pair)}
    counts = [_by_place(given, place) for given in (first, second)]
    moved = Counter[tuple[int, int]]()
    for (before, after), number in pairs.items():
        moved[place(before), place(after)] += number
    of_each = tuple(
        Answer(label, counts[0][at], counts[1][at], right is not None and place(right) == at)
        for at, label in enumerate(labels)
    )

    def rightly(given: Mapping[str, int]) -> int:
        return sum(number for text, number in given.items() if right is not None and is_right(mission, text, right))

    kept = {(before, after): number for (before, after), number in pairs.items() if before != after}
    ends = {pair: tuple(right is not None and is_right(mission, text, right) for text in pair) for pair in kept}
    return Ballots(
        of_each, tuple((*pair, number) for pair, number in sorted(moved.items()) if pair[0] != pair[1]),
        right is not None, sum(first.values()), sum(second.values()), rightly(first), rightly(second),
        sum(pairs.values()), sum(kept.values()),
        sum(number for pair, number in kept.items() if ends[pair] == (False, True)),
        sum(number for pair, number in kept.items() if ends[pair] == (True, False)),
        isinstance(mission.answers, Scale),
    )  # fmt: skip


def sentences(ballots: Ballots) -> tuple[str, ...]:
    """How many were right in each vote, and who changed."""
    if not ballots.first and not ballots.second:
        return (_(_NOBODY),)
    of_scale = _NEAR_FIRST if ballots.second else _NEAR, _NEAR_AGAIN, _CHANGED_NEAR
    of_choices = _RIGHT_FIRST if ballots.second else _RIGHT, _RIGHT_AGAIN, _CHANGED_RIGHT
    said, (right, again, changed) = [], of_scale if ballots.in_ranges else of_choices
    if not ballots.has_right:
        said.append(_(_ANSWERED, people=people(max(ballots.first, ballots.second))))
    else:
        said.append(_(right, right=ballots.right_first, people=people(ballots.first)))
        if ballots.second:
            said.append(_(again, right=ballots.right_second, people=people(ballots.second)))
    if ballots.both and ballots.has_right:
        said.append(_(changed, to=ballots.to_right, away=ballots.away))
    elif ballots.both:
        said.append(_(_CHANGED, number=ballots.changed, people=people(ballots.both)))
    return tuple(said)


def _possible(mission: Mission, given: Mapping[str, int]) -> dict[str, int]:
    """Those of the answers that can be given: the store takes any text."""
    possible = {}
    for text, number in given.items():
        with suppress(ValueError):
            check_answer(mission, text)
            possible[text] = number
    return possible


def _by_place(given: Mapping[str, int], place: Callable[[str], int]) -> Counter[int]:
    counts = Counter[int]()
    for text, number in given.items():
        counts[place(text)] += number
    return counts


def _choices(mission: Mission) -> tuple[tuple[str, ...], Callable[[str], int]]:
    """The labels of all answers, and where an answer stands among them."""
    return answers(mission), int


def _scale(mission: Mission) -> tuple[tuple[str, ...], Callable[[str], int]]:
    """The same of ranges of a scale, each of as many steps."""
    scale, write = mission.answers, MEASURES[mission.measure].write
    steps = round((scale.high - scale.low) / scale.step) + 1
    width = math.ceil(steps / RANGES)
    starts = range(0, steps, width)
    ends = [(start, min(start + width, steps) - 1) for start in starts]
    numbers = [tuple(write(scale.low + step * scale.step) for step in pair) for pair in ends]
    labels = tuple(low if low == high else _(_FROM_TO, low=low, high=high) for low, high in numbers)

    def place(text: str) -> int:
        number = min(max(float(text), scale.low), scale.high)  # the right one may be further out
        return int((number - scale.low) / scale.step + 1e-6) // width if number == number else 0

    return labels, place
