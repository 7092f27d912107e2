"""How far the values of a function reach, by looking at them, in float64, near 0 and far out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..nn.activations import Function
from ..nn.unbounded import endless

REACH = 10  # of z, to both sides: beyond it, functions go on as they have begun
FAR = 1e9  # a z that stands for the end: what is only approached is then right to 8 digits
EDGES = np.linspace(-REACH, REACH, 2 * REACH * 1000 + 1)  # of cells
# In proportion to z, or to 1: what has no values so near, to both sides, is one place alone.  It may be a whole number,
# and from one this does not lead to another.
_BESIDE = 6.180339887e-7
_BEYOND = np.geomspace(1e6, 1e15, 10)  # where what has no bound still grows, however slowly
_STEADY = 0.9  # times the step before, at least, is each step there of what grows: those of a logarithm are the same


@dataclass(frozen=True)
class Range:
    """Least and greatest value, infinite where there is none, and whether there is a z that gives it.

    A value that is only approached is right to 8 digits.
    """

    least: float
    greatest: float
    has_least: bool
    has_greatest: bool


def range_of(
    value: Function,
    poles: Sequence[float] | np.ndarray = (),
    stays: tuple[bool, bool] = (True, True),
    beyond: bool = True,
) -> Range:
    """The range of any function that does between ±`REACH` what it does at all, and beyond goes on like that; `poles`
    are places beside which it has no bound.

    `stays` says of each end whether a value that no longer changes there is one that f has by its definition.  Else it
    is one that f approaches, until rounding makes both the same.  Values at single places, such as those of x^x at -1,
    -2, ..., do not count, unless there are no others.  `beyond` says whether what f approaches beyond ±`REACH` counts.
    """
    if np.isfinite(_of_stretches(value)(EDGES)).any():
        value = _of_stretches(value)
    near, ends = value(EDGES), np.array([_limit(value, side) for side in (-1, 1) if beyond])
    ends_beside = endless(value, np.asarray(poles, float))
    beside = np.inf * ends_beside[ends_beside != 0]
    ends = ends[~np.isnan(ends)]
    least = min(near.min(initial=np.inf, where=~np.isnan(near)), beside.min(initial=np.inf))
    greatest = max(near.max(initial=-np.inf, where=~np.isnan(near)), beside.max(initial=-np.inf))
    return Range(
        least=float(ends.min(initial=least)),
        greatest=float(ends.max(initial=greatest)),
        has_least=bool(-np.inf < least <= ends.min(initial=np.inf)) and _is_given(near == least, stays),
        has_greatest=bool(np.inf > greatest >= ends.max(initial=-np.inf)) and _is_given(near == greatest, stays),
    )


def _of_stretches(value: Function) -> Function:
    """A function that has only the values that have others beside them."""

    def values(z: np.ndarray) -> np.ndarray:
        step = _BESIDE * np.fmax(1, np.abs(z))
        return np.where(np.isnan(value(z - step)) & np.isnan(value(z + step)), np.nan, value(z))

    return values


def _is_given(there: np.ndarray, stays: tuple[bool, bool]) -> bool:
    """Whether a function has a value, which it has or approaches at these of `EDGES`."""
    elsewhere = np.flatnonzero(~there)
    if not len(elsewhere):
        return any(stays)
    between = there[elsewhere[0] : elsewhere[-1]]
    return bool(between.any() or (there[0] and stays[0]) or (there[-1] and stays[1]))


def _limit(value: Function, sign: int) -> float:
    """At one end: infinite if the value grows all the way there."""
    halfway, end = value(sign * np.array([np.sqrt(FAR), FAR]))
    beyond = value(sign * _BEYOND)
    steps, farthest = np.diff(beyond) * np.sign(end), beyond[-1]
    grows = bool((steps > 0).all() and (steps[1:] >= _STEADY * steps[:-1]).all())
    leaps = abs(end) > max(1.5 * abs(halfway), REACH) and not abs(farthest) <= 1.5 * abs(end)
    return float(np.copysign(np.inf, end) if grows or leaps else end)
