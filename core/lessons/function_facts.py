"""What an activation function is like: how far its values reach, where it is steepest, where flat, whether it breaks.

Everything is found by looking at values and slopes, in float64: at every thousandth from -`REACH` to `REACH`, and at
±`FAR`, which stands for the ends.  An interval (low, high) of z that reaches ±`REACH` is taken to go on, and has an
infinite end.  Closer than `REACH`, no slope is so small that it is rounded to 0: where one is exactly 0, it is by the
function's definition.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from ..nn.activations import Activation, Function
from ..nn.own_functions import KEPT, activation_of
from ..nn.unbounded import endless
from ..train.diagnostics import saturation_thresholds

REACH = 10  # of z, to both sides: beyond it, functions go on as they have begun
FAR = 1e9  # a z that stands for the end: what is only approached is then right to 8 digits
_EDGES = np.linspace(-REACH, REACH, 2 * REACH * 1000 + 1)  # of cells
_MIDDLES = (_EDGES[:-1] + _EDGES[1:]) / 2
_CHANCES = np.diff(ndtr(_EDGES))  # that a standard-normal z is in the cell
_BEYOND = np.geomspace(REACH, FAR, 1001)
_NEAR, _BESIDE = 1e-5, 1e-8  # of a pole: how near it is looked at
_SIDES = np.array([[-1], [1]])
_HARMONIC = 0.5  # times the size far off at least is |z f(z)| beside 0 where f goes up as 1/z; 1/sqrt(z) has 0.03
_STILL = 0.9  # times the change far off at most is what is continuous, however steep
_ZERO = 1e-6  # a mean is 0 if it is smaller, in proportion to the mean size of what it is of
_COARSE = 10  # cells of the mean that are one, to see whether it depends on them
_STEADY = 0.1  # the most by which it may then differ, in proportion
_BREAK = 0.05  # a change within a cell; that of an unbroken value or slope is at most 0.02, and of a broken one 1/6
_SUDDEN = 4  # a change in a break is so many times as large as what is near
_LASTS = 0.5  # of it, at least, is left however closely a break is looked at; of what is steep, next to nothing
_MOST_BREAKS = 100  # that are looked at more closely
_SAME = 1e-6  # slopes that differ by less, in proportion, are the same
_PLACE = 0.01  # an interval that is shorter is one place

Interval = tuple[float, float]
Condition = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Range:
    """Least and greatest value, infinite where there is none, and whether there is a z that gives it.

    A value that is only approached is right to 8 digits.
    """

    least: float
    greatest: float
    has_least: bool
    has_greatest: bool


@dataclass(frozen=True)
class Facts:
    """`greatest_slope` is the largest |f'|, and `steepest` where: (z, z) is a single place, (inf, inf) says that it is
    approached, or grows without end, as z does.  If the slope is 0 everywhere, that is all of z.

    `mean_output` is the mean of f(z) for z drawn from the standard normal distribution; NaN where it has none (1/x) or
    none that can be found by looking up to `REACH` (x^100).  `saturated` is where |f'| is below the threshold of
    `core.train.diagnostics`, 5 % of the greatest, and `dead` where the slope is exactly 0.  `infinite` is where value
    or slope are not finite, which happens to functions that people write: log(x) below 0.  All else is then said of the
    rest.  Beside a pole the value goes up or down without end, at a jump it breaks, at a corner the slope alone does,
    and where f is vertical the slope alone has no end.
    """

    name: str
    range: Range
    greatest_slope: float
    steepest: tuple[Interval, ...]
    mean_output: float
    saturated: tuple[Interval, ...]
    dead: tuple[Interval, ...]
    infinite: tuple[Interval, ...]
    is_monotone: bool
    poles: tuple[float, ...]
    jumps: tuple[float, ...]
    corners: tuple[float, ...]
    vertical: tuple[float, ...]

    @property
    def is_zero_centred(self) -> bool:
        """Whether the mean output is 0, to 6 digits of the mean size of the outputs."""
        return self.mean_output == 0


@lru_cache(maxsize=KEPT)
def facts(name: str) -> Facts:
    """The facts about an activation, by its name; raises `ValueError` for what is none."""
    with np.errstate(all="ignore"):  # of functions that people write, not all are finite everywhere
        return _facts(activation_of(name))


def _facts(record: Activation) -> Facts:
    saturated = saturation_thresholds([[record.name]], 0, _EDGES.dtype).item()
    edges = _EDGES[_alone(np.isinf(record.value(_EDGES)))]
    places = np.union1d(edges, [z for z in record.steep if not _is_near(z, edges)])
    poles = places[endless(record.value, places).any(axis=0)]
    jumps = _jumps(record, poles)
    corners = _corners(record, [*poles, *jumps])
    return Facts(
        name=record.name,
        range=range_of(record.value, poles),
        greatest_slope=record.greatest_slope,
        steepest=tuple((z, z) for z in map(_said, places)) or _steepest(record.slope),
        mean_output=_mean_output(record.value, poles),
        saturated=_with_ends(lambda z: (np.abs(record.slope(z)) < saturated) & ~np.isnan(record.value(z))),
        dead=_intervals(lambda z: record.slope(z) == 0),
        infinite=_infinite(record),
        is_monotone=not (np.diff(record.value(_EDGES)) < 0).any(),
        poles=tuple(map(_said, poles)),
        jumps=jumps,
        corners=corners,
        vertical=tuple(_said(z) for z in places if not _is_near(z, [*poles, *jumps, *corners])),
    )


def _mean_output(value: Function, poles: np.ndarray) -> float:
    """Of the outputs for a standard-normal z: NaN if it is not finite, if it depends on how finely it is looked at, or
    on how far, or if the size goes up beside a pole at least as 1/z does beside 0."""
    far, beside = (np.abs(distance * value(poles + distance * _SIDES)) for distance in (_NEAR, _BESIDE))
    if (beside > _HARMONIC * far).any():
        return np.nan
    outputs = value(_MIDDLES)
    sizes = np.abs(outputs) * _CHANCES
    size = sizes.sum()
    coarsely = np.abs(value((_EDGES[:-1:_COARSE] + _EDGES[_COARSE::_COARSE]) / 2)) @ np.diff(ndtr(_EDGES[::_COARSE]))
    if not np.isfinite(size) or abs(coarsely - size) > _STEADY * size or max(sizes[0], sizes[-1]) > _ZERO * size:
        return np.nan
    mean = float(outputs @ _CHANCES)
    return 0.0 if abs(mean) <= _ZERO * size else mean


def _infinite(record: Activation) -> tuple[Interval, ...]:
    """Where value or slope are not finite, single places included."""

    def holds(z: np.ndarray) -> np.ndarray:
        return ~(np.isfinite(record.value(z)) & np.isfinite(record.slope(z)))

    alone = map(_said, _EDGES[_alone(holds(_EDGES))])
    return tuple(sorted([*_intervals(holds), *((z, z) for z in alone)]))


def _alone(holds: np.ndarray) -> np.ndarray:
    """(edge,) whether something holds there that does not hold at the edges beside it."""
    inside = np.pad(holds, 1)
    return inside[1:-1] & ~inside[:-2] & ~inside[2:]


def _said(z: float) -> float:
    return round(float(z), 8) + 0.0  # no -0


def _jumps(record: Activation, poles: np.ndarray) -> tuple[float, ...]:
    """Where the value breaks, but for poles, and for slopes so steep that it only seems to."""
    found = [z for z in _breaks(record.value) if not _is_near(z, poles)]
    far, beside = (np.diff(record.value(record.steep + distance * _SIDES), axis=0)[0] for distance in (_NEAR, _BESIDE))
    unbroken = record.steep[np.abs(beside) <= np.maximum(_BREAK, _STILL * np.abs(far))]
    return tuple(z for z in found if not _is_near(z, unbroken))


def _corners(record: Activation, broken: Sequence[float]) -> tuple[float, ...]:
    """Where the slope breaks, or changes its sign from one infinity to the other, but the value does not."""
    low, high = record.slope(record.steep + _NEAR * _SIDES)
    cusps = record.steep[low * high < 0]
    found = [*(z for z in _breaks(record.slope) if not _is_near(z, record.steep)), *map(_said, cusps)]
    return tuple(z for z in sorted(found) if not _is_near(z, broken))


def _is_near(place: float, places: Sequence[float] | np.ndarray) -> bool:
    return bool((np.abs(np.asarray(places) - place) < _PLACE).any())


def go_on(intervals: Sequence[Interval]) -> bool:
    """Whether intervals of z come again and again, as those of a sine do: at even distances, as far as was looked."""
    starts = np.array([low for low, _ in intervals])
    if len(starts) < 3 or not np.isfinite(intervals).all():
        return False
    distances = np.diff(starts)
    return bool(np.ptp(distances) < _PLACE and starts[-1] + distances[-1] > REACH)


def range_of(value: Function, poles: Sequence[float] | np.ndarray = ()) -> Range:
    """The range of any function that does between ±`REACH` what it does at all, and beyond goes on like that; `poles`
    are places beside which it has no bound."""
    near, ends = value(_EDGES), np.array([_limit(value, -1), _limit(value, 1)])
    ends_beside = endless(value, np.asarray(poles, float))
    near = np.append(near, np.inf * ends_beside[ends_beside != 0])
    near, ends = near[~np.isnan(near)], ends[~np.isnan(ends)]
    least, greatest = near.min(initial=np.inf), near.max(initial=-np.inf)
    return Range(
        least=float(ends.min(initial=least)),
        greatest=float(ends.max(initial=greatest)),
        has_least=bool(-np.inf < least <= ends.min(initial=np.inf)),
        has_greatest=bool(np.inf > greatest >= ends.max(initial=-np.inf)),
    )


def _limit(value: Function, sign: int) -> float:
    """At one end: infinite if the value grows all the way there."""
    halfway, end = value(sign * np.array([np.sqrt(FAR), FAR]))
    grows = abs(end) > max(1.5 * abs(halfway), REACH)
    return float(np.copysign(np.inf, end) if grows else end)


def _steepest(slope: Function) -> tuple[Interval, ...]:
    sizes, at_ends = np.abs(slope(_EDGES)), np.nan_to_num(np.abs(slope(np.array([-FAR, FAR]))), posinf=np.inf)
    greatest = sizes.max(initial=0, where=~np.isnan(sizes))
    if at_ends.max() > greatest:
        return tuple((end, end) for end, size in zip((-np.inf, np.inf), at_ends) if size == at_ends.max())
    found = _intervals(lambda z: np.abs(slope(z)) >= (1 - _SAME) * greatest)
    alone = [(z, z) for z in _EDGES[sizes == greatest].tolist()]  # where it is infinite
    return tuple(_place(*each) for each in found or alone)


def _place(low: float, high: float) -> Interval:
    """Its middle, if the interval is short."""
    if high - low < _PLACE:
        low = high = (low + high) / 2
    return round(low, 4) + 0.0, round(high, 4) + 0.0  # no -0


def _intervals(holds: Condition) -> tuple[Interval, ...]:
    """Where a condition holds; single places are left out."""
    inside = holds(_EDGES)
    borders = [_border(holds, _EDGES[cell : cell + 2]) for cell in np.flatnonzero(np.diff(inside)).tolist()]
    if inside[0]:
        borders.insert(0, -np.inf)
    if inside[-1]:
        borders.append(np.inf)
    return tuple((low, high) for low, high in zip(borders[::2], borders[1::2]) if high - low > _SAME)


def _with_ends(holds: Condition) -> tuple[Interval, ...]:
    """The same, with what begins beyond `REACH` and then goes on to the end."""
    found = list(_intervals(holds))
    for sign in (-1, 1):
        beyond = holds(sign * _BEYOND)
        begins = int(beyond.argmax())
        if begins and beyond[begins:].all():
            border = _border(holds, sign * _BEYOND[begins - 1 : begins + 1])
            found.append((border, np.inf) if sign > 0 else (-np.inf, border))
    return tuple(sorted(found))


def _breaks(function: Function) -> tuple[float, ...]:
    """Where its results are broken."""
    results = function(_EDGES)
    with np.errstate(invalid="ignore"):
        changes = np.abs(np.diff(results))
        around = np.pad(changes, 2, constant_values=0)
        around = np.fmax(around[:-4], around[4:])  # of the second cell to either side: a steep function is not broken
        broken = np.flatnonzero((changes > _BREAK) & (changes > _SUDDEN * around) & np.isfinite(changes))[:_MOST_BREAKS]
    middles = (results[broken] + results[broken + 1]) / 2
    places: list[float] = []
    for cell, middle in zip(broken.tolist(), middles.tolist()):
        ends = _around_border(_below(function, middle), _EDGES[cell : cell + 2])
        place = _middle(ends)
        # Beside a kink there may be two cells with a break.
        if np.abs(np.diff(function(ends))) >= _LASTS * changes[cell] and not (places and place - places[-1] <= _PLACE):
            places.append(place)
    return tuple(places)


def _below(function: Function, level: float) -> Condition:
    return lambda z: function(z) < level


def _border(holds: Condition, z: np.ndarray) -> float:
    """The place between two z at which a condition starts or ceases to hold."""
    return _middle(_around_border(holds, z))


def _around_border(holds: Condition, z: np.ndarray) -> np.ndarray:
    """Just below and just above that place: looks ever more closely."""
    for _ in range(2):
        z = np.linspace(z[0], z[-1], 1001)
        place = np.flatnonzero(np.diff(holds(z)))[0]
        z = z[place : place + 2]
    return z


def _middle(z: np.ndarray) -> float:
    return _said(z.mean())
