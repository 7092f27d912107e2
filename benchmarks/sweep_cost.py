"""How near the estimates of `core.sweeps.estimates` are to the truth, and what they are fitted to.

    PYTHONPATH=. python benchmarks/sweep_cost.py [--fit]

Trains one block of each of many grids, which have six activations, four optimizers and four rates.  Seconds are those
of the processor, the least of some repeats; megabytes the peak of a new process over what it took before.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import argparse
import gc
import multiprocessing
import time

import numpy as np
import pandas as pd

from benchmarks.cost import peak
from core import DatasetSpec, Experiment, Grid, Run
from core.sweeps import estimates
from core.sweeps.running import figures_of
from core.train.parts import prepare

FACTORS = {
    "activation": ["relu", "tanh", "gelu", "selu", "softplus", "hardswish"],
    "optimizer": ["sgd", "momentum", "adam", "radam"],
    "rate_multiple": [0.1, 0.3, 1, 2],
}
VARIED = "dropout, two rates"
MOONS, MANY = DatasetSpec("moons", samples=400), DatasetSpec("moons", samples=5000)
CASES = {
    "default": Experiment(MOONS, epochs=60),
    "few samples": Experiment(DatasetSpec("moons", samples=100), epochs=60),
    "one small layer": Experiment(MOONS, hidden=(4,), epochs=60),
    "no hidden layer": Experiment(MOONS, hidden=(), epochs=60),
    "wide": Experiment(MOONS, hidden=(64, 64), epochs=20),
    "five layers": Experiment(MOONS, hidden=(16,) * 5, epochs=30),
    "five wide layers": Experiment(MOONS, hidden=(64,) * 5, epochs=10),
    "twenty layers": Experiment(MOONS, hidden=(8,) * 20, epochs=10),
    "batch 4": Experiment(MOONS, epochs=8, batch_size=4),
    "batch 128": Experiment(MOONS, epochs=60, batch_size=128),
    "full batch": Experiment(MOONS, epochs=100, batch_size=None),
    "full batch, wide": Experiment(MOONS, hidden=(64, 64), epochs=40, batch_size=None),
    "many samples": Experiment(MANY, epochs=8),
    "many samples, full batch": Experiment(MANY, epochs=20, batch_size=None),
    "digits": Experiment(DatasetSpec("digits", view="all"), hidden=(32, 32), epochs=5),
    "float64": Experiment(MOONS, epochs=40, dtype="float64"),
    "few epochs": Experiment(MOONS, epochs=2),
    "dropout": Experiment(MOONS, (Run(dropout=0.2),), epochs=60),
    "dropout, wide": Experiment(MOONS, (Run(dropout=0.2),), (64, 64), epochs=20),
    "dropout, full batch": Experiment(MOONS, (Run(dropout=0.2),), epochs=100, batch_size=None),
    VARIED: Experiment(MOONS, epochs=60),
    "dropout, float64": Experiment(MOONS, (Run(dropout=0.2),), epochs=40, dtype="float64"),
}


def grid_of(name: str) -> Grid:
    return Grid(FACTORS | ({"dropout": [0.0, 0.2]} if name == VARIED else {}), CASES[name], seeds=1)


def shared_of(name: str) -> Experiment:
    """What the estimates are given."""
    return grid_of(name)._shared()[0]


def measure(name: str) -> tuple[int, float, float]:
    """How many networks a block has, and the seconds and megabytes that it takes."""
    prepare()
    block = grid_of(name).blocks()[0]
    figures_of(Grid({"l2": [0]}, Experiment(CASES[name].dataset, epochs=1), seeds=1).blocks()[0])
    gc.collect()
    before, seconds = peak(), []
    for _ in range(3):
        start = time.process_time()
        figures_of(block)
        seconds.append(time.process_time() - start)
    return len(block.cells), min(seconds), peak() - before


def fit(measured: dict[str, tuple[int, float, float]]) -> None:
    """Prints the coefficients that make the ratios nearest to 1."""
    from scipy.optimize import nnls

    rows = np.array([estimates.terms(shared_of(name), networks) for name, (networks, _, _) in measured.items()])
    seconds = np.array([seconds for _, seconds, _ in measured.values()])
    print("coefficients:", nnls(rows / seconds[:, None], np.ones(len(seconds)))[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    measured = {}
    for name in CASES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            measured[name] = pool.apply(measure, (name,))
    rows = {
        name: (
            networks, estimates.seconds(shared_of(name), networks), seconds,
            estimates.seconds(shared_of(name), networks) / seconds, estimates.megabytes(shared_of(name), networks),
            megabytes,
        )
        for name, (networks, seconds, megabytes) in measured.items()
    }  # fmt: skip
    columns = ["networks", "estimate s", "took s", "ratio", "estimate MB", "took MB"]
    print(pd.DataFrame.from_dict(rows, orient="index", columns=columns).to_string(float_format="%.2f"))
    if parser.parse_args().fit:
        fit(measured)


if __name__ == "__main__":
    main()
