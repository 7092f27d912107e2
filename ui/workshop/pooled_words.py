"""What is said of a room's results, in sentences that are true whatever came, and however many have come so far.

Headline and sentences are without markup: pages and the report have their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.analysis.luck import ROUNDING, Contest
from ui.missions.measures import LOWER
from ui.missions.mission import Mission, Scale
from ui.shell.experiments import listed
from ui.shell.language import N_, _
from ui.shell.numbers import count, percent
from ui.workshop.strips import Found, Strip, answer, difference, intervals, middle

NOBODY = N_("No participant has a result yet.")
_BEST = N_("{best} is best: its mean {measure} over {people} is {value}.")
_HIGHEST = N_("So far, {best} has the highest mean {measure}: {value} over {people}.")
_LOWEST = N_("So far, {best} has the lowest mean {measure}: {value} over {people}.")
_TIED = N_("No network is best. {best} have the same mean {measure} over {people}: {value}.")
_FEW = N_("This may be luck. To say more, the results of at least five participants are needed.")
_NOT_SHOWN = N_("This may be luck: it is not shown to be better than {near}.")
_AT_CHANCE = N_("It is not shown to be above chance level, {chance}.")
_AT_MEAN_CHANCE = N_("It is not shown to be above chance level, {chance} on average over the seeds.")
_POINTS = N_("Its lead over {closest} is {lead} percentage points (95 % confidence interval: {low} to {high}).")
_DIFFERENCE = N_("The difference from {closest} is {lead} (95 % confidence interval: {low} to {high}).")
_EVERY_OTHER = N_("Its lead over every other network is statistically significant.")
_LASTS = N_(
    "The 95 % holds for all looks together while results arrive. It does not count failures that nobody has had yet."
)
_AHEAD = N_("It alone was first for {ahead} of {people}.")
_RARE = N_("A failure that happens 1 time in {number}, or more rarely, may not have been seen.")
_DIVERGED = N_("{network} diverged for {number} of {people}, so its mean is not compared.")
_DIVERGED_TOO = N_("For {number} of {people} it diverged.")
_NO_VALUE = N_("No network has a {measure} yet.")
_ALL_DIVERGED = N_("Every network diverged for at least one participant, so no network is best.")
_ONE = N_("{network}: the {measure} of {people} is {value}.")
_ONE_LEFT = N_("Only {network} did not diverge for anyone.")
_MEAN = N_("{network}: the mean {measure} over {people} is {value} (range: {span}).")
_ALIKE = N_("{network}: the {measure} is {value} for each of {people}.")
_MEDIAN = N_("{network}: the median {measure} over {people} is {value} (range: {span}).")
_FIRST_MEDIAN = {
    True: N_("{best} has the highest median {measure}: {value} over {people}."),
    False: N_("{best} has the lowest median {measure}: {value} over {people}."),
}
_TIED_MEDIAN = N_("No network is first. {best} have the same median {measure} over {people}: {value}.")
_ALL_OF_IT = N_("{strip}: {value} ({span})")
_RANGES = N_("Medians and ranges: {strips}.")
_MAY_BE_LUCK = N_("Unless it was first for nearly all of at least ten participants, this order may be luck.")
_CELLS = N_("{number} of {all} choices have results, from {people}.")
_FIRST_CELL = {
    True: N_("So far, “{best}” has the highest mean {measure}: {value}."),
    False: N_("So far, “{best}” has the lowest mean {measure}: {value}."),
}
_TIED_CELLS = {
    True: N_("So far, {best} have the same mean {measure}, which is the highest: {value}."),
    False: N_("So far, {best} have the same mean {measure}, which is the lowest: {value}."),
}
_NAMED, _QUOTED = N_("{name}: {value}"), N_("“{statement}”")
_FEW_OF_EACH = N_("Each choice has only a part of the participants, so small differences may be luck.")
_RIGHT = N_("For {holds} of {people}, this was the right answer: {answer}.")
_RIGHT_NEAR = N_(
    "The median of the room is {answer}. For {holds} of {people}, the value was near it: "
    "no further than {near} from it."
)
_RIGHT_OF_CELLS = N_("By the results of all choices together, this is the right answer: {answer}.")
_NO_RIGHT = N_("The results do not agree on one right answer.")


def unseen(people: int) -> int:
    """So rare, 1 in so many, a failure must be for a room of so many people to miss it with a chance of 5 %."""
    return int(1 / (1 - 0.05 ** (1 / people)))


@dataclass(frozen=True)
class Said:
    """A headline, and the sentences that follow it."""

    headline: str
    sentences: tuple[str, ...] = ()


def said(mission: Mission, found: Found) -> Said:
    """What a room's results say of its question, without the right answer: see `said_of_right`."""
    if not found.pooled.people:
        return Said(_(NOBODY))
    if found.has_cells:
        return _of_cells(found)
    if len(found.networks) == 1:
        return _with_lower(_of_one(found, found.strips[0]), found, found.strips)
    compared = _of_medians(found) if found.measure.counted else _of_means(found)
    if not mission.is_about_one:
        return _with_lower(compared, found, found.strips)
    strip = found.strips[mission.answers.network]
    one = _of_one(found, strip)
    more = () if found.measure.counted else (compared.headline, *compared.sentences)
    return _with_lower(Said(one.headline, (*one.sentences, *more)), found, [strip])


def said_of_right(mission: Mission, found: Found) -> str:
    """For how many the right answer was right; nothing where nobody has a result, or not of every cell."""
    if not found.pooled.people or (found.has_cells and found.right is None):
        return ""
    if found.right is None:
        return _(_NO_RIGHT)
    facts = {
        "answer": answer(mission, found.right), "holds": found.holds, "people": people(found.pooled.people)
    }  # fmt: skip
    if isinstance(mission.answers, Scale):
        return _(_RIGHT_NEAR, **facts, near=found.measure.write(mission.answers.near))
    return _(_RIGHT_OF_CELLS if found.has_cells else _RIGHT, **facts)


def _with_lower(said_so_far: Said, found: Found, strips: Sequence[Strip]) -> Said:
    """With a sentence on the medians of these strips, where people who reckon after it would find others."""
    is_lower = any(found.measure.is_lower(np.array([value for *_, value in strip.dots])) for strip in strips)
    return Said(said_so_far.headline, (*said_so_far.sentences, *([_(LOWER)] if is_lower else [])))


def people(number: int) -> str:
    """So many participants."""
    return count(number, "participant")


def _of_means(found: Found) -> Said:
    pooled, contest = found.pooled, found.pooled.contest
    diverged = [
        _(_DIVERGED, network=name, number=each.diverged, people=people(each.people))
        for name, each in zip(found.networks, pooled.networks)
        if each.diverged
    ]
    if contest is None:
        left = [name for name, each in zip(found.networks, pooled.networks) if not each.diverged]
        return Said(_(_ONE_LEFT, network=left[0]) if left else _(_ALL_DIVERGED), tuple(diverged))
    best = [found.networks[place] for place in contest.best]
    sign = 1 if found.measure.largest_wins else -1  # the contest's figures of a loss are below 0
    value = found.measure.write(sign * contest.accuracy)
    facts = {"best": listed(best), "measure": _(found.measure.noun), "value": value, "people": people(pooled.people)}
    if contest.reason == "tied" or len(best) > 1:
        return Said(_(_TIED, **facts), (*_chance(contest), *diverged))
    is_best = contest.reason is None and not contest.near
    so_far = _HIGHEST if found.measure.largest_wins else _LOWEST
    ahead = _(_AHEAD, ahead=pooled.ahead[contest.best[0]], people=people(pooled.compared))
    more = (*_luck(found, contest), ahead, *diverged, *([_(_RARE, number=unseen(pooled.people))] if is_best else []))
    return Said(_(_BEST if is_best else so_far, **facts), more)


def _luck(found: Found, contest: Contest) -> list[str]:
    """Whether the lead may be luck, and its interval."""
    if contest.reason == "few seeds":
        return [_(_FEW)]
    if contest.reason is not None:
        return _chance(contest)
    lead, low, high = (difference(each, found.measure) for each in intervals(found)[-1][1:])
    said_lead = _(
        _POINTS if found.measure.in_percent and found.measure.largest_wins else _DIFFERENCE,
        closest=found.networks[contest.closest], lead=lead, low=low, high=high,
    )  # fmt: skip
    if contest.near:
        return [_(_NOT_SHOWN, near=listed(found.networks[place] for place in contest.near)), said_lead, _(_LASTS)]
    others = [_(_EVERY_OTHER)] if len(found.networks) > 2 else []
    return [*others, said_lead, _(_LASTS)]


def _chance(contest: Contest) -> list[str]:
    if contest.reason != "at chance":
        return []
    return [_(_AT_MEAN_CHANCE if contest.chance_differs else _AT_CHANCE, chance=percent(contest.chance))]


def _of_medians(found: Found) -> Said:
    middles = [strip.summary.median for strip in found.strips]
    there = [each for each in middles if each == each]
    if not there:
        return Said(_(_NO_VALUE, measure=_(found.measure.noun)))
    first = (max if found.measure.largest_wins else min)(there)
    best = [strip.label for strip in found.strips if strip.summary.median == first]
    facts = {
        "best": listed(best), "measure": _(found.measure.noun), "value": found.measure.write(first),
        "people": people(found.pooled.people),
    }  # fmt: skip
    ranges = _(_RANGES, strips="; ".join(_range(found, strip) for strip in found.strips if strip.summary.people))
    if len(best) > 1:
        return Said(_(_TIED_MEDIAN, **facts), (ranges,))
    place = found.networks.index(best[0])
    ahead = _(_AHEAD, ahead=found.pooled.ahead[place], people=people(found.pooled.compared))
    return Said(_(_FIRST_MEDIAN[found.measure.largest_wins], **facts), (ahead, ranges, _(_MAY_BE_LUCK)))


def _of_cells(found: Found) -> Said:
    there = {strip.label: value for strip in found.strips if (value := middle(strip, found.measure)) == value}
    size = len(found.networks)
    reached = sum(bool(strip.dots) for strip in found.strips[::size])
    headline = _(_CELLS, number=reached, all=found.cells, people=people(found.pooled.people))
    if not there:
        return Said(headline)
    highest = found.measure.largest_wins
    first = (max if highest else min)(there.values())
    best = [
        _(_NAMED, name=found.title, value=label) if found.title else label
        for label, value in there.items()
        if math.isclose(value, first, rel_tol=0, abs_tol=ROUNDING)
    ]
    facts = {"measure": _(found.measure.noun), "value": found.measure.write(first)}
    if len(best) > 1:
        them = listed(_(_QUOTED, statement=each) for each in best)
        return Said(headline, (_(_TIED_CELLS[highest], best=them, **facts), _(_FEW_OF_EACH)))
    return Said(headline, (_(_FIRST_CELL[highest], best=best[0], **facts), _(_FEW_OF_EACH)))


def _of_one(found: Found, strip: Strip) -> Said:
    """The middle and the range of the only network, and how often it diverged."""
    summary, measure = strip.summary, _(found.measure.noun)
    diverged = _(_DIVERGED_TOO, number=summary.diverged, people=people(summary.people))
    if summary.median != summary.median:
        return Said(_(_NO_VALUE, measure=measure), (diverged,) if summary.diverged else ())
    number = summary.people - (0 if found.measure.counted else summary.diverged)
    several = _ALIKE if _are_alike(found, strip) else _MEDIAN if found.measure.counted else _MEAN
    said = _(_ONE if number == 1 else several, people=people(number), measure=measure, **_figures(found, strip))
    return Said(said, (diverged,) if summary.diverged else ())


def _range(found: Found, strip: Strip) -> str:
    figures = _figures(found, strip)
    if _are_alike(found, strip):
        return _(_NAMED, name=figures["network"], value=figures["value"])
    return _(_ALL_OF_IT, strip=figures.pop("network"), **figures)


def _are_alike(found: Found, strip: Strip) -> bool:
    """Whether all values of a strip are written alike, so that a range would say nothing more."""
    return found.measure.write(strip.summary.least) == found.measure.write(strip.summary.greatest)


def _figures(found: Found, strip: Strip) -> dict[str, str]:
    measure, summary = found.measure, strip.summary
    return {
        "network": strip.label, "value": measure.write(middle(strip, measure)),
        "span": measure.span(summary.least, summary.greatest),
    }  # fmt: skip
