"""That it is what adam adds to its divisor that keeps twenty layers of sigmoid from learning.

    PYTHONPATH=. python benchmarks/epsilon.py         # half a minute; prints the table of docs/initial_weights.md

Moons, 16 units in each layer, Xavier's initial weights.  A loss of ln 2 = 0.693 is that of a guess.
"""

from unittest.mock import patch

import numpy as np

from core import DatasetSpec, Experiment, Run, train
from core.nn.optimizers import adam_family

EPSILONS = (1e-8, 1e-12, 1e-16)
SEEDS = range(9)


def losses(epsilon: float) -> np.ndarray:
    """(seed,): the training loss after the last epoch."""
    runs = tuple(Run("sigmoid", "adam", initializer="xavier_normal", seed=seed) for seed in SEEDS)
    with patch.object(adam_family, "EPSILON", epsilon):
        return train(Experiment(DatasetSpec("moons"), runs, (16,) * 20, epochs=100)).train_loss[:, -1]


def main() -> None:
    print("| epsilon | training loss, from least to greatest |\n| ---: | --- |")
    for epsilon in EPSILONS:
        print(f"| {epsilon:g} | {', '.join(f'{loss:.3f}' for loss in sorted(losses(epsilon)))} |", flush=True)


if __name__ == "__main__":
    main()
