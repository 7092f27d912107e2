"""How many networks are trained as one stack in a sweep, and about what they take.

The seconds were fitted to what `benchmarks/sweep_cost.py` measures, of blocks of many activations and optimizers.
`experiment` says what all networks of a stack share, and has one run, the costliest, or two where dropout rates differ.
"""

import math
from dataclasses import replace

from ..nn.network import parameter_count
from ..nn.own_functions import is_own, seconds_of
from ..train import cost
from ..train.epochs import curve_epochs
from ..train.experiment import DTYPES, Experiment

MOST_NETWORKS = 288  # of a block: more gain nothing, and an experiment has no more than 300 runs
_LEAST_NETWORKS = 6  # fewer take more time each, whatever the cache
_CACHE = 12e6  # bytes that a block works in: with more, each network of it took longer
_COPIES_OF_PARAMETERS, _COPIES_OF_OUTPUTS, _COPIES_OF_MASKS = 8, 7, 2  # that a step works in
_BLOCK_SECONDS = 4.0  # for which other work may have to wait

_PASSES_PER_CURVE = 0.4  # what an epoch of the curve takes, in passes over the training data: one of the test data
_OF_A_MASK = 0.35  # what one that is made of the random numbers of another takes, of one with its own
# Seconds of each of the `terms`.
_COEFFICIENTS = (1e-3, 2.1e-4, 4.7e-5, 2.5e-9, 1.4e-11, 3.0e-9)


def terms(experiment: Experiment, networks: float) -> tuple[float, ...]:
    """What the time of a block is a sum of: one block, its networks, the layers of all steps, parameters updated,
    multiplications, and values of activations."""
    samples, epochs, layers = experiment.dataset.size.training_samples, experiment.epochs, len(experiment.sizes) - 1
    steps = epochs * math.ceil(samples / experiment.samples_per_step)
    passes = (epochs + _PASSES_PER_CURVE * len(curve_epochs(epochs))) * samples * networks
    parameters, wide = parameter_count(experiment.sizes), DTYPES[experiment.dtype] / 4
    return (
        1, networks, steps * layers, wide * steps * networks * parameters, wide * passes * parameters,
        wide * passes * sum(experiment.hidden),
    )  # fmt: skip


def seconds(experiment: Experiment, networks: float, own: float = 0.0) -> float:
    """About how long a block takes on one core; `own` is what functions that people wrote take for one number."""
    trained = sum(term * coefficient for term, coefficient in zip(terms(experiment, networks), _COEFFICIENTS))
    return trained + own * terms(experiment, networks)[-1] + _dropout_seconds(experiment, networks)


def _dropout_seconds(experiment: Experiment, networks: float) -> float:
    masks = 1 + (_OF_A_MASK * networks if _have_own_masks(experiment) else 0)
    return cost.dropout_seconds(replace(experiment.workload, runs=masks), experiment.epochs)


def _have_own_masks(experiment: Experiment) -> bool:
    """Whether each network drops other outputs; those of one rate drop the same, as they have one seed."""
    return len({run.dropout for run in experiment.runs}) > 1


def own_seconds(activation: str) -> float:
    """What one that somebody wrote takes for one number, more than one of the registry."""
    return seconds_of(activation) if is_own(activation) else 0.0


def megabytes(experiment: Experiment, networks: int) -> float:
    """About how many megabytes (1e6 bytes) it holds at once, over what the program takes anyway."""
    work = replace(experiment.workload, runs=networks)
    return cost.megabytes(work if _have_own_masks(experiment) else replace(work, dropout_seeds=0), epochs=0)


def networks_at_once(experiment: Experiment, networks: int) -> int:
    """How many of so many are trained as a block: as many as fit."""
    parameters, outputs = parameter_count(experiment.sizes), sum(experiment.hidden) * experiment.samples_per_step
    copies = _COPIES_OF_OUTPUTS + (_COPIES_OF_MASKS if _have_own_masks(experiment) else 0)
    each = DTYPES[experiment.dtype] * (_COPIES_OF_PARAMETERS * parameters + copies * outputs)
    most = min(max(int(_CACHE / each), _LEAST_NETWORKS), MOST_NETWORKS, networks)
    while most > 1 and not _is_small(experiment, most):
        most //= 2
    return most


def _is_small(experiment: Experiment, networks: int) -> bool:
    """Whether an experiment may have so many runs, and whoever waits for a worker need not wait long for them."""
    try:
        replace(experiment, runs=(experiment.runs * networks)[:networks])
    except ValueError:
        return False
    own = max(map(own_seconds, experiment.runs[0].layer_activations(len(experiment.hidden))), default=0.0)
    return seconds(experiment, networks, own) <= _BLOCK_SECONDS
