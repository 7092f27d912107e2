"""Whether the training loss still falls where a training ends: more epochs may then change what came out."""

import numpy as np

from ..train.history import History
from .repeats import runs_by_setting
from .summary import constant_loss

WINDOW = 0.25  # of the epochs, at the end: its earlier half is compared with its later one
LEAST_RECORDS = 4  # in the window
FEW_EPOCHS = 10  # or less: nearly every loss still falls then, which is no news
FALL = 0.05  # of the earlier half's median: the least fall
WORTH = 0.01  # of the loss of a network that ignores its inputs: a smaller fall is of no use
PAIRS = 0.8  # share of all pairs of records, one of each half, that must have the later one lower: more is no noise


def still_falling(history: History) -> np.ndarray:
    """(setting,) whether the training loss of more than half of its seeds still falls at the end of the history.

    It does if the median of the last eighth of the epochs is lower than that of the eighth before by `FALL` of it and
    by `WORTH` of the loss of a network that ignores its inputs, and nearly all records fit that (`PAIRS`).  Seeds that
    diverged are left out, and nothing is said of a training of ten epochs or less.
    """
    falls = _falls(history.epochs, history.train_loss, WORTH * constant_loss(history.experiment))
    is_finite = history.diverged_at < 0
    groups = [np.array(runs)[is_finite[runs]] for runs in runs_by_setting(history.experiment)]
    return np.array([bool(len(runs)) and bool(falls[runs].mean() > 0.5) for runs in groups])


def _falls(epochs: np.ndarray, losses: np.ndarray, least: float) -> np.ndarray:
    """(run,) for losses (run, record)."""
    if epochs[-1] <= FEW_EPOCHS:
        return np.zeros(len(losses), bool)
    first = min(int(np.searchsorted(epochs, epochs[-1] * (1 - WINDOW))), len(epochs) - LEAST_RECORDS)
    middle = first + (len(epochs) - first) // 2
    earlier, later = losses[:, first:middle], losses[:, middle:]
    fall = np.median(earlier, axis=1) - np.median(later, axis=1)
    lower = (later[:, None, :] < earlier[:, :, None]).mean(axis=(1, 2))
    return (fall >= FALL * np.median(earlier, axis=1)) & (fall >= least) & (lower >= PAIRS)
