"""Where the slope of a function is greatest, and where it is exactly 0."""

from collections.abc import Sequence

import numpy as np

from ..nn.activations import Activation, Function
from .function_intervals import PLACE, Interval, intervals_of
from .function_range import EDGES, FAR, REACH

_SAME = 1e-6  # slopes that differ by less, in proportion, are the same
_LOOKS, _CLOSER = 5, 10  # at a peak of the slope, each so many times as closely
_TIED = 1e-12  # slopes that differ by less, in proportion, are as high
_OUTSIDE = np.array([[1e-7], [1e-6]])  # how far beside an interval it is looked whether the slope fades into it
_AROUND = 3  # of z, to both sides: what a slope is small in proportion to
_FADED = 1e-12  # times the greatest value and slope around, a slope is at most that rounding makes 0 of
_LEAST = 1e-290  # a slope that is smaller is about to underflow
_POWER = 3  # times as large at least is, ten times as far off, what fades as a power: that of 1/2 by sqrt(10)


def steepest(slope: Function, beyond: bool = True) -> tuple[Interval, ...]:
    """Long intervals as they are, and peaks, which may be too narrow for an edge to be high enough on them; `beyond`
    says whether it is also looked at both ends, and what reaches ±`REACH` goes on."""
    sizes, at_ends = np.abs(slope(EDGES)), np.nan_to_num(np.abs(slope(np.array([-FAR, FAR]))), posinf=np.inf)
    peaks, heights = _peaks(slope, *_beside_peaks(sizes))
    greatest = max(sizes.max(initial=0, where=~np.isnan(sizes)), heights.max(initial=0))
    if beyond and at_ends.max() > greatest:
        return tuple((end, end) for end, size in zip((-np.inf, np.inf), at_ends) if size == at_ends.max())
    found = intervals_of(lambda z: np.abs(slope(z)) >= (1 - _SAME) * greatest)
    if not beyond:
        found = tuple((max(low, -REACH), min(high, REACH)) for low, high in found)
    long = [(low, high) for low, high in found if high - low >= PLACE]
    short = np.array([(low, high) for low, high in found if high - low < PLACE]).reshape(-1, 2).T
    middles, _ = _peaks(slope, *short)
    cell = EDGES[1] - EDGES[0]
    apart = [z for z in peaks[heights >= (1 - _SAME) * greatest] if not _is_in(z, found, cell)]
    alone = EDGES[sizes == greatest] if not found else []  # where it is infinite
    places = {(z, z) for z in (_told(z) for z in [*middles, *apart, *alone])}
    return tuple(sorted([*places, *((_told(low), _told(high)) for low, high in long)]))


def _beside_peaks(sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The edges just below and just above those at which there is a peak."""
    low, here, high = sizes[:-2], sizes[1:-1], sizes[2:]
    peaks = np.flatnonzero((here > low) & (here >= high) & np.isfinite(here))
    return EDGES[peaks], EDGES[peaks + 2]


def _peaks(function: Function, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place in each interval (n,) at which the size of a function is greatest, the mean of several, and the size
    there: looks ever more closely."""
    places, reach = (low + high) / 2, (high - low) / 2
    heights = np.zeros_like(places)
    for _ in range(_LOOKS):
        z = places + reach * np.linspace(-1, 1, 2 * _CLOSER + 1)[:, None]
        sizes = np.nan_to_num(np.abs(function(z)))
        heights = np.fmax(heights, sizes.max(axis=0))
        places = np.average(z, axis=0, weights=sizes >= (1 - _TIED) * sizes.max(axis=0))
        reach = reach / _CLOSER
    return places, heights


def _is_in(place: float, intervals: Sequence[Interval], beside: float) -> bool:
    """Whether it is in one of them, or beside one."""
    return any(low - beside <= place <= high + beside for low, high in intervals)


def _told(z: float) -> float:
    return round(float(z), 4) + 0.0  # no -0


def dead_intervals(record: Activation) -> tuple[Interval, ...]:
    """Where the slope is 0 by the function's definition.

    Just beside an interval where it is 0 because no floating-point number is so small, it is tiny, and hardly changes.
    """
    found = intervals_of(lambda z: record.slope(z) == 0)
    if not found:
        return ()
    sizes = np.fmax(np.abs(record.value(EDGES)), np.abs(record.slope(EDGES)))

    def fades(border: float, side: int) -> bool:
        """Whether the slope does so into the interval, though not as a power of the distance: max(z, 0)^3 does."""
        if np.isinf(border):
            return False
        near, far = np.abs(record.slope(border + side * _OUTSIDE))[:, 0]
        greatest = sizes[(np.abs(EDGES - border) < _AROUND) & np.isfinite(sizes)].max(initial=0)
        return bool(near < _LEAST or (near < _FADED * greatest and far < _POWER * near))

    return tuple((low, high) for low, high in found if not (fades(low, -1) or fades(high, 1)))
