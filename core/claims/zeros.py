"""How often hidden units give nothing, or less, and what zeros save where they are stored and multiplied."""

import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from ..data.loading import load
from ..nn.network import StackedMLP, with_ones
from ..train.history import History

WIDTH, SAMPLES, TRIES = 256, 256, 3


def inactive(history: History, epoch_index: int = -1) -> np.ndarray:
    """(run, hidden unit), all layers side by side: for which share of the training samples the output of each unit is 0
    or negative at a recorded epoch.  Of relu such outputs are 0, of leaky_relu negative, for the same sums."""
    experiment = history.experiment
    activations = [run.layer_activations(len(experiment.hidden)) for run in experiment.runs]
    network = StackedMLP(experiment.sizes, activations, experiment.dtype)
    network.parameters[...] = history.flat_parameters[:, epoch_index]
    inputs = with_ones(load(experiment.dataset).X_train, network.dtype)
    counts = np.zeros((network.runs, sum(experiment.hidden)))
    with np.errstate(all="ignore"):  # see core.nn.kernels
        for _, space in network.forward_parts(inputs, slopes=False):
            counts += np.concatenate([(a <= 0).sum(axis=2) for a in space.unit_outputs], axis=1)
    return counts / inputs.shape[1]


def saved(zeros: float, seed: int) -> tuple[float, float, float]:
    """What is left of the cost of a layer of 256 units for 256 samples in float32 if this share of its inputs is 0.

    In order: the time of numpy's product with the zeros, divided by that without any; the time of scipy's product of
    the inputs as a sparse matrix, divided by numpy's with the same zeros; and the memory of that sparse matrix (values,
    their columns, and where rows start), divided by that of the array.  Making the sparse matrix is not counted.
    """
    rng = np.random.default_rng(seed)
    full = np.abs(rng.standard_normal((SAMPLES, WIDTH), np.float32)) + np.float32(0.1)
    weights = rng.standard_normal((WIDTH, WIDTH), np.float32)
    with_zeros = np.where(rng.random(full.shape) < zeros, np.float32(0), full)
    sparse = csr_array(with_zeros)
    seconds = [np.inf] * 3
    for _ in range(TRIES):
        for place, inputs in enumerate((full, with_zeros, sparse)):
            seconds[place] = min(seconds[place], _seconds(inputs.__matmul__, weights))
    dense, zeroed, sparsely = seconds
    stored = sparse.data.nbytes + sparse.indices.nbytes + sparse.indptr.nbytes
    return zeroed / dense, sparsely / zeroed, stored / with_zeros.nbytes


def _seconds(product: Callable[[np.ndarray], np.ndarray], weights: np.ndarray) -> float:
    product(weights)  # the one before left other numbers in the processor's caches
    start = time.perf_counter()
    product(weights)
    return time.perf_counter() - start
