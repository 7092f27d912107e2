"""What both sides compute: PyTorch in `record.py`, core in the tests."""

from itertools import cycle

import numpy as np

from core import ACTIVATIONS, OPTIMIZERS, SCHEDULES, DatasetSpec, Experiment, Run, Training, load

# The entries that PyTorch has.
ACTIVATIONS_IN_TORCH = [name for name, record in ACTIVATIONS.items() if record.torch]
OPTIMIZERS_IN_TORCH = [name for name, record in OPTIMIZERS.items() if record.torch]

KINKS = [0.0, -0.5, 0.5, -1.0, 1.0, -3.0, 3.0, 6.0, 20.0]
POINTS = np.array(sorted({*KINKS, *np.linspace(-30, 30, 241).round(4), -1e4, -100.0, 100.0, 1e4, -1e-3, 1e-3}))

INITIALIZER_SHAPE = 50, 20_000  # n_in and n_out: many, so that a variance is known to a percent

VALLEY_START = (-1.2, 1.0)
VALLEY_RATES = {name: 1e-3 for name in OPTIMIZERS} | {
    "momentum": 2e-4, "nag": 2e-4, "adagrad": 0.1, "adadelta": 1.0, "adam": 0.02, "nadam": 0.02, "adamw": 0.02,
    "adamax": 0.02, "amsgrad": 0.02, "rmsprop": 0.01,
}  # fmt: skip


# Epochs that a schedule is made for, and those that a rate is followed for.
SCHEDULE_LENGTHS, SCHEDULE_EPOCHS = (1, 2, 7, 20), 30


def _full_batch(run: Run, **fields) -> Experiment:
    spec = DatasetSpec("moons", samples=80, noise=0.2, seed=3)
    settings = {"hidden": (6, 5), "epochs": 50, "batch_size": 80, "dtype": "float64"} | fields
    return Experiment(spec, (run,), **settings)


TRAININGS = {name: _full_batch(Run("tanh", name)) for name in OPTIMIZERS_IN_TORCH} | {
    "penalties": _full_batch(Run("gelu", "sgd", l1=0.003, l2=0.02, learning_rate=0.3)),
    "squared error": _full_batch(Run("silu", "adam"), loss="mse"),
    "no hidden layer": _full_batch(Run((), "momentum"), hidden=()),
    "deep, mixed, with bias": _full_batch(
        Run(("relu", "tanh", "selu", "mish"), "nag", bias=0.1, initializer="lecun_uniform", seed=4), hidden=(7, 6, 5, 4)
    ),
    "dropout": _full_batch(Run(("relu", "tanh"), "momentum", dropout=0.3, seed=2)),
    "dropout and cosine": _full_batch(Run("gelu", "adamw", dropout=0.5, l2=0.01, schedule="cosine")),
}
TRAININGS |= {
    f"schedule {name}": _full_batch(Run("tanh", optimizer, schedule=name), schedule_epochs=30)
    for name, optimizer in zip(SCHEDULES, cycle(("sgd", "adam", "nag", "radam", "nadam")))
}


def starting_point(experiment: Experiment) -> tuple[np.ndarray, np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """The training part and each layer's initial (W, b) of the experiment's only run."""
    data = load(experiment.dataset)
    start = Training(experiment).history().parameters(0, 0)
    return data.X_train.copy(), data.y_train.copy(), [(W.copy(), b.copy()) for W, b in start]


def masks(experiment: Experiment, epoch: int) -> list[np.ndarray]:
    """Which outputs (sample, unit) of each hidden layer are kept in the only step of an epoch, counted from 0, samples
    in the order of the training part: as the docstrings of core say it, without its code."""
    (run,), samples = experiment.runs, len(load(experiment.dataset).y_train)
    order = np.random.default_rng((22, experiment.seed, epoch)).permutation(samples)
    kept = []
    for layer, units in enumerate(experiment.hidden):
        draws = np.random.default_rng((24, run.seed, epoch, layer)).random((units, samples), np.float32)
        kept.append(np.empty((samples, units), bool))
        kept[-1][order] = (draws >= np.float32(run.dropout)).T
    return kept
