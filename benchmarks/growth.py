"""How the cost of a training grows with its size, and what memory it takes.

    PYTHONPATH=. python benchmarks/growth.py

One size at a time is changed from the default comparison: 8 networks on moons, hidden (16, 16), 240 training samples,
200 epochs, batch 32, adam.  "Per unit" is the time for each run, sample, epoch, ... divided by that of the row above:
1 where the cost is proportional to the size, less where what is paid once is shared by more.  Rows of one size take
turns, on one thread; times are medians.  Memory is the peak, by tracemalloc, over what importing took.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import argparse
import dataclasses
import time
import tracemalloc

import pandas as pd

from benchmarks import ACTIVATIONS
from core import DatasetSpec, Experiment, Run, load, train

DEFAULT = Experiment(DatasetSpec("moons"), tuple(Run(name) for name in ACTIVATIONS), epochs=200)


def with_runs(count: int) -> Experiment:
    """As many of each of the eight activations, with different seeds; the costliest first."""
    runs = tuple(Run(name, seed=seed) for seed in range(-(-count // 8)) for name in reversed(ACTIVATIONS))
    return dataclasses.replace(DEFAULT, runs=runs[:count])


def with_samples(samples: int) -> Experiment:
    return dataclasses.replace(DEFAULT, dataset=DatasetSpec("moons", samples=samples))


SIZES = {
    "runs": {n: with_runs(n) for n in (1, 2, 4, 8, 16, 32, 64)},
    "samples": {n: with_samples(n) for n in (200, 400, 800, 1600, 3200)},
    "epochs": {n: dataclasses.replace(DEFAULT, epochs=n) for n in (50, 100, 200, 400, 800)},
    "units in each layer": {n: dataclasses.replace(DEFAULT, hidden=(n, n)) for n in (4, 8, 16, 32, 64)},
    "hidden layers": {n: dataclasses.replace(DEFAULT, hidden=(16,) * n) for n in (1, 2, 4, 8, 16)},
}


def seconds(experiments: dict[int, Experiment], repeats: int) -> dict[int, float]:
    times: dict[int, list[float]] = {size: [] for size in experiments}
    for _ in range(repeats):
        for size, experiment in experiments.items():
            start = time.perf_counter()
            train(experiment)
            times[size].append(time.perf_counter() - start)
    return {size: float(pd.Series(each).median()) for size, each in times.items()}


def megabytes(experiment: Experiment) -> float:
    tracemalloc.start()
    train(experiment)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def table(name: str, repeats: int) -> pd.DataFrame:
    experiments = SIZES[name]
    for experiment in experiments.values():
        load(experiment.dataset)  # and with the first, what it imports
    taken = pd.Series(seconds(experiments, repeats))
    each = taken / taken.index
    memory = [megabytes(experiment) for experiment in experiments.values()]
    rows = pd.DataFrame({"seconds": taken.round(3), "per unit": (each / each.shift()).round(2)}).rename_axis(name)
    return rows.assign(MB=pd.Series(memory, taken.index).round(1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    for name in SIZES:
        print(table(name, repeats).to_string(na_rep=""), end="\n\n")


if __name__ == "__main__":
    main()
