"""Where a function that somebody wrote grows without end, though no number that it was given shows it: tan beside pi/2,
which no floating-point number is."""

from collections.abc import Callable

import numpy as np

REACH, CELLS = 10, 200_000  # how far it is looked at first, to both sides, and how closely
PEAKS = 1000  # the highest, that are looked at more closely
CLOSER, LOOKS = 100, 3  # times as closely, at each of so many looks, to find the place of a peak
BESIDE = 0.382  # of a cell: what is looked at is no round number, so that a pole at one is not met by chance
# Ever nearer to a place, to one side of it.  Not so near that rounding counts: (1 - cos z) / z^2 is all noise there.
DISTANCES = 10.0 ** -np.arange(2, 6.5, 0.5)
STEADY = 0.9  # times the step before, at least, is each step of what has no end: those of a logarithm are all the same

Function = Callable[[np.ndarray], np.ndarray]


def poles(function: Function, places: np.ndarray | None = None) -> np.ndarray:
    """The places (n,) between -10 and 10, rising, beside which the size of a function grows without end: some of its
    `peaks`, which are found if they are not given."""
    places = peaks(function) if places is None else places
    beside = endless(lambda z: np.abs(function(z)), places)
    return places[(beside > 0).any(axis=0)]


def endless(function: Function, places: np.ndarray) -> np.ndarray:
    """(side, n) where a function goes just below, and just above, each of these places: 1 up without end, -1 down
    without end, 0 neither."""
    with np.errstate(all="ignore"):
        near = np.array([-1, 1])[:, None, None] * DISTANCES[:, None] + places  # (side, distance, n)
        values = function(near)
        steps, last = np.diff(values, axis=1), values[:, -1]
        grows = (steps[:, 1:] * np.sign(steps[:, :1]) >= STEADY * np.abs(steps[:, :-1])).all(axis=1)
        found = np.where(grows & (steps != 0).all(axis=1), np.sign(steps[:, 0]), 0.0)
        return np.where(np.isinf(last), np.sign(last), found)


def peaks(function: Function) -> np.ndarray:
    """The places (n,) between -10 and 10 at which the size of a function is higher than beside them, rising."""
    cell = 2 * REACH / CELLS
    with np.errstate(all="ignore"):
        z = np.linspace(-REACH, REACH, CELLS + 1) + BESIDE * cell
        sizes = _sizes(function, z)
        low, here, high = sizes[:-2], sizes[1:-1], sizes[2:]
        highest = 1 + np.flatnonzero((here > low) & (here >= high) & np.isfinite(here))
        places = z[highest[np.argsort(sizes[highest])[-PEAKS:]]]
        for _ in range(LOOKS):
            cell /= CLOSER
            closer = places[:, None] + cell * (np.arange(-CLOSER, CLOSER + 1) + BESIDE)
            best = _sizes(function, closer).argmax(axis=1, keepdims=True)
            places = np.take_along_axis(closer, best, axis=1)[:, 0]
    places = np.sort(places)
    return places[np.diff(places, prepend=-np.inf) > 2 * REACH / CELLS]  # what two peaks lead to is one


def _sizes(function: Function, z: np.ndarray) -> np.ndarray:
    """Those of what is a number."""
    sizes = np.abs(function(z))
    return np.where(np.isnan(sizes), 0, sizes)
