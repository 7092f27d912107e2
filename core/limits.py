"""What one experiment may ask for, so that a shared server stays alive: plain data, and the checks that apply it."""

import math
from numbers import Integral, Real

SAMPLES = (20, 5000)
NOISE = (0.0, 2.0)
TEST_SHARE = (0.1, 0.9)
EPOCHS = (0, 2000)
LAYERS = (0, 20)
UNITS = (1, 64)  # of each hidden layer
RUNS = (1, 64)
BATCH_SIZE = (1, 5000)
LEARNING_RATE = (1e-8, 1e8)  # absurd ones too: a blow-up is something to see
PENALTY = (0.0, 1e3)  # l1 and l2
BIAS = (-1e3, 1e3)
RECORDED_VALUES = 64_000_000  # runs x parameters x recorded epochs: 256 MB in float32
SECONDS = 60.0  # of one core, by `core.experiment.estimated_seconds`


def check(what: str, value: float, limits: tuple[float, float]) -> None:
    """Raises `ValueError`, with the value and the limits, if `value` is no number between them (both included); with
    limits that are whole numbers it must be a whole number."""
    least, greatest = limits
    whole = isinstance(least, int)
    if not isinstance(value, Integral if whole else Real) or not least <= value <= greatest:
        number = "a whole number" if whole else "a number"
        upper = f"between {least:,} and {greatest:,}" if greatest < math.inf else f"of at least {least:,}"
        raise ValueError(f"{what} is {value!r}, and must be {number} {upper}")


def check_seed(what: str, value: int) -> None:
    """Seeds are whole numbers from 0."""
    check(what, value, (0, math.inf))
