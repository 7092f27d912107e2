"""One step of an optimizer on a surface, taken apart into the terms that it is made of.

How a step becomes terms stands on each optimizer's record (`core.nn.optimizers`); here it is made, and told.
"""

import numpy as np

from ..nn.optimizers import OPTIMIZERS, Step, Term
from ..notes import Note
from ..registry import look_up
from .surfaces import SURFACES, Point


def take_apart(optimizer: str, step: Step) -> tuple[Term, ...]:
    """The terms of that step, the gradient first; the last one is the step itself, which is added to the parameters."""
    gradient = Term("gradient", "g_t", r"\nabla f(\theta_{t-1})", "Points uphill, at the start of the step.", step.g)
    return gradient, *OPTIMIZERS[optimizer].terms(step)


def step_on(surface: str, optimizer: str, rate: float, start: Point, number: int) -> Step:
    """The step of that number, from 1, of an optimizer's path down a surface (see `core.lessons.descent`).

    Raises `ValueError` for an unknown name, and for a step that cannot be reached because the path diverges before.
    """
    terrain, record = look_up(Note("surface"), SURFACES, surface), look_up(Note("optimizer"), OPTIMIZERS, optimizer)
    p, rates = np.array([start], float), np.array([[rate]])
    state = record.init(p)
    with np.errstate(all="ignore"):
        for t in range(1, number + 1):
            gradient = np.column_stack(terrain.gradient(*p.T))
            origin, before = p.copy(), [array.copy() for array in state]
            record.step(p, gradient, state, rates, t)
            if not np.isfinite(terrain.value(*p.T) + p.sum()):
                raise ValueError(f"{optimizer} diverges in step {t} of {number}")
    change = p - origin
    return Step(origin[0], gradient[0], change[0], [a[0] for a in before], [a[0] for a in state], rate, number)
