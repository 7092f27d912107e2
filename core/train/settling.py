"""What becomes of runs that diverge: they are put back to a finite state, and the epoch is noted.

`diverged_at` (run,) is the epoch in which a run diverged, or -1; 0 means that its initial weights were too much
already, and that it has no finite state.  Parameters are (run, parameter).
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

import numpy as np


class Measured(Protocol):
    """What is measured at an epoch: `is_finite` (run,) says whether the losses are."""

    @property
    def epoch(self) -> int: ...
    @property
    def is_finite(self) -> np.ndarray: ...


Record = TypeVar("Record", bound=Measured)


def put_back(parameters: np.ndarray, before: np.ndarray, diverged_at: np.ndarray, epoch: int) -> np.ndarray:
    """After the steps of an epoch: runs whose parameters are no longer finite have diverged in it.  These, and all that
    had diverged already, get the parameters `before` the epoch, in place.  Returns the new `diverged_at`."""
    diverged_at = _marked(diverged_at, ~np.isfinite(parameters).all(axis=1), epoch)
    parameters[diverged_at >= 0] = before[diverged_at >= 0]
    return diverged_at


def settle(
    measure: Callable[[], Record],
    parameters: np.ndarray,
    fallbacks: Iterable[np.ndarray],
    diverged_at: np.ndarray,
) -> tuple[Record, np.ndarray]:
    """The record of an epoch, and the `diverged_at` that goes with it.

    A run with finite parameters whose loss is not finite has diverged too.  It gets, in place, the first of the
    `fallbacks`, arrays like the parameters, at which its loss is finite, and is recorded there.  `measure` gives the
    record of the parameters as they are.
    """
    record = measure()
    for fallback in fallbacks:
        broken = ~record.is_finite & (diverged_at != 0)
        if not broken.any():
            break
        diverged_at = _marked(diverged_at, broken, record.epoch)
        parameters[broken] = fallback[broken]
        record = measure()
    return record, diverged_at


def _marked(diverged_at: np.ndarray, broken: np.ndarray, epoch: int) -> np.ndarray:
    """The first epoch counts."""
    return np.where(broken & (diverged_at < 0), epoch, diverged_at)
