"""What suits a level: its setting is chosen by other seeds than those that measure it.

The rule: one half of the seeds chooses each level's setting, by the highest mean accuracy, and the other half measures
it; then the other way round.  So every seed measures, and none measures what it chose.

An accuracy by the seeds that chose it would be too high, and the more so the more settings are as good (the winner's
curse; Cawley and Talbot 2010, On over-fitting in model selection).  Halves, and not "all others choose for each": any
two choices would be made by nearly the same seeds, and these are all that is measured, so that the t-test would err
twice as often.

What a paired test over all n seeds means then: it counts n measurements as independent, given the choices.  But each
half has chosen once, with luck of its own: a level that was measured beside its best setting seems worse than it is.
So a lead counts only if it is shown once more at the settings that all seeds choose together.  There the choice is
steadier; what flatters there is what the halves are free of.  `benchmarks/sweep_luck.py` has the figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from ..analysis.luck import ROUNDING
from ..readonly import ReadOnly
from .scores import CONDITIONS, Scores

RATES = ("learning_rate", "rate_multiple")


@dataclass(frozen=True)
class Tuned(ReadOnly):
    """Scores without the tuned factors, each at the setting chosen.

    `by_all` are the same at the settings that all seeds choose, and at which all measure: too high, and for a second
    test alone.  `settings` are all combinations of the tuned factors' levels.  `chosen` (2, ...) are places in them: at
    `chosen[0]` the seeds of the first half measure, which those of the second chose, and the other way round.  `first`
    (seed,) says which are the first half.
    """

    scores: Scores
    by_all: Scores
    settings: tuple[dict[str, Any], ...]
    chosen: np.ndarray
    first: np.ndarray


def tuning_of(scores: Scores, factor: str) -> tuple[str, ...]:
    """What is tuned for a factor unless told otherwise: the learning rate or, in a grid without, all others but the
    dataset and its noise."""
    others = [name for name in scores.names if name != factor and name not in CONDITIONS]
    return tuple(name for name in others if name in RATES) or tuple(others)


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


def at_one_setting(scores: Scores, tuned: Sequence[str], common: Mapping[str, Any]) -> Tuned:
    """All at a setting that was chosen without looking at the figures."""
    if set(common) != set(tuned):
        raise ValueError(f"a common setting must have a value for each of {', '.join(tuned)}")
    table = _settings_last(scores, tuned)
    places = [scores.levels(name).index(common[name]) for name in tuned if common[name] in scores.levels(name)]
    if len(places) < len(tuned):
        raise ValueError(f"{dict(common)} is not in the grid")
    place = np.ravel_multi_index(places, [len(scores.levels(name)) for name in tuned])
    return _measured(table, np.full((3, *table.values.shape[:-2]), place))


def _settings_last(scores: Scores, tuned: Sequence[str]) -> Scores:
    """The same with all combinations of the tuned factors' levels, as one factor, next to the seeds."""
    rest = [name for name in scores.names if name not in tuned]
    ordered = scores.in_order([*rest, *tuned])
    settings = tuple(dict(zip(tuned, levels)) for levels in product(*(scores.levels(name) for name in tuned)))
    shape = *(len(scores.levels(name)) for name in rest), len(settings), scores.seeds
    factors = *ordered.factors[: len(rest)], ("setting", settings)
    return ordered.changed(factors, lambda array: array.reshape(shape))


def _chosen(values: np.ndarray) -> np.ndarray:
    """(3, ...) places of the best settings of values (..., setting, seed): by the second half of the seeds, by the
    first, and by all."""
    first = first_half(values.shape[-1])
    return np.stack([middle_of_best(values[..., of].mean(axis=-1)) for of in (~first, first, first | ~first)])


def _measured(table: Scores, chosen: np.ndarray) -> Tuned:
    """Each seed's figures at the settings that the other half chose, and at those that all did."""
    first = first_half(table.seeds)
    by_half = np.where(first, chosen[0][..., None], chosen[1][..., None])
    by_all = np.broadcast_to(chosen[2][..., None], by_half.shape)
    scores, again = (
        table.changed(table.factors[:-1], partial(_taken, places=places[..., None, :])) for places in (by_half, by_all)
    )
    return Tuned(scores, again, table.levels("setting"), chosen[:2], first)


def _taken(array: np.ndarray, places: np.ndarray) -> np.ndarray:
    return np.take_along_axis(array, places, axis=-2)[..., 0, :]
