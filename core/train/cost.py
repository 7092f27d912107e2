"""About what an experiment costs, in time and in memory, so that its limits can be checked before it starts.

The constants were fitted on one core, to what `benchmarks/cost.py` measures: from 0.6 to 1.8 times of it.
"""

import math
from collections.abc import Sequence

from ..nn.network import parameter_count, part_size
from .schedule import recorded_epochs

_SECONDS_PER_LAYER = 13e-6  # of one step, whatever the number of runs
_SECONDS_PER_RUN = 1.3e-6  # of one step and layer
_SECONDS_PER_MULTIPLY = 0.06e-9
_SECONDS_PER_ACTIVATION = 6.5e-9
_SECONDS_PER_UPDATE = 6.5e-9  # of one parameter in one step, by the optimizer and the penalties
_COPIES_RECORDED = 2  # of the recorded parameters: as they come, and gathered in the history
_WORDS_RECORDED = 13  # for each hidden unit: what its figures come from
_COPIES_OF_PARAMETERS = 8  # gradient, optimizer state, penalties and what they are computed in
_COPIES_OF_OUTPUTS = 4  # outputs, slopes and what the kernels keep
_FLOAT32 = 4  # bytes


def seconds(sizes: Sequence[int], runs: int, samples: int, epochs: int, batch_size: int, bytes_each: int) -> float:
    """About how long training takes on one core, with all that is recorded; `samples` are the training samples."""
    parameters, hidden = parameter_count(sizes), sum(sizes[1:-1])
    steps = epochs * math.ceil(samples / batch_size)
    per_step = (len(sizes) - 1) * (_SECONDS_PER_LAYER + runs * _SECONDS_PER_RUN)
    per_step += runs * parameters * _SECONDS_PER_UPDATE
    per_sample = runs * (3 * parameters * _SECONDS_PER_MULTIPLY + hidden * _SECONDS_PER_ACTIVATION)
    passes = epochs + 1.2 * len(recorded_epochs(epochs))
    return (steps * per_step + passes * samples * per_sample) * bytes_each / _FLOAT32


def megabytes(sizes: Sequence[int], runs: int, samples: int, epochs: int, batch_size: int, bytes_each: int) -> float:
    """About what training holds at once, over what the program takes anyway."""
    parameters, hidden = parameter_count(sizes), sum(sizes[1:-1])
    recorded = len(recorded_epochs(epochs)) * (_COPIES_RECORDED * parameters + _WORDS_RECORDED * hidden)
    at_once = min(batch_size, samples) + min(part_size(runs, sizes), samples)  # to train on, and to measure with
    outputs = _COPIES_OF_OUTPUTS * at_once * hidden
    return bytes_each * runs * (recorded + _COPIES_OF_PARAMETERS * parameters + outputs) / 1e6
