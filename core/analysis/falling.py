"""Whether the training loss still falls where a training ends: more epochs may then change what came out."""

import numpy as np

from ..train.history import History
from .repeats import runs_by_setting
from .summary import constant_loss

RECORDS = 6  # at the end, which is about half of the epochs: their order is looked at
FEW_EPOCHS = 10  # or less: nearly every loss still falls then, which is no news
FALL = 0.05  # of the third and fourth last record: the least fall to the last two
WORTH = 0.01  # of the loss of a network that ignores its inputs: a smaller fall is of no use
IN_ORDER = 13 / 15  # share of all pairs of records of which the later one must be lower: noise alone seldom has that


def still_falling(history: History) -> np.ndarray:
    """(setting,) whether the training loss of more than half of its seeds still falls at the end of the history.

    It does if the mean of the last two records is lower than that of the two before by `FALL` of it and by `WORTH` of
    the loss of a network that ignores its inputs, and nearly all of the last records fall (`IN_ORDER`).  Seeds that
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
    last = losses[:, -RECORDS:]
    before, end = last[:, -4:-2].mean(axis=1), last[:, -2:].mean(axis=1)
    earlier, later = np.triu_indices(RECORDS, 1)
    lower = (last[:, later] < last[:, earlier]).mean(axis=1)
    return (before - end >= np.maximum(FALL * before, least)) & (lower >= IN_ORDER)
