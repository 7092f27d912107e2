"""Trainings that are compared, and how."""

import numpy as np

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, DatasetSpec, Run

MOONS = DatasetSpec("moons", samples=100, seed=1)
FIGURES = (
    "train_loss", "test_loss", "train_accuracy", "test_accuracy", "dead_units", "saturated_units", "activation_mean",
    "activation_std", "gradient_norm", "flat_parameters",
)  # fmt: skip


def mixed_runs() -> tuple[Run, ...]:
    optimizers, initializers = list(OPTIMIZERS), [name for name in INITIALIZERS if name != "zeros"]
    singles = [
        Run(
            name,
            optimizers[i % len(optimizers)],
            None if i % 3 else 0.02,
            initializers[i % len(initializers)],
            seed=i % 4,
        )
        for i, name in enumerate(ACTIVATIONS)
    ]
    return (
        *singles,
        Run(("relu", "tanh"), "sgd", l1=0.01), Run(("tanh", "relu"), "sgd", l2=0.1), Run(("relu", "sin"), bias=0.3),
        Run("relu", initializer="zeros"),
    )  # fmt: skip


def assert_same(one, other, rows=slice(None), **tolerance) -> None:
    for name in FIGURES:
        np.testing.assert_allclose(getattr(one, name)[rows], getattr(other, name), err_msg=name, **tolerance)
