"""What changes between the ranking at one common setting and each at its best, in sentences computed from the tests."""

from collections.abc import Sequence

import numpy as np

from core.analysis.luck import LEAST_SEEDS, ROUNDING
from core.sweeps.best import AtBest
from core.sweeps.pairs import LEAST_SEEDS as LEAST_FOR_PAIRS
from core.sweeps.scores import Basis
from core.sweeps.tuning import RATES
from ui.shell.experiments import listed
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, grouped, percent, points
from ui.sweep.best_chart import settings_text
from ui.sweep.naming import level_label, noun, value_label

MOST_NAMED = 3  # pairs, and levels that are near the best
_GAINS = N_(
    "**At its best {tuned}, {level} gains most: its mean test accuracy is {best}. At the common setting, it is "
    "{common}.**"
)
_GAINS_BY_DEFAULT = N_(
    "**At its best learning rate, {level} gains most: its mean test accuracy is {best}. At the common setting, "
    "the optimizer's default learning rate, it is {common}.**"
)
_MAY_BE_LUCK = N_("This gain is not statistically significant.")
_NOT_TESTED = N_("It takes {least} or more seeds to test whether this is luck.")
_NO_GAIN = N_("**At its best {tuned}, none has a higher mean test accuracy than at the common setting.**")
_NO_GAIN_BY_DEFAULT = N_(
    "**At its best learning rate, none has a higher mean test accuracy than at the common setting, the optimizer's "
    "default learning rate.**"
)
_TURNED = N_(
    "At the common setting, {ahead} is ahead of {other}. Each at its best, {other} is ahead. Both leads are "
    "statistically significant."
)
_NOT_TURNED = NN_(
    "{number} pair changes its order, but not both of its leads are statistically significant.",
    "{number} pairs change their order, but for none of them are both leads statistically significant.",
)
_NO_SWAP = N_("No pair changes its order.")
_SHOWN = N_(
    "**Each at its best, {best} has the highest mean, {accuracy}, and its lead over all others is statistically "
    "significant.** The lead over {closest} is {lead} percentage points (95 % confidence interval: {low} to {high})."
)
_NOT_SHOWN = N_(
    "**Each at its best, {best} has the highest mean, {accuracy}. With {seeds}, it is not shown to be better than "
    "{near}.**"
)
_SHOWN_ALONE = N_(
    "**{best} has the highest mean, {accuracy}, and its lead over all others is statistically significant.** The lead "
    "over {closest} is {lead} percentage points (95 % confidence interval: {low} to {high})."
)
_NOT_SHOWN_ALONE = N_(
    "**{best} has the highest mean, {accuracy}. With {seeds}, it is not shown to be better than {near}.**"
)
_AND_OTHERS = N_("{named} and {number} more")
_FEW = N_("With fewer than {least} seeds, a difference of a few percentage points may be luck.")
_TIED = N_("**No winner:** {best} have the same mean, {accuracy}.")
_AT_CHANCE = N_("**No winner:** the highest mean, {accuracy}, is not shown to be above chance level, {chance}.")
_AT_MEAN_CHANCE = N_(
    "**No winner:** the highest mean, {accuracy}, is not shown to be above chance level, {chance} on average over the "
    "seeds."
)
_DIVERGED = N_("**No winner:** {best} has the highest mean, {accuracy}, but some of its networks diverged.")
_REASONS = {"few seeds": _FEW, "tied": _TIED, "at chance": _AT_CHANCE, "diverged": _DIVERGED}
_RULE = N_(
    "**How the best is chosen:** half of the seeds choose the {tuned} for each {factor}, the other half measures it, "
    "and then the halves swap. So no seed measures what it has chosen. That is why a mean at its best can be "
    "lower than the highest cell below, and even than at the common setting."
)
_APART = N_("This is done separately for each value of: {names}. The accuracies are then averaged.")
_COMMON_CHOSEN = N_("The common setting is chosen in the same way, as the best on average over all: {setting}.")
_COMMON_DEFAULT = N_("The common setting is the optimizer's default learning rate, {rate}.")
_READING = N_(
    "Dot: one seed, at its best. Bar: mean. Ring: mean at the common setting. At the right: the rank at the common "
    "setting → the rank at its best, or one number where they are equal."
)
_READING_ALONE = N_("Dot: one seed. Bar: mean. Only one thing differs here, so nothing else can be chosen for each.")
_BASIS = N_("From {networks} of {planned} networks and {seeds}.")
_DIVERGED_OF_THEM = NN_(
    "{diverged} of them diverged, and counts with its last finite state. If it has none, its accuracy counts as 0 %.",
    "{diverged} of them diverged, and each counts with its last finite state. If it has none, its accuracy counts as "
    "0 %.",
)


def message(found: AtBest, is_default: bool) -> str:
    """What changes from the common setting, which may be the optimizer's default rate, and whether one is best."""
    return " ".join([*(_changes(found, is_default) if any(found.tuned) else []), luck(found)]).strip()


def rule(found: AtBest, is_default: bool, averaged: Sequence[str]) -> str:
    """How the best is chosen, over which factors its accuracies are averaged, and the common setting."""
    if not any(found.tuned):
        return ""
    said = [_(_RULE, tuned=_tuned(found), factor=noun(found.factor))]
    if averaged:
        said.append(_(_APART, names=listed(map(noun, averaged))))
    common = dict(found.common.settings[0][0])
    rates = [value_label(name, value) for name, value in common.items() if name in RATES]
    fields = {"rate": listed(rates), "setting": settings_text(found, 0, of_common=True)}
    said.append(_(_COMMON_DEFAULT if is_default else _COMMON_CHOSEN, **fields))
    return " ".join(said)


def reading(found: AtBest) -> str:
    """How to read the picture, and what its ranks do not show."""
    if not any(found.tuned):
        return _(_READING_ALONE)
    is_unclear = found.swapped and not found.turned
    return " ".join([_(_READING), *([plural(*_NOT_TURNED, len(found.swapped))] if is_unclear else [])])


def basis(of: Basis) -> str:
    """How many networks a view stands on, and what counts of those that diverged."""
    fields = {"networks": grouped(of.networks), "planned": grouped(of.planned), "seeds": count(of.seeds, "seed")}
    diverged = [plural(*_DIVERGED_OF_THEM, of.diverged, diverged=grouped(of.diverged))] if of.diverged else []
    return " ".join([_(_BASIS, **fields), *diverged])


def luck(found: AtBest) -> str:
    """Whether the best level is better than the others, or may have been lucky."""
    contest, factor = found.best.contest, found.factor
    if contest.reason == "one setting":
        return ""
    near = [level_label(factor, level) for level in contest.near]
    named = listed(near)
    if len(near) > MOST_NAMED:
        named = _(_AND_OTHERS, named=", ".join(near[:MOST_NAMED]), number=len(near) - MOST_NAMED)
    shown, not_shown = (_SHOWN, _NOT_SHOWN) if any(found.tuned) else (_SHOWN_ALONE, _NOT_SHOWN_ALONE)
    sentence = _REASONS[contest.reason] if contest.reason else not_shown if near else shown
    if sentence == _AT_CHANCE and contest.chance_differs:
        sentence = _AT_MEAN_CHANCE
    return _(
        sentence, best=listed(level_label(factor, level) for level in contest.best), near=named,
        accuracy=percent(contest.accuracy), seeds=count(contest.seeds, "seed"), chance=percent(contest.chance),
        closest=level_label(factor, contest.closest) if contest.reason is None else "", lead=points(contest.lead),
        low=points(contest.low), high=points(contest.high), least=LEAST_SEEDS,
    )  # fmt: skip


def _changes(found: AtBest, is_default: bool) -> list[str]:
    most = int(np.argmax(found.gain))
    means = [percent(each.accuracy[most].mean()) for each in (found.common, found.best)]
    level, has_gain = level_label(found.factor, found.best.levels[most]), found.gain[most] > ROUNDING
    of_default, of_common = (_GAINS_BY_DEFAULT, _GAINS) if has_gain else (_NO_GAIN_BY_DEFAULT, _NO_GAIN)
    fields = {"tuned": _tuned(found), "level": level, "common": means[0], "best": means[1]}
    sentences = [_(of_default if is_default else of_common, **fields)]
    if has_gain and np.isnan(found.low[most]):
        sentences.append(_(_NOT_TESTED, least=LEAST_FOR_PAIRS))
    elif has_gain and found.low[most] <= 0:
        sentences.append(_(_MAY_BE_LUCK))
    if found.turned:
        sentences += [_turned(found, *pair) for pair in found.turned[:MOST_NAMED]]
    elif not found.swapped:
        sentences.append(_(_NO_SWAP))
    return sentences


def _turned(found: AtBest, ahead: int, then: int) -> str:
    names = (level_label(found.factor, found.best.levels[level]) for level in (ahead, then))
    return _(_TURNED, **dict(zip(("ahead", "other"), names)))


def _tuned(found: AtBest) -> str:
    is_rate = set(found.tuned) <= set(RATES)
    return noun(found.tuned[0]) if is_rate else _("setting")
