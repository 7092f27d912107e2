"""Optimizers on a surface: where each of them goes, step by step.

The steps are those of `core.nn.optimizers`, on arrays (run, parameter) as in a training; the two parameters of a
surface take the place of a network's weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..limits import LEARNING_RATE, check
from ..nn.network import blocks
from ..nn.optimizers import OPTIMIZERS
from ..notes import Note
from ..readonly import ReadOnly
from ..registry import look_up
from .surfaces import SURFACES, Point

STEPS = (1, 1000)  # of a path, so that a server that is asked for one stays alive
COORDINATE = (-1e3, 1e3)  # of a start: far out of every window, and small enough for all surfaces to be finite
ARRIVED = 0.01  # of the height at the start, above the lowest point
CLOSE = 0.25  # of the distance between two minima: an end that is no further off one of them belongs to it
ASIDE = 1e-3  # how far to both sides of a start it is looked whether the surface falls
RATES = tuple(float(f"{digit}e{power}") for power in range(-5, 3) for digit in (1, 2, 5))  # that are tried
RATED_STEPS = 200  # of the paths by which they are judged, as many as the page shows at most


@dataclass(frozen=True)
class Paths(ReadOnly):
    """Where the optimizers went, each a run with a learning rate.

    `points` (run, step, 2) and their `heights` (run, step) begin at step 0, the start.  `diverged_at` (run,) is the
    step in which a coordinate or the height became infinite, -1 for never; from there on the run stands still at its
    last finite point.
    """

    surface: str
    optimizers: tuple[str, ...]
    rates: tuple[float, ...]
    points: np.ndarray
    heights: np.ndarray
    diverged_at: np.ndarray


def descend(
    surface: str, optimizers: Sequence[str], rates: Sequence[float] | None, steps: int, start: Point | None = None
) -> Paths:
    """Lets every optimizer make that many steps, all from one start.

    `rates` has one learning rate for each, None stands for those of `rate_on`; no `start` is the surface's usual one.
    Raises `ValueError` for unknown names, and for numbers out of their limits.
    """
    terrain = look_up(Note("surface"), SURFACES, surface)
    records = [look_up(Note("optimizer"), OPTIMIZERS, name) for name in optimizers]
    asked = [rate_on(surface, name) for name in optimizers] if rates is None else list(rates)
    if len(asked) != len(records):
        raise ValueError(
            Note("there are {rates} learning rates for {number} optimizers", rates=len(asked), number=len(records))
        )
    rates = [check(Note("a learning rate"), rate, LEARNING_RATE) for rate in asked]
    check(Note("the number of steps"), steps, STEPS)
    first = [check(Note("a coordinate of the start"), place, COORDINATE) for place in start or terrain.starts[0]]

    p = np.tile(first, (len(records), 1))
    points, heights = np.empty((len(records), steps + 1, 2)), np.empty((len(records), steps + 1))
    points[:, 0], heights[:, 0] = p, terrain.value(*p.T)
    diverged_at = np.full(len(records), -1)
    each_rate = np.array(rates)[:, None]
    groups = blocks([record.name for record in records])
    states = [OPTIMIZERS[name].init(p[runs]) for name, runs in groups]
    with np.errstate(all="ignore"):  # a run that blows up is a result, see `diverged_at`
        for t in range(1, steps + 1):
            gradient = np.column_stack(terrain.gradient(*p.T))
            for (name, runs), state in zip(groups, states):
                OPTIMIZERS[name].step(p[runs], gradient[runs], state, each_rate[runs], t)
            height = terrain.value(*p.T)
            broken = ~np.isfinite(height + p.sum(axis=1))
            diverged_at[broken & (diverged_at < 0)] = t
            stands = diverged_at >= 0
            p[stands], height[stands] = points[stands, t - 1], heights[stands, t - 1]
            points[:, t], heights[:, t] = p, height
    return Paths(surface, tuple(optimizers), tuple(rates), points, heights, diverged_at)


def rate_on(surface: str, optimizer: str) -> float:
    """The learning rate that suits an optimizer on a surface: the one on the optimizer's record or, where it has none,
    `best_rate`.  Raises `ValueError` for an unknown name."""
    record = look_up(Note("optimizer"), OPTIMIZERS, optimizer)
    return record.surface_rates.get(surface) or best_rate(surface, optimizer)


@cache
def best_rate(surface: str, optimizer: str) -> float:
    """Of `RATES`, the one whose path from the surface's usual start stays in the surface's window and is lowest on
    average over its first `RATED_STEPS` steps, the start included; the optimizer's default where none stays there.

    An average, and not the end: some rates jump to the minimum by luck at last, after a long detour.
    """
    paths = descend(surface, [optimizer] * len(RATES), RATES, RATED_STEPS)
    low, high = np.transpose(SURFACES[surface].window)
    stays = np.flatnonzero(((paths.points >= low) & (paths.points <= high)).all(axis=(1, 2)))
    if not len(stays):
        return OPTIMIZERS[optimizer].learning_rate
    return paths.rates[stays[paths.heights[stays].mean(axis=1).argmin()]]


def arrivals(paths: Paths) -> np.ndarray:
    """(run,): the step from which on a path stays within `ARRIVED` of the start's height above the surface's lowest
    point; -1 if it does not get there."""
    above = paths.heights - SURFACES[paths.surface].lowest
    is_there = above <= ARRIVED * above[:, :1]
    steps = is_there.shape[1] - is_there[:, ::-1].cumprod(axis=1).sum(axis=1)  # less those at the end that are
    return np.where(is_there[:, -1], steps, -1)


def nearest_minima(paths: Paths) -> np.ndarray:
    """(run,): the place of the minimum, among those of the surface, that is nearest to where each path ends."""
    minima = np.array(SURFACES[paths.surface].minima)
    return np.linalg.norm(paths.points[:, -1, None] - minima, axis=2).argmin(axis=1)


def reached_minima(paths: Paths) -> np.ndarray:
    """(run,): the place of the minimum, among those of the surface, that each path has come to: one from which its end
    is no further than `CLOSE` of the distance to the next minimum.  -1 if there is none, or if the path diverged."""
    minima, nearest = np.array(SURFACES[paths.surface].minima), nearest_minima(paths)
    apart = np.linalg.norm(minima[:, None] - minima, axis=2)
    np.fill_diagonal(apart, np.inf)
    away = np.linalg.norm(paths.points[:, -1] - minima[nearest], axis=1)
    return np.where((away <= CLOSE * apart[nearest].min(axis=1)) & (paths.diverged_at < 0), nearest, -1)


def ridge(paths: Paths) -> int | None:
    """The axis, 0 for x and 1 for y, across a ridge that no path leaves, or None if there is no such axis.

    Along it the surface falls to both sides of the start, and yet its slope is exactly 0 at every point of the paths.
    """
    terrain, start = SURFACES[paths.surface], paths.points[0, 0]
    for axis, slopes in enumerate(terrain.gradient(*np.moveaxis(paths.points, 2, 0))):
        sides = start + ASIDE * np.outer([-1, 1], np.eye(2)[axis])
        if not slopes.any() and (terrain.value(*sides.T) < terrain.value(*start)).all():
            return axis
    return None
