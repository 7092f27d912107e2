"""What the initial weights "auto" give to every activation, and how well networks learn from them.

    PYTHONPATH=. python benchmarks/auto.py            # some minutes; prints the tables of docs/initial_weights.md

Before: He's for the kin of relu, LeCun's for selu, Xavier's for the others.  After: the gain of `core.nn.mean_field`.
Networks of 16 units in each layer, the output layer Xavier's both times; every figure is a mean over seeds.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pandas as pd

from core import ACTIVATIONS, DatasetSpec, Experiment, Run, train
from core.nn.initializers import INITIALIZERS, Initializer, suiting
from core.nn.mean_field import gain

HE = (
    "relu", "leaky_relu", "elu", "celu", "gelu", "gelu_tanh", "silu", "mish", "softplus", "hardswish", "relu6",
    "logsigmoid", "relu_squared",
)  # fmt: skip
DEPTHS, UNITS = (2, 10), 16
DATA, OPTIMIZERS = ("moons", "circles", "spiral"), ("momentum", "adam")
SEEDS = range(5)
EPOCHS = 60


def before(activation: str | None) -> Initializer:
    """What "auto" stood for when it went by families."""
    family = "he" if activation in HE else "lecun" if activation == "selu" else "xavier"
    return INITIALIZERS[f"{family}_normal"]


@contextmanager
def auto(rule: Callable[[str | None], Initializer]) -> Iterator[None]:
    """Trainings go by this rule meanwhile."""
    stack = sys.modules["core.train.stack"]  # `core.train` is the function of that name
    stack.suiting = rule
    try:
        yield
    finally:
        stack.suiting = suiting


def accuracies(dataset: str, optimizer: str, layers: int) -> np.ndarray:
    """(activation, seed): test accuracy in per cent after the last epoch, or the last finite one."""
    runs = tuple(Run(name, optimizer, seed=seed) for name in ACTIVATIONS for seed in SEEDS)
    history = train(Experiment(DatasetSpec(dataset), runs, (UNITS,) * layers, EPOCHS))
    return 100 * history.test_accuracy[:, -1].reshape(len(ACTIVATIONS), -1)


def outcome(layers: int) -> pd.DataFrame:
    """A row for each activation, a column for each dataset and optimizer: "before → after"."""
    columns = {}
    for dataset in DATA:
        for optimizer in OPTIMIZERS:
            with auto(before):
                old = accuracies(dataset, optimizer, layers).mean(axis=1)
            new = accuracies(dataset, optimizer, layers).mean(axis=1)
            columns[f"{dataset}, {optimizer}"] = [f"{a:.0f} → {b:.0f}" for a, b in zip(old, new)]
    return pd.DataFrame(columns, list(ACTIVATIONS))


def gains() -> pd.DataFrame:
    """A row for each activation: its gain, and what wide networks keep through ten layers."""
    rows = {}
    for name in ACTIVATIONS:
        its = gain(name)
        signal, gradient = (f"{np.sqrt(low):.2g} to {np.sqrt(high):.2g}" for low, high in (its.signal, its.gradient))
        kept = "yes" if its.keeps else "no"
        rows[name] = {"gain": f"{np.sqrt(its.variance):.3f}", "signal": signal, "gradient": gradient, "kept": kept}
    return pd.DataFrame(rows).T


def markdown(table: pd.DataFrame) -> str:
    lines = [["activation", *table.columns], ["---", *["---:"] * table.shape[1]]]
    lines += [[name, *row] for name, row in zip(table.index, table.to_numpy())]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> None:
    print(markdown(gains()))
    for layers in DEPTHS:
        print(f"\n{layers} hidden layers\n\n{markdown(outcome(layers))}", flush=True)


if __name__ == "__main__":
    main()
