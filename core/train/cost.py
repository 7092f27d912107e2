"""About what an experiment costs, in time and in memory, so that its limits can be checked before it starts.

Both were fitted to what `benchmarks/cost.py` measures, of trainings as a worker does them: in parts, whose results are
packed to be sent.  What takes more than a second or 20 MB takes from 0.55 to 1.7 times the estimate; the rest of the
difference is in the activations, of which relu is the cheapest and mish the dearest.  All are for float32; float64
takes twice as long.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from ..limits import EPOCHS
from ..nn.network import parameter_count, part_size
from .epochs import recorded_epochs

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


@dataclass(frozen=True)
class Workload:
    """What of an experiment its cost depends on, besides the epochs.

    `layers` are the units of every layer, inputs and classes included; `samples` are the training samples, `bytes_each`
    is the size of one number, `stacks` how many are trained apart, `dropout_seeds` how many different seeds the
    networks with dropout have, and `own_seconds` what functions that people write take for one sample.
    """

    layers: tuple[int, ...]
    runs: float  # of a sweep's stacks, on average
    samples: int
    batch_size: int
    bytes_each: int
    stacks: int = 1
    dropout_seeds: int = 0
    own_seconds: float = 0.0

    @property
    def parameters(self) -> int:
        """Of one network."""
        return parameter_count(self.layers)

    @property
    def hidden(self) -> int:
        """Units of all hidden layers of one network."""
        return sum(self.layers[1:-1])


def seconds(work: Workload, epochs: int) -> float:
    """Estimates the seconds that so many epochs take on one core, with all that is recorded."""
    runs, samples, parameters = work.runs, work.samples, work.parameters
    steps, records = epochs * math.ceil(samples / work.batch_size), _records(epochs)
    per_step = (len(work.layers) - 1) * (work.stacks * _SECONDS_PER_LAYER + runs * _SECONDS_PER_RUN)
    per_step += runs * parameters * _SECONDS_PER_UPDATE
    per_sample = runs * (3 * parameters * _SECONDS_PER_MULTIPLY + work.hidden * _SECONDS_PER_ACTIVATION)
    passes = epochs + _PASSES_PER_RECORD * records
    recording = records * runs * parameters * _SECONDS_PER_RECORDED
    trained = steps * per_step + passes * samples * (per_sample + work.own_seconds) + recording
    return work.stacks * _SECONDS_PER_STACK + trained * work.bytes_each / _FLOAT32 + dropout_seconds(work, epochs)


def dropout_seconds(work: Workload, epochs: int) -> float:
    """Estimates what dropout adds to that."""
    if not work.dropout_seeds:
        return 0.0
    masks = epochs * math.ceil(work.samples / work.batch_size) * work.stacks
    calls = masks * _SECONDS_PER_MASK + epochs * work.dropout_seeds * _SECONDS_PER_STREAM
    drawn = epochs * work.samples * work.runs * work.hidden * _SECONDS_PER_MASKED
    return ((len(work.layers) - 2) * calls + drawn) * work.bytes_each / _FLOAT32


def megabytes(work: Workload, epochs: int) -> float:
    """Estimates the megabytes (1e6 bytes) that a training holds at once, over what the program takes anyway."""
    recorded = _records(epochs) * (_COPIES_RECORDED * work.parameters + _WORDS_RECORDED * work.hidden)
    trained_on, measured = min(work.batch_size, work.samples), min(part_size(work.runs, work.layers), work.samples)
    outputs = _COPIES_OF_OUTPUTS * (trained_on + measured) * work.hidden
    masks = _COPIES_OF_MASKS * trained_on * work.hidden if work.dropout_seeds else 0
    return work.bytes_each * work.runs * (recorded + _COPIES_OF_PARAMETERS * work.parameters + outputs + masks) / 1e6


@lru_cache(maxsize=EPOCHS[1] + 1)
def _records(epochs: int) -> int:
    """How many epochs are recorded; each experiment that is made asks for it three times."""
    return len(recorded_epochs(epochs))
