"""About what an experiment costs, in time and in memory, so that its limits can be checked before it starts.

Both were fitted to what `benchmarks/cost.py` measures, of trainings as a worker does them: in parts, whose results are
packed to be sent.  What takes more than a second or 20 MB takes from 0.55 to 1.7 times the estimate; the rest of the
difference is in the activations, of which relu is the cheapest and mish the dearest.  All are for float32; float64
takes twice as long.  `sizes` are the units of every layer, inputs and classes included.
"""

import math
from collections.abc import Sequence

from ..nn.network import parameter_count, part_size
from .schedule import recorded_epochs

_SECONDS_PER_STACK = 0.02  # its data and initial weights
_SECONDS_PER_LAYER = 11e-6  # of one step, whatever the number of runs: calls of numpy
_SECONDS_PER_RUN = 0.8e-6  # of one step and layer: each run is a matmul of its own
_SECONDS_PER_MULTIPLY = 0.02e-9  # of one weight and sample, in one of the three matmuls
_SECONDS_PER_ACTIVATION = 9e-9  # of one hidden unit and sample, value and slope
_SECONDS_PER_UPDATE = 9e-9  # of one parameter in one step, by the optimizer and the penalties
_SECONDS_PER_RECORDED = 30e-9  # of one parameter in one record: measured, gathered, packed
_SECONDS_PER_MASK = 8e-6  # of one step and layer: calls of numpy for dropout
_SECONDS_PER_MASKED = 2.5e-9  # of one hidden unit and sample: random numbers, and the mask that they make
_SECONDS_PER_STREAM = 20e-6  # of one epoch, layer and seed: its random numbers begin anew
_PASSES_PER_RECORD = 1.2  # what a record takes, in passes over the training data: one, and the test data forward
_COPIES_RECORDED = 3.3  # of the recorded parameters: as they come, gathered in the history, packed
_WORDS_RECORDED = 50  # for each hidden unit: what its figures come from, in units of a parameter's bytes
_COPIES_OF_PARAMETERS = 13  # gradient, optimizer state, penalties, what they are computed in, and packed
_COPIES_OF_OUTPUTS = 5  # outputs, slopes and what the kernels keep
_COPIES_OF_MASKS = 2  # as large as outputs: the masks, and what they are made of
_FLOAT32 = 4  # bytes of one number


def seconds(
    sizes: Sequence[int],
    runs: int,
    samples: int,
    epochs: int,
    batch_size: int,
    bytes_each: int,
    stacks: int = 1,
    dropout_seeds: int = 0,
) -> float:
    """Estimates the seconds that a training takes on one core, with all that is recorded.

    `samples` are the training samples, `bytes_each` is the size of one number, `stacks` how many are trained apart,
    `dropout_seeds` how many different seeds the networks with dropout have.
    """
    parameters, hidden = parameter_count(sizes), sum(sizes[1:-1])
    steps, records = epochs * math.ceil(samples / batch_size), len(recorded_epochs(epochs))
    per_step = (len(sizes) - 1) * (stacks * _SECONDS_PER_LAYER + runs * _SECONDS_PER_RUN)
    per_step += runs * parameters * _SECONDS_PER_UPDATE
    per_sample = runs * (3 * parameters * _SECONDS_PER_MULTIPLY + hidden * _SECONDS_PER_ACTIVATION)
    passes = epochs + _PASSES_PER_RECORD * records
    recording = records * runs * parameters * _SECONDS_PER_RECORDED
    trained = steps * per_step + passes * samples * per_sample + recording
    trained = trained * bytes_each / _FLOAT32
    if dropout_seeds:
        trained += dropout_seconds(sizes, runs, samples, epochs, batch_size, bytes_each, stacks, dropout_seeds)
    return stacks * _SECONDS_PER_STACK + trained


def dropout_seconds(
    sizes: Sequence[int],
    runs: float,
    samples: int,
    epochs: int,
    batch_size: int,
    bytes_each: int,
    stacks: int = 1,
    dropout_seeds: int = 1,
) -> float:
    """Estimates what dropout adds; arguments are those of `seconds`."""
    steps = epochs * math.ceil(samples / batch_size)
    of_layers = steps * stacks * _SECONDS_PER_MASK + epochs * dropout_seeds * _SECONDS_PER_STREAM
    of_units = epochs * samples * runs * _SECONDS_PER_MASKED
    return ((len(sizes) - 2) * of_layers + sum(sizes[1:-1]) * of_units) * bytes_each / _FLOAT32


def own_seconds(seconds_per_sample: float, samples: int, epochs: int, bytes_each: int) -> float:
    """Estimates what is added by functions that people write, which take so long for one sample."""
    passes = epochs + _PASSES_PER_RECORD * len(recorded_epochs(epochs))
    return passes * samples * seconds_per_sample * bytes_each / _FLOAT32


def megabytes(
    sizes: Sequence[int], runs: int, samples: int, epochs: int, batch_size: int, bytes_each: int, dropout_seeds: int = 0
) -> float:
    """Estimates the megabytes (1e6 bytes) that a training holds at once, over what the program takes anyway; arguments
    are those of `seconds`."""
    parameters, hidden = parameter_count(sizes), sum(sizes[1:-1])
    recorded = len(recorded_epochs(epochs)) * (_COPIES_RECORDED * parameters + _WORDS_RECORDED * hidden)
    at_once = min(batch_size, samples) + min(part_size(runs, sizes), samples)  # to train on, and to measure with
    outputs = _COPIES_OF_OUTPUTS * at_once * hidden
    masks = _COPIES_OF_MASKS * min(batch_size, samples) * hidden if dropout_seeds else 0
    return bytes_each * runs * (recorded + _COPIES_OF_PARAMETERS * parameters + outputs + masks) / 1e6
