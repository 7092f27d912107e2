"""Each at its best: levels of a factor, each at the setting that suits it, beside all at one common setting.

`core.sweeps.tuning` has the rule by which settings are chosen, and says what it is worth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..analysis.luck import ROUNDING, Contest, contest_of, intervals
from ..readonly import ReadOnly
from .pairs import LEAST_SEEDS, leads_by_seeds
from .scores import Basis, Scores, common_step
from .tuning import Tuned, at_one_setting, tuned_for_all, tuned_for_each, tuning_of


@dataclass(frozen=True)
class Ranking(ReadOnly):
    """The levels of a factor side by side.

    `accuracy` is (level, seed), `diverged` (level,) how many of its networks did.  `order` are the levels' places, the
    highest mean first.  `contest` says whether the best is the best, and `leads` (level, level) which of all leads are
    more than luck (none, with fewer seeds than `core.sweeps.pairs.LEAST_SEEDS`).  `settings` are, for each level, the
    settings at which it was measured, the more frequent first; `shares` says how often each.
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
    fewer than five seeds); the intervals of all levels hold together, at 95 %.  `swapped` are pairs of levels' places,
    (ahead at the common setting, ahead at its best), in order of the common ranking.  `turned` are those of them of
    which both leads are more than luck.
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


def each_at_its_best(
    scores: Scores,
    factor: str,
    tuned: Sequence[str] | None = None,
    common: Mapping[str, Any] | None = None,
    chance: float | np.ndarray = 0.0,
) -> AtBest | None:
    """The levels of a factor, each at its own setting of the `tuned` factors and all at one.

    Factors that are neither are averaged, after choosing for each of their levels apart.  The one setting is `common`
    or, if None, the one that is best on average over all levels, chosen and measured as the levels' own are.  `chance`
    is the accuracy of a network that has learnt nothing, or that for each seed of these scores.  None as long as there
    are not two whole seeds: one would have none to choose for it.
    """
    tuned = tuning_of(scores, factor) if tuned is None else tuple(tuned)
    if not tuned or factor in tuned:
        raise ValueError(f"{factor} needs other factors that are tuned for it")
    rest = [name for name in scores.names if name not in (factor, *tuned)]
    whole = scores.of_whole_seeds().in_order([factor, *rest, *tuned])
    if whole.seeds < 2:
        return None
    own = tuned_for_each(whole, tuned)
    shared = tuned_for_all(whole, factor, tuned) if common is None else at_one_setting(whole, tuned, common)
    levels = np.broadcast_to(chance, scores.seeds)[scores.whole_seeds()]
    best, at_one = (_ranking(each, factor, levels) for each in (own, shared))
    step = common_step(own.scores.mean_over(rest).steps)  # the same at any setting
    gain, low, high = _gains(best.accuracy - at_one.accuracy, step)
    swapped = _swapped(at_one, best)
    turned = tuple((ahead, then) for ahead, then in swapped if at_one.leads[ahead, then] and best.leads[then, ahead])
    return AtBest(factor, tuned, at_one, best, gain, low, high, swapped, turned, scores.basis())


def _ranking(tuned: Tuned, factor: str, chance: np.ndarray) -> Ranking:
    rest = [name for name in tuned.scores.names if name != factor]
    scores, by_all = tuned.scores.mean_over(rest), tuned.by_all.mean_over(rest).values
    levels, accuracy, diverged = scores.levels(factor), scores.values, scores.diverged.sum(axis=-1)
    order = np.argsort(-np.round(accuracy.mean(axis=1), 9), kind="stable")  # equal ones as in the grid
    step = common_step(scores.steps)
    contest = contest_of(accuracy, levels, chance, diverged > 0, also=by_all, step=step)
    leads = leads_by_seeds(accuracy, step) & leads_by_seeds(by_all, step)
    found = [_settings_of(tuned, level) for level in range(len(levels))]
    settings = tuple(tuple(tuned.settings[place] for place in of_level) for of_level in found)
    shares = tuple(tuple(of_level.values()) for of_level in found)
    return Ranking(levels, accuracy, diverged, order, contest, leads, settings, shares)


def _settings_of(tuned: Tuned, level: int) -> dict[int, float]:
    """Places of the settings at which a level was measured, the more frequent first, and which share of it was."""
    halves = np.where(tuned.first, 0, 1)
    places = tuned.chosen[halves, level].ravel()
    found, counts = np.unique(places, return_counts=True)
    return {int(found[k]): float(counts[k] / len(places)) for k in np.argsort(-counts, kind="stable")}


def _gains(differences: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if differences.shape[1] < LEAST_SEEDS:
        return differences.mean(axis=1), *np.full((2, len(differences)), np.nan)
    rounded = np.where(differences.any(axis=1), step, 0.0)  # a level that has its own setting anyway gains 0 exactly
    return intervals(differences, len(differences), rounded)


def _swapped(before: Ranking, after: Ranking) -> tuple[tuple[int, int], ...]:
    """Pairs of levels of which another one is ahead then."""
    old, new = before.accuracy.mean(axis=1), after.accuracy.mean(axis=1)
    return tuple(
        (int(a), int(b)) for at, a in enumerate(before.order) for b in before.order[at + 1 :]
        if old[a] > old[b] + ROUNDING and new[b] > new[a] + ROUNDING
    )  # fmt: skip
