"""How fast `core.train` is, against what people would use instead, all measured in one run on one thread.

    PYTHONPATH=. python benchmarks/training.py                       # core and scikit-learn
    pip install -r benchmarks/requirements.txt                       # and PyTorch and JAX
    PYTHONPATH=. python benchmarks/training.py --repeats 5

The job is one comparison: 8 activations x 5 seeds on moons (400 samples), hidden (8, 8), Adam, 100 epochs, float32.
Core trains it with all its recording on; the others record nothing.  The sides take turns, each repeat beginning with
another, so that whatever else the machine does meets all of them; medians and spreads are of the repeats.  scikit-learn
has four activations, so it trains 20 networks; the loop in PyTorch trains 8.  JAX's compile time is told apart.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import argparse
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
from threadpoolctl import threadpool_info

from benchmarks import ACTIVATIONS, rivals
from core import DatasetSpec, Experiment, Run, train
from core.train.stack import Stack

SEEDS = range(5)
BATCH_SIZES = (32, 10)


def job(batch_size: int) -> Experiment:
    """test_share 0.1, the least there is: nearly all of the 400 samples are trained on."""
    runs = tuple(Run(name, seed=seed) for name in ACTIVATIONS for seed in SEEDS)
    spec = DatasetSpec("moons", samples=400, test_share=0.1)
    return Experiment(spec, runs, hidden=(8, 8), epochs=100, batch_size=batch_size)


def train_without_recording(experiment: Experiment) -> Stack:
    stack = Stack(experiment)
    for _ in range(experiment.epochs):
        stack.train_epoch()
    return stack


def sides(experiment: Experiment) -> dict[str, tuple[Callable[[], object], int]]:
    """What to call, and how many networks it trains."""
    networks = len(experiment.runs)
    with_both = replace(experiment, runs=tuple(replace(r, dropout=0.3, schedule="cosine") for r in experiment.runs))
    return {
        "core": (lambda: train(experiment), networks),
        "core, nothing recorded": (lambda: train_without_recording(experiment), networks),
        "core, dropout and cosine": (lambda: train(with_both), networks),
        "core, one network": (lambda: train(Experiment(**(vars(experiment) | {"runs": experiment.runs[:1]}))), 1),
    } | rivals.sides(experiment)


def measure(experiment: Experiment, repeats: int) -> pd.DataFrame:
    """ns per sample and network, one row per side and one column per repeat."""
    calls = sides(experiment)
    samples = experiment.dataset.size.training_samples * experiment.epochs
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call, _ in calls.values():
        call()  # imports, caches, compilation
    for repeat in range(repeats):
        turns = list(calls.items())
        for name, (call, networks) in turns[repeat % len(turns) :] + turns[: repeat % len(turns)]:
            start = time.perf_counter()
            call()
            times[name].append((time.perf_counter() - start) / (samples * networks) * 1e9)
    return pd.DataFrame.from_dict(times, orient="index")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    kernels = {pool.get("architecture") for pool in threadpool_info() if pool["internal_api"] == "openblas"}
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {rivals.versions()}, "
        f"OpenBLAS for {', '.join(sorted(filter(None, kernels)))}"
    )
    for batch_size in BATCH_SIZES:
        times = measure(job(batch_size), repeats)
        ratios = times / times.loc["core"]
        table = pd.DataFrame({"ns": times.median(axis=1), "least": times.min(axis=1), "most": times.max(axis=1)})
        table["times core"] = ratios.median(axis=1)
        print(f"\nbatch size {batch_size}: ns per sample and network\n{table.to_string(float_format='%.1f')}")
    for name, seconds in rivals.compile_seconds().items():
        print(f"\n{name}: {seconds:.1f} s to compile, not counted above")


if __name__ == "__main__":
    main()
