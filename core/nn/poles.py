"""Where a function that somebody wrote grows without end, though no number that it was given shows it: tan beside pi/2,
which no floating-point number is."""

from collections.abc import Callable

import numpy as np

REACH, CELLS = 10, 200_000  # how far it is looked at first, to both sides, and how closely
PEAKS = 64  # the highest, that are looked at more closely
CLOSER = 1000  # times as closely, at each of so many looks:
LOOKS = 2  # a peak that is wider than some ten-millionth grows no more at the second
GROWS = 1.3  # times as high as before, at each look, is what has no end: log beside 0 grows from 16 to 23 at the second
BESIDE = 0.382  # of a cell: what is looked at is no round number, so that a pole at one is not met by chance


def poles(function: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The places (n,) between -10 and 10, rising, beside which the size of a function grows without end."""
    cell = 2 * REACH / CELLS
    with np.errstate(all="ignore"):
        z = np.linspace(-REACH, REACH, CELLS + 1) + BESIDE * cell
        sizes = _sizes(function, z)
        low, here, high = sizes[:-2], sizes[1:-1], sizes[2:]
        peaks = 1 + np.flatnonzero((here > low) & (here >= high) & np.isfinite(here))
        peaks = peaks[np.argsort(sizes[peaks])[-PEAKS:]]
        places, heights = z[peaks], sizes[peaks]
        for _ in range(LOOKS):
            cell /= CLOSER
            closer = places[:, None] + cell * (np.arange(-CLOSER, CLOSER + 1) + BESIDE)
            sizes = _sizes(function, closer)
            best = sizes.argmax(axis=1, keepdims=True)
            found = np.take_along_axis(sizes, best, axis=1)[:, 0]
            grows = found > GROWS * heights
            places, heights = np.take_along_axis(closer, best, axis=1)[grows, 0], found[grows]
    places = np.sort(places)
    return places[np.diff(places, prepend=-np.inf) > 2 * REACH / CELLS]  # what two peaks lead to is one


def _sizes(function: Callable[[np.ndarray], np.ndarray], z: np.ndarray) -> np.ndarray:
    """Those of what is a number."""
    sizes = np.abs(function(z))
    return np.where(np.isnan(sizes), 0, sizes)
