"""Where a function is broken: found by its sudden changes between edges, which are then looked at more closely."""

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from ..nn.activations import Function
from .function_intervals import PLACE, Condition, around_border, middle_of
from .function_range import EDGES

_AROUND = 201  # edges, a tenth of z to both sides: a break is large or small in proportion to what is there
_BREAK = 1e-3  # times what a function changes around, at least, is a break
_ROUNDED = 1e-6  # times the greatest number around, at least: below, it may be made by rounding
_SUDDEN = 4  # times what is so near that it is as smooth, and not of the same break, at least
_APART = 2  # cells: so far from a cell with a break is one without
_LASTS = 0.5  # of it, at least, is left however closely a break is looked at; of what is steep, next to nothing
_STEADY = 0.25  # of it, at most, a function changes beside it; where there is nothing but rounding, as much as in it
_BESIDE = np.geomspace(1e-8, 1e-6, 8)
_MOST = 100  # that are looked at more closely: the largest


def breaks(function: Function, sizes: np.ndarray) -> tuple[float, ...]:
    """The places where its results are broken; `sizes` (edge,) are of what they are computed of."""
    results = function(EDGES)
    changes = np.diff(results)
    excess = np.abs(changes - _beside(changes, np.add, _APART) / 2)
    calm = _beside(excess, np.fmax, 2 * _APART)
    least = np.maximum(_BREAK * variation(results), _ROUNDED * around(sizes))[1:]
    found = np.flatnonzero(np.isfinite(excess) & (changes != 0) & (excess > least) & (excess > _SUDDEN * calm))
    largest = np.sort(found[np.argsort(excess[found])[-_MOST:]])
    places: list[float] = []
    for cell in largest.tolist():
        ends = around_border(_nearer(function, *results[cell : cell + 2].tolist()), EDGES[cell : cell + 2])
        place = middle_of(ends)
        # Beside a kink there may be two cells with a break.
        if _is_broken(function, ends, _LASTS * excess[cell]) and not (places and place - places[-1] <= PLACE):
            places.append(place)
    return tuple(places)


def variation(results: np.ndarray) -> np.ndarray:
    """(edge,) the difference of the greatest and the least result around."""
    known = np.isfinite(results)
    return around(np.where(known, results, -np.inf)) - minimum_filter1d(np.where(known, results, np.inf), _AROUND)


def around(sizes: np.ndarray) -> np.ndarray:
    """(edge,) the greatest finite size around."""
    return maximum_filter1d(np.where(np.isfinite(sizes), sizes, -np.inf), _AROUND)


def _beside(numbers: np.ndarray, how: np.ufunc, apart: int) -> np.ndarray:
    """Of the two that are so many cells away, or twice the one that is there."""
    padded = np.pad(numbers, apart, constant_values=np.nan)
    low, high = padded[: -2 * apart], padded[2 * apart :]
    return how(np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high))


def _is_broken(function: Function, ends: np.ndarray, least: float) -> bool:
    """Whether a function changes by so much between two places that are close, and hardly beside them."""
    low, high = function(ends[0] - _BESIDE), function(ends[1] + _BESIDE)
    # From side to side, for it may have half of the change at the place itself; or what it has there alone.  To one
    # side it may have nothing.
    change = np.fmax(abs(high[0] - low[0]), np.abs(np.diff(function(ends)))[0])
    return bool(change >= least and np.fmax(np.ptp(low), np.ptp(high)) <= _STEADY * change)


def _nearer(function: Function, one: float, other: float) -> Condition:
    """Whether a result is nearer to one number than to the other; a level between the two could be too large."""
    return lambda z: np.abs(function(z) - one) < np.abs(function(z) - other)
