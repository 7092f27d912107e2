"""Each at its best: levels of a factor, each at the setting that suits it, beside all at one common setting.

The rule: one half of the seeds chooses each level's setting, by the highest mean accuracy, and the other half measures
it; then the other way round.  So every seed measures, and none measures what it chose.

An accuracy by the seeds that chose it would be too high, and the more so the more settings were tried (the winner's
curse; Cawley and Talbot 2010, On over-fitting in model selection).  Halves, and not "all other seeds": with these the
choices of any two seeds would be nearly the same, made by nearly all of what is measured, and the t-test would find a
difference where there is none in 14 % of the cases (`benchmarks/sweep_luck.py`, docs/sweeps.md).

What a paired test over all n seeds means then: that the levels differ *at the settings chosen*.  It counts the n
measurements as independent, given the choices; each half's choice depends on the other's figures a little, which lifts
the risk of 5 % to 5 to 7 %.  The luck of the choice itself is not in it: another choice may find a better setting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ..analysis.luck import LEAST_SEEDS, ROUNDING, Contest, contest_of, intervals
from ..readonly import ReadOnly
from .pairs import leads_by_seeds
from .scores import CONDITIONS, Basis, Scores

RATES = ("learning_rate", "rate_multiple")


@dataclass(frozen=True)
class Tuned(ReadOnly):
    """Scores without the tuned factors, each at the setting chosen.

    `settings` are all combinations of the tuned factors' levels.  `chosen` (2, ...) are places in them: at `chosen[0]`
    the seeds of the first half measure, which those of the second chose, and the other way round.  `first` (seed,) says
    which are the first half.
    """

    scores: Scores
    settings: tuple[dict[str, Any], ...]
    chosen: np.ndarray
    first: np.ndarray


@dataclass(frozen=True)
class Ranking(ReadOnly):
    """The levels of a factor side by side.

    `accuracy` is (level, seed), `diverged` (level,) how many of its networks did.  `order` are the levels' places, the
    highest mean first.  `contest` says whether the best is the best, and `leads` (level, level) which of all leads are
    more than luck.  `settings` are, for each level, the settings at which it was measured, the more frequent first;
    `shares` says how often each.
    """

    levels: tuple[Any, ...]
    accuracy: np.ndarray
    diverged: np.ndarray
    order: np.ndarray
    contest: Contest
    leads: np.ndarray
    settings: tuple[tuple[dict[str, Any], ...], ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class AtBest(ReadOnly):
    """Two rankings of the levels of a factor, on the same seeds: at one `common` setting, and each at its `best`.

    `gain` (level,) is what its own setting gives a level, on average, with an interval from `low` to `high` (NaN for
    two seeds); the intervals of all levels hold together, at 95 %.  `swapped` are pairs of levels' places, (ahead at
    the common setting, ahead at its best), in order of the common ranking.  `turned` are those of them of which both
    leads are more than luck.
    """

    factor: str
    tuned: tuple[str, ...]
    common: Ranking
    best: Ranking
    gain: np.ndarray
    low: np.ndarray
    high: np.ndarray
    swapped: tuple[tuple[int, int], ...]
    turned: tuple[tuple[int, int], ...]
    basis: Basis


def tuning_of(scores: Scores, factor: str) -> tuple[str, ...]:
    """What is tuned for a factor unless told otherwise: the learning rate or, in a grid without, all others but the
    dataset and its noise."""
    others = [name for name in scores.names if name != factor and name not in CONDITIONS]
    return tuple(name for name in others if name in RATES) or tuple(others)


def each_at_its_best(
    scores: Scores,
    factor: str,
    tuned: Sequence[str] | None = None,
    common: Mapping[str, Any] | None = None,
    chance: float = 0.0,
) -> AtBest | None:
    """The levels of a factor, each at its own setting of the `tuned` factors and all at one.

    Factors that are neither are averaged, after choosing for each of their levels apart.  The one setting is `common`
    or, if None, the one that is best on average over all levels, chosen and measured as the levels' own are.  `chance`
    is the accuracy of a network that has learnt nothing.  None as long as there are not two whole seeds: one would have
    none to choose for it.
    """
    tuned = tuning_of(scores, factor) if tuned is None else tuple(tuned)
    if not tuned or factor in tuned:
        raise ValueError(f"{factor} needs other factors that are tuned for it")
    rest = [name for name in scores.names if name not in (factor, *tuned)]
    whole = scores.of_whole_seeds().in_order([factor, *rest, *tuned])
    if whole.seeds < 2:
        return None
    own = tuned_for_each(whole, tuned)
    shared = tuned_for_all(whole, factor, tuned) if common is None else _given(whole, tuned, common)
    best, at_one = (_ranking(each, factor, chance) for each in (own, shared))
    gain, low, high = _gains(best.accuracy - at_one.accuracy)
    swapped = _swapped(at_one, best)
    turned = tuple((ahead, then) for ahead, then in swapped if at_one.leads[ahead, then] and best.leads[then, ahead])
    return AtBest(factor, tuned, at_one, best, gain, low, high, swapped, turned, scores.basis())


def tuned_for_each(scores: Scores, tuned: Sequence[str]) -> Tuned:
    """Each combination of the other factors' levels at its own setting of the tuned ones; scores without gaps."""
    table = _settings_last(scores, tuned)
    return _measured(table, _chosen(table.values))


def tuned_for_all(scores: Scores, factor: str, tuned: Sequence[str]) -> Tuned:
    """All levels of a factor at the one setting that is best on average over them; scores without gaps."""
    table = _settings_last(scores, tuned)
    axis = table.axis(factor)
    chosen = _chosen(table.values.mean(axis=axis, keepdims=True))
    return _measured(table, np.repeat(chosen, table.values.shape[axis], axis=axis + 1))


def first_half(seeds: int) -> np.ndarray:
    """(seed,) whether it is of the first half: every other one, from the first."""
    return np.arange(seeds) % 2 == 0


def middle_of_best(means: np.ndarray) -> np.ndarray:
    """(...) places of the highest of means (..., setting): the middle one of those that are equal but for rounding."""
    is_best = means >= means.max(axis=-1, keepdims=True) - ROUNDING
    number = is_best.cumsum(axis=-1)
    return (number == (number[..., -1:] + 1) // 2).argmax(axis=-1)


def _given(scores: Scores, tuned: Sequence[str], common: Mapping[str, Any]) -> Tuned:
    """All at a setting that was chosen without looking at the figures."""
    if set(common) != set(tuned):
        raise ValueError(f"a common setting must have a value for each of {', '.join(tuned)}")
    table = _settings_last(scores, tuned)
    places = [scores.levels(name).index(common[name]) for name in tuned if common[name] in scores.levels(name)]
    if len(places) < len(tuned):
        raise ValueError(f"{dict(common)} is not in the grid")
    place = np.ravel_multi_index(places, [len(scores.levels(name)) for name in tuned])
    return _measured(table, np.full((2, *table.values.shape[:-2]), place))


def _settings_last(scores: Scores, tuned: Sequence[str]) -> Scores:
    """The same with all combinations of the tuned factors' levels, as one factor, next to the seeds."""
    rest = [name for name in scores.names if name not in tuned]
    ordered = scores.in_order([*rest, *tuned])
    settings = tuple(dict(zip(tuned, levels)) for levels in product(*(scores.levels(name) for name in tuned)))
    shape = *(len(scores.levels(name)) for name in rest), len(settings), scores.seeds
    factors = *ordered.factors[: len(rest)], ("setting", settings)
    return ordered.changed(factors, lambda array: array.reshape(shape))


def _chosen(values: np.ndarray) -> np.ndarray:
    """(2, ...) places of the best settings of values (..., setting, seed): by the second half, and by the first."""
    first = first_half(values.shape[-1])
    return np.stack([middle_of_best(values[..., half].mean(axis=-1)) for half in (~first, first)])


def _measured(table: Scores, chosen: np.ndarray) -> Tuned:
    """Each seed's figures at the settings that the other half chose."""
    first = first_half(table.seeds)
    places = np.where(first, chosen[0][..., None], chosen[1][..., None])[..., None, :]
    measured = table.changed(table.factors[:-1], lambda array: np.take_along_axis(array, places, axis=-2)[..., 0, :])
    return Tuned(measured, table.levels("setting"), chosen, first)


def _ranking(tuned: Tuned, factor: str, chance: float) -> Ranking:
    scores = tuned.scores.mean_over(name for name in tuned.scores.names if name != factor)
    levels, accuracy, diverged = scores.levels(factor), scores.values, scores.diverged.sum(axis=-1)
    order = np.argsort(-accuracy.mean(axis=1), kind="stable")
    contest = contest_of(accuracy, levels, chance, diverged > 0)
    settings = [_settings_of(tuned, level) for level in range(len(levels))]
    return Ranking(
        levels, accuracy, diverged, order, contest, leads_by_seeds(accuracy),
        tuple(tuple(tuned.settings[place] for place in found) for found in settings),
        tuple(tuple(found.values()) for found in settings),
    )  # fmt: skip


def _settings_of(tuned: Tuned, level: int) -> dict[int, float]:
    """Places of the settings at which a level was measured, the more frequent first, and which share of it was."""
    halves = np.where(tuned.first, 0, 1)
    places = tuned.chosen[halves, level].ravel()
    found, counts = np.unique(places, return_counts=True)
    return {int(found[k]): float(counts[k] / len(places)) for k in np.argsort(-counts, kind="stable")}


def _gains(differences: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if differences.shape[1] < LEAST_SEEDS:
        return differences.mean(axis=1), *np.full((2, len(differences)), np.nan)
    return intervals(differences, family=len(differences))


def _swapped(before: Ranking, after: Ranking) -> tuple[tuple[int, int], ...]:
    """Pairs of levels of which another one is ahead then."""
    old, new = before.accuracy.mean(axis=1), after.accuracy.mean(axis=1)
    return tuple(
        (int(a), int(b)) for at, a in enumerate(before.order) for b in before.order[at + 1 :]
        if old[a] > old[b] + ROUNDING and new[b] > new[a] + ROUNDING
    )  # fmt: skip
