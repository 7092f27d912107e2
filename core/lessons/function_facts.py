"""What an activation function is like: how far its values reach, where it is steepest, where flat, whether it breaks.

Everything is found by looking at values and slopes, in float64: at every thousandth from -10 to 10, and at ±1e9, which
stands for the ends.  An interval (low, high) of z that reaches ±10 is taken to go on, and has an infinite end.  Whether
all is so in between, `function_beyond` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from ..nn.activations import Activation, Function
from ..nn.own_functions import KEPT, activation_of
from ..nn.unbounded import endless
from ..train.diagnostics import saturation_thresholds
from .function_beyond import holds_beyond
from .function_breaks import breaks, variation
from .function_intervals import (
    PLACE,
    Interval,
    intervals_of,
    intervals_with_ends,
    said,
)
from .function_range import EDGES, Range, range_of
from .function_slopes import dead_intervals, steepest

_MIDDLES = (EDGES[:-1] + EDGES[1:]) / 2
_CHANCES = np.diff(ndtr(EDGES))  # that a standard-normal z is in the cell
_NEAR, _BESIDE = 1e-5, 1e-8  # of a pole: how near it is looked at
_SIDES = np.array([[-1], [1]])
_HARMONIC = 0.5  # times the size far off at least is |z f(z)| beside 0 where f goes up as 1/z; 1/sqrt(z) has 0.03
_STILL = 0.9  # times the change far off at most is what is continuous, however steep
_ZERO = 1e-6  # a mean is 0 if it is smaller, in proportion to the mean size of what it is of
_COARSE = 10  # cells of the mean that are one, to see whether it depends on them
_STEADY = 0.1  # the most by which it may then differ, in proportion
_SLIGHT = 0.05  # times what a function changes around, at most, it may seem to jump at a slope without end


@dataclass(frozen=True)
class Facts:
    """`greatest_slope` is the largest |f'|, and `steepest` where: (z, z) is a single place, (inf, inf) says that it is
    approached, or grows without end, as z does.  If the slope is 0 everywhere, that is all of z.

    `mean_output` is the mean of f(z) for z drawn from the standard normal distribution; NaN where it has none (1/x) or
    none that can be found by looking up to `REACH` (x^100).  `saturated` is where |f'| is below the threshold of
    `core.train.diagnostics`, 5 % of the greatest, and `dead` where the slope is exactly 0, by definition and not by
    rounding.  `infinite` is where value or slope are not finite, which happens to functions that people write: log(x)
    below 0.  All else is then said of the rest.  Beside a pole the value goes up or down without end, at a jump it
    breaks, at a corner the slope alone does, and where f is vertical the slope alone has no end.

    `holds_beyond` is False if f does something else beyond ±`REACH`, as 1/(z - 12) does: then all is said of what is
    nearer to 0.
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
    holds_beyond: bool

    @property
    def is_zero_centred(self) -> bool:
        """Whether the mean output is 0, to 6 digits of the mean size of the outputs."""
        return self.mean_output == 0


@lru_cache(maxsize=KEPT)
def facts(name: str) -> Facts:
    """The facts about an activation, by its name; raises `ValueError` for what is none."""
    with np.errstate(all="ignore"):  # of functions that people write, not all are finite everywhere
        return _facts(activation_of(name))


def _facts(record: Activation, beyond: bool = True) -> Facts:
    """`beyond` says whether it is also looked beyond ±`REACH`."""
    threshold = saturation_thresholds([[record.name]], 0, EDGES.dtype).item()
    edges = EDGES[_alone(np.isinf(record.value(EDGES)))]
    places = np.union1d(edges, [z for z in record.steep if not _is_near(z, edges)])
    poles = places[endless(record.value, places).any(axis=0)]
    sizes = np.fmax(np.abs(record.value(EDGES)), np.abs(record.slope(EDGES)))
    jumps = _jumps(record, sizes, poles)
    corners = _corners(record, sizes, [*poles, *jumps])
    vertical = [z for z in places if not _is_near(z, [*poles, *jumps, *corners])]
    dead = dead_intervals(record)

    def is_saturated(z: np.ndarray) -> np.ndarray:
        return (np.abs(record.slope(z)) < threshold) & ~np.isnan(record.value(z))

    found = Facts(
        name=record.name,
        range=range_of(record.value, poles, _stays(record, dead) if beyond else (True, True), beyond),
        greatest_slope=record.greatest_slope if beyond or len(places) else _greatest_near(record),
        steepest=tuple((z, z) for z in map(said, places)) or steepest(record.slope, beyond),
        mean_output=_mean_output(record.value, poles),
        saturated=(intervals_with_ends if beyond else intervals_of)(is_saturated, record.slope_peaks),
        dead=dead,
        infinite=_infinite(record, [*poles, *vertical]),
        is_monotone=not (np.diff(record.value(EDGES)) < 0).any(),
        poles=tuple(map(said, poles)),
        jumps=jumps,
        corners=corners,
        vertical=tuple(map(said, vertical)),
        holds_beyond=beyond,
    )
    is_same = not beyond or holds_beyond(record, found.range, found.greatest_slope, dead)
    return found if is_same else _facts(record, beyond=False)


def _greatest_near(record: Activation) -> float:
    sizes = np.abs(record.slope(EDGES))
    return float(sizes.max(initial=0, where=~np.isnan(sizes)))


def _stays(record: Activation, dead: Sequence[Interval]) -> tuple[bool, bool]:
    """Whether the slope is 0 by definition on the way to each end, or at least is no other number."""
    unknown = np.isnan(record.slope(EDGES[[0, -1]])).tolist()
    return unknown[0] or -np.inf in (low for low, _ in dead), unknown[1] or np.inf in (high for _, high in dead)


def _mean_output(value: Function, poles: np.ndarray) -> float:
    """Of the outputs for a standard-normal z: NaN if it is not finite, if it depends on how finely it is looked at, or
    on how far, or if the size goes up beside a pole at least as 1/z does beside 0."""
    far, beside = (np.abs(distance * value(poles + distance * _SIDES)) for distance in (_NEAR, _BESIDE))
    if (beside > _HARMONIC * far).any():
        return np.nan
    outputs = value(_MIDDLES)
    sizes = np.abs(outputs) * _CHANCES
    size = sizes.sum()
    coarsely = np.abs(value((EDGES[:-1:_COARSE] + EDGES[_COARSE::_COARSE]) / 2)) @ np.diff(ndtr(EDGES[::_COARSE]))
    if not np.isfinite(size) or abs(coarsely - size) > _STEADY * size or max(sizes[0], sizes[-1]) > _ZERO * size:
        return np.nan
    mean = float(outputs @ _CHANCES)
    return 0.0 if abs(mean) <= _ZERO * size else mean


def _infinite(record: Activation, places: Sequence[float]) -> tuple[Interval, ...]:
    """Where value or slope are not finite, single places included: those known already, which may lie between numbers,
    and others."""

    def holds(z: np.ndarray) -> np.ndarray:
        return ~(np.isfinite(record.value(z)) & np.isfinite(record.slope(z)))

    long = intervals_of(holds)
    ends = [end for interval in long for end in interval]
    alone = [*places, *(z for z in EDGES[_alone(holds(EDGES))] if not _is_near(z, places))]
    return tuple(sorted([*long, *((z, z) for z in (said(z) for z in alone if not _is_near(z, ends)))]))


def _alone(holds: np.ndarray) -> np.ndarray:
    """(edge,) whether something holds there that does not hold at the edges beside it."""
    inside = np.pad(holds, 1)
    return inside[1:-1] & ~inside[:-2] & ~inside[2:]


def _jumps(record: Activation, sizes: np.ndarray, poles: np.ndarray) -> tuple[float, ...]:
    """Where the value breaks, but for poles, and for slopes so steep that it only seems to."""
    found = [z for z in breaks(record.value, sizes) if not _is_near(z, poles)]
    far, beside = (np.diff(record.value(record.steep + distance * _SIDES), axis=0)[0] for distance in (_NEAR, _BESIDE))
    slight = _SLIGHT * variation(record.value(EDGES))[np.searchsorted(EDGES[1:-1], record.steep)]
    unbroken = record.steep[np.abs(beside) <= np.maximum(slight, _STILL * np.abs(far))]
    return tuple(z for z in found if not _is_near(z, unbroken))


def _corners(record: Activation, sizes: np.ndarray, broken: Sequence[float]) -> tuple[float, ...]:
    """Where the slope breaks, or changes its sign from one infinity to the other, but the value does not."""
    low, high = record.slope(record.steep + _NEAR * _SIDES)
    cusps = record.steep[low * high < 0]
    found = [*(z for z in breaks(record.slope, sizes) if not _is_near(z, record.steep)), *map(said, cusps)]
    return tuple(z for z in sorted(found) if not _is_near(z, broken))


def _is_near(place: float, places: Sequence[float] | np.ndarray) -> bool:
    return bool((np.abs(np.asarray(places) - place) < PLACE).any())
