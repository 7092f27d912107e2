"""Whether what is found near 0, and at the ends, holds for all z between: 1/(z - 12) has its pole there."""

from collections.abc import Sequence

import numpy as np

from ..nn.activations import Activation
from .function_intervals import Interval
from .function_range import EDGES, FAR, REACH, Range

# Closely at first, and at no round numbers.
_BEYOND = np.concatenate([np.arange(REACH, 1000, 0.05) + 0.0191, np.geomspace(1000, FAR, 1001)])
_SLACK = 1e-3  # times the differences near 0: a bound is not left by less


def holds_beyond(record: Activation, found: Range, greatest_slope: float, dead: Sequence[Interval]) -> bool:
    """Whether values and slopes beyond ±`REACH` stay in this range and below this slope, and are dead where it was
    taken that they go on to be."""
    near = record.value(EDGES)
    slack = _SLACK * np.ptp(near[np.isfinite(near)])
    least, greatest = found.least - slack, found.greatest + slack
    for sign, end in ((-1, near[0]), (1, near[-1])):
        values, sizes = record.value(sign * _BEYOND), np.abs(record.slope(sign * _BEYOND))
        is_dead = any(sign * np.inf in interval for interval in dead)
        if (values < least).any() or (values > greatest).any() or (is_dead and (np.abs(values - end) > slack).any()):
            return False
        if (sizes[~np.isnan(values)] > (1 + _SLACK) * greatest_slope).any():
            return False
    return True
