"""What mattered: which share of all differences between the accuracies of a grid goes back to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np

from ..analysis.luck import CONFIDENCE, ROUNDING
from .scores import CONDITIONS, Basis, Scores


@dataclass(frozen=True)
class Share:
    """Of one factor, or of two together: what they do beyond what each does alone.

    `by_luck` is the share that as many levels would have on average if they made no difference at all: a share that is
    no larger says nothing.  `is_shown` says whether it is larger by more than luck (F-test; all effects of a grid share
    the risk of 5 %).
    """

    factors: tuple[str, ...]
    share: float
    by_luck: float
    is_shown: bool = False


@dataclass(frozen=True)
class Shares:
    """Shares of the variance, which sum to 1: those in `effects` (factors in the grid's order, then pairs), `higher`
    (of three factors and more together) and `luck`.

    `luck` is all that differs between networks of one setting, that is, between seeds.  Nobody chooses a seed, so
    nothing of it is owed to a setting.  It has two parts.  `draw` is what all networks trained on the same data share:
    a draw of samples and a split can be easy or hard for everybody.  It moves all settings alike, so comparing them
    seed by seed is free of it.  `own` is the rest, the luck of one network with one seed: it blurs every comparison,
    and `by_luck` is what it makes of nothing.  `has_parts` is False where each draw has but one network: nothing tells
    the two apart then, and all luck stands in `draw`.
    """

    effects: tuple[Share, ...]
    higher: Share
    luck: float
    draw: float
    own: float
    has_parts: bool
    basis: Basis


def variance_shares(scores: Scores) -> Shares | None:
    """The sums of squares of a full grid over their total, as the analysis of variance has them (Fisher 1925; the
    shares are called eta squared).

    The grid is balanced, so they are exact: they hold for these networks, sum to 1, and do not depend on an order.
    They depend on the values that were chosen: rates from 0.001 to 10 make the rate matter more than rates from 0.01 to
    0.1.  None as long as there are not two whole seeds, for a single setting, or where all accuracies are the same.
    """
    whole = scores.of_whole_seeds()
    if whole.seeds < 2 or prod(whole.values.shape[:-1]) < 2:
        return None
    values = whole.values - whole.values.mean()
    total = float((values**2).sum())
    if total <= ROUNDING * values.size:
        return None
    axes = range(len(whole.names))
    chosen = [(axis,) for axis in axes] + list(combinations(axes, 2))
    sums = [_sum_of_squares(values, some) for some in chosen]
    between = _squares(values, axes)
    draw, own = _parts_of_luck(whole, values, total - between)
    freedoms = [prod(values.shape[axis] - 1 for axis in some) for some in chosen]
    effects = []
    for some, squares, freedom in zip(chosen, sums, freedoms):
        names = tuple(whole.names[axis] for axis in some)
        noise = draw if set(names) <= set(CONDITIONS) else own
        is_shown = _is_shown(squares, freedom, noise, (1 - CONFIDENCE) / len(chosen))
        effects.append(Share(names, squares / total, freedom * noise.mean / total, is_shown))
    left, freedom = between - sum(sums), prod(values.shape[:-1]) - 1 - sum(freedoms)
    higher = Share((), max(left, 0.0) / total if freedom else 0.0, freedom * own.mean / total)
    luck = (total - between) / total
    return Shares(
        tuple(effects), higher, luck, draw.sum / total, own.sum / total, own.freedom > 0, scores.basis()
    )  # fmt: skip


@dataclass(frozen=True)
class _Squares:
    """A sum of squares with its degrees of freedom."""

    sum: float
    freedom: int

    @property
    def mean(self) -> float:
        return self.sum / self.freedom if self.freedom else 0.0


def _is_shown(squares: float, freedom: int, noise: _Squares, risk: float) -> bool:
    """Whether an effect's sum of squares is more than luck makes of nothing, but for that risk."""
    from scipy.stats import f

    if not freedom or not noise.freedom or squares <= ROUNDING:
        return False
    return bool(squares / freedom > f.isf(risk, freedom, noise.freedom) * noise.mean)


def _parts_of_luck(scores: Scores, values: np.ndarray, luck: float) -> tuple[_Squares, _Squares]:
    """What networks on the same data share, and the rest.

    So many networks on each draw of the data are a split plot: what all of them share is the error against which the
    conditions stand, and the rest that against which everything else stands.
    """
    conditions = [axis for axis, name in enumerate(scores.names) if name in CONDITIONS]
    seeds, settings = scores.seeds, prod(values.shape[:-1])
    draws = prod(values.shape[axis] for axis in conditions)
    draw = max(_squares(values, [*conditions, values.ndim - 1]) - _squares(values, conditions), 0.0)
    return _Squares(draw, draws * (seeds - 1)), _Squares(max(luck - draw, 0.0), (settings - draws) * (seeds - 1))


def _squares(values: np.ndarray, axes: Iterable[int]) -> float:
    """The sum of squares of the means over all axes but these, each counted for every entry that it is of."""
    others = tuple(axis for axis in range(values.ndim) if axis not in set(axes))
    means = values.mean(axis=others)
    return float((means**2).sum()) * values.size / means.size


def _sum_of_squares(values: np.ndarray, axes: Sequence[int]) -> float:
    """Of one factor or interaction: the means over all other axes, without what fewer of these factors explain."""
    effect = values.mean(axis=tuple(axis for axis in range(values.ndim) if axis not in axes))
    for axis in range(len(axes)):
        effect = effect - effect.mean(axis=axis, keepdims=True)
    return float((effect**2).sum()) * values.size / effect.size
