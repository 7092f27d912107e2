"""How long activation functions take on the machine that runs this: value and slope, as a training computes them."""

import math
import os
import platform
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ..nn.kernels import FUSED, bind
from ..nn.own_functions import activation_of

PARTS, PART = 20, 50_000  # a million values, in parts that stay in the processor's cache, as those of a training do
TURNS = 9


@dataclass(frozen=True)
class Timing:
    """Milliseconds for a million values in float32: medians over the turns.

    The slope is given what the value has left behind, and takes no time where the value has done its work too.
    `has_kernel` tells whether the training has a faster way than the record's own two functions (`core.nn.kernels`).
    """

    name: str
    value: float
    slope: float
    has_kernel: bool

    @property
    def both(self) -> float:
        return self.value + self.slope


@dataclass(frozen=True)
class Measurement:
    """`when` is in UTC."""

    timings: tuple[Timing, ...]
    machine: str
    when: datetime

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(timing.name for timing in self.timings)


def time_activations(names: Sequence[str]) -> Measurement:
    """Of standard-normal values; raises `ValueError` for a name that is no activation.

    The functions take turns, so that a machine that is busy for a while is so for all of them.
    """
    stopwatch = StopwatchInParts(names)
    stopwatch.advance(math.inf)
    assert stopwatch.found is not None
    return stopwatch.found


class StopwatchInParts:
    """What `time_activations` does, in parts (`core.in_parts`) of whole turns."""

    def __init__(self, names: Sequence[str]) -> None:
        for name in names:
            activation_of(name)
        self.found: Measurement | None = None
        self._names = tuple(names)
        self._seconds: list[list[tuple[float, float]]] = []  # of each turn

    def advance(self, seconds: float) -> None:
        """Goes on for about so many seconds, by the clock."""
        end = time.perf_counter() + seconds
        drawn = np.random.default_rng(0).standard_normal((PARTS, PART), np.float32)
        while len(self._seconds) <= TURNS:  # the first turn is to warm up
            self._seconds.append([_turn(name, drawn) for name in self._names])
            if time.perf_counter() >= end:
                break
        if len(self._seconds) > TURNS:
            medians = (1e3 * np.median(self._seconds[1:], axis=0)).tolist()
            timings = (Timing(name, value, slope, name in FUSED) for name, (value, slope) in zip(self._names, medians))
            self.found = Measurement(tuple(timings), machine(), datetime.now(UTC))


def _turn(name: str, drawn: np.ndarray) -> tuple[float, float]:
    """Seconds for the value and for the slope of what was drawn, (part, value)."""
    z, a, s = (np.empty_like(drawn[0]) for _ in range(3))
    kernel = bind(name, z, a, s)
    value = slope = 0.0
    with np.errstate(all="ignore"):  # see core.nn.kernels
        for part in drawn:
            z[:] = part  # the kernel overwrites it
            value += _seconds(kernel.value)
            slope += _seconds(kernel.slope) if kernel.slope else 0.0
    return value, slope


def _seconds(function: Callable[[], None]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def machine() -> str:
    """Its processor, as far as the system tells, and what computes on it."""
    return f"{_processor()} (cores: {os.cpu_count()}), Python {platform.python_version()}, numpy {np.__version__}"


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
