"""Training in parts that can be handed to another process and back.

What goes to and fro is a `Part`; its state is bytes, which whoever only passes them on need not unpack.
"""

import gc
import pickle
import time
from dataclasses import dataclass

import numpy as np

from .experiment import Experiment
from .history import History
from .redrawn import Trainable
from .training import training_of


@dataclass(frozen=True)
class Part:
    """How far a training has come.

    `epoch` is the last one trained, `epochs (E,)`, `train_loss (R, E)` and `test_loss (R, E)` what was recorded so far.
    `state` is the pickled `Training`, and `handover` the seconds that it took to unpack and to pack; `history` is there
    once all the epochs have been trained.
    """

    state: bytes
    epoch: int
    epochs: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    handover: float
    history: History | None


def advance(experiment: Experiment, state: bytes | None, seconds: float) -> Part:
    """Trains on from the state of a part of this experiment, or of one that differs in its epochs alone; from the start
    if the state is None.

    Ends after the experiment's epochs, or with the first epoch that is over when the seconds are.
    """
    start = time.perf_counter()
    training: Trainable = training_of(experiment) if state is None else pickle.loads(state)
    ready = time.perf_counter()
    unpacking = 0.0 if state is None else ready - start
    end = ready + seconds
    training.extend(experiment.epochs)
    while training.epoch < experiment.epochs:
        training.advance()
        if time.perf_counter() >= end:
            break
    trained = time.perf_counter()
    state = pickle.dumps(training, protocol=5)  # the default of Python 3.11 copies every array on the way
    handover = unpacking + time.perf_counter() - trained
    history = training.history() if training.epoch == experiment.epochs else None
    epochs, train_loss, test_loss = training.losses()
    return Part(state, training.epoch, epochs, train_loss, test_loss, handover, history)


def prepare() -> None:
    """Makes a new process ready to train: imports what the first training would have to wait for, and tells the garbage
    collector that all this stays, so that it need not look at it again."""
    import sklearn.datasets
    import sklearn.decomposition
    import sklearn.model_selection
    import sklearn.preprocessing  # noqa: F401

    gc.collect()
    gc.freeze()
