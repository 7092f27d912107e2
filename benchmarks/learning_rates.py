"""Which learning rate does best for each optimizer on the problems of this project: the source of the defaults.

    PYTHONPATH=. python benchmarks/learning_rates.py

For each optimizer and rate: the test loss after 60 epochs (cross-entropy), as the mean of its logarithm over
datasets, activations and seeds, so that no single problem decides.  The best rate is close to the one that blows up;
the default in `core.nn.optimizers` is the smallest that still comes within `TOLERANCE` of the best loss.
"""

import numpy as np
import pandas as pd

from core import OPTIMIZERS, DatasetSpec, Experiment, Run, train

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
DATA = tuple(DatasetSpec(name) for name in ("moons", "circles", "xor", "spiral", "iris", "wine"))
ACTIVATIONS = ("sigmoid", "tanh", "relu", "gelu")
SEEDS = range(4)
TOLERANCE = 1.8


def mean_loss(optimizer: str, rate: float) -> float:
    runs = tuple(Run(name, optimizer, rate, seed=seed) for name in ACTIVATIONS for seed in SEEDS)
    losses = np.concatenate([train(Experiment(spec, runs)).test_loss[:, -1] for spec in DATA])
    return float(np.exp(np.log(losses + 1e-3).mean()))


def main() -> None:
    table = pd.DataFrame({rate: {name: mean_loss(name, rate) for name in OPTIMIZERS} for rate in RATES})
    near_best = table.le(TOLERANCE * table.min(axis=1), axis=0)
    table["chosen"] = near_best.idxmax(axis=1)  # the first, that is the smallest
    table["default"] = [OPTIMIZERS[name].learning_rate for name in table.index]
    print(table.to_string(float_format="%.4g"))


if __name__ == "__main__":
    main()
