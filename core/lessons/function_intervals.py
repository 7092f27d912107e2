"""Intervals of z where something holds of a function, and the places where it starts or ceases to hold.

An interval (low, high) that reaches ±`REACH` is taken to go on, and has an infinite end.
"""

from collections.abc import Callable, Sequence

import numpy as np

from .function_range import EDGES, FAR, REACH

PLACE = 0.01  # an interval that is shorter is one place
_LEAST = 1e-6  # an interval that is shorter is none
_BEYOND = np.geomspace(REACH, FAR, 1001)

Interval = tuple[float, float]
Condition = Callable[[np.ndarray], np.ndarray]


def intervals_of(holds: Condition, places: np.ndarray = EDGES[:0]) -> tuple[Interval, ...]:
    """Where a condition holds; single places are left out.  Beside the edges it is looked at `places`."""
    z = np.union1d(EDGES, places)
    inside = holds(z)
    borders = [border_of(holds, z[cell : cell + 2]) for cell in np.flatnonzero(np.diff(inside)).tolist()]
    if inside[0]:
        borders.insert(0, -np.inf)
    if inside[-1]:
        borders.append(np.inf)
    return tuple((low, high) for low, high in zip(borders[::2], borders[1::2]) if high - low > _LEAST)


def intervals_with_ends(holds: Condition, places: np.ndarray = EDGES[:0]) -> tuple[Interval, ...]:
    """The same, with what begins beyond `REACH` and then goes on to the end."""
    found = list(intervals_of(holds, places))
    for sign in (-1, 1):
        beyond = holds(sign * _BEYOND)
        begins = int(beyond.argmax())
        if begins and beyond[begins:].all():
            border = border_of(holds, sign * _BEYOND[begins - 1 : begins + 1])
            found.append((border, np.inf) if sign > 0 else (-np.inf, border))
    return tuple(sorted(found))


def go_on(intervals: Sequence[Interval]) -> bool:
    """Whether intervals of z come again and again, as those of a sine do: at even distances, as far as was looked."""
    starts = np.array([low for low, _ in intervals])
    if len(starts) < 3 or not np.isfinite(intervals).all():
        return False
    distances = np.diff(starts)
    return bool(np.ptp(distances) < PLACE and starts[-1] + distances[-1] > REACH)


def border_of(holds: Condition, z: np.ndarray) -> float:
    """The place between two z at which a condition starts or ceases to hold."""
    return middle_of(around_border(holds, z))


def around_border(holds: Condition, z: np.ndarray) -> np.ndarray:
    """Just below and just above that place: looks ever more closely."""
    for _ in range(2):
        z = np.linspace(z[0], z[-1], 1001)
        changes = np.flatnonzero(np.diff(holds(z)))
        if not len(changes):  # what holds by a rounding may not hold when it is computed among other numbers
            break
        z = z[changes[0] : changes[0] + 2]
    return z


def middle_of(z: np.ndarray) -> float:
    return said(z.mean())


def said(z: float) -> float:
    return round(float(z), 8) + 0.0  # no -0
