"""How near `core.train.cost` is to the truth, in seconds and in megabytes, in all corners of what is allowed.

    PYTHONPATH=. python benchmarks/cost.py

Each case is trained in a process of its own, as a worker trains it: in parts whose results are pickled.  Prints the
estimates, what it took, and their ratios.  Seconds are those of the processor, megabytes the peak over what the process
took before.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import gc
import multiprocessing
import pickle
import re
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

from core import ACTIVATIONS, OPTIMIZERS, DatasetSpec, Experiment, Run, limits
from core.train.parts import advance, prepare

MIXED = ("relu", "gelu", "tanh", "mish", "identity", "elu", "selu", "sigmoid")
MOONS = DatasetSpec("moons", samples=400)
ALL_SAMPLES = replace(MOONS, samples=5000)
DIGITS = DatasetSpec("digits", view="all")


def networks(number: int, activations: tuple[str, ...] = MIXED, **settings: object) -> tuple[Run, ...]:
    """So many runs, activations in turn, each next set of them from the next seed."""
    return tuple(Run(activations[i % len(activations)], seed=i // len(activations), **settings) for i in range(number))


CASES: dict[str, Experiment] = {
    "one": Experiment(MOONS, networks(1), epochs=200),
    "default, 8": Experiment(MOONS, networks(8), epochs=100),
    "64": Experiment(MOONS, networks(64), epochs=100),
    "300": Experiment(MOONS, networks(300), epochs=24),
    "300, one unit, batch 1": Experiment(MOONS, networks(300), (1,), 2, batch_size=1),
    "300, large, batch 1": Experiment(replace(MOONS, samples=20), networks(300), (64, 64), 1, batch_size=1),
    "8, batch 1": Experiment(MOONS, networks(8), epochs=10, batch_size=1),
    "1, 20 thin layers": Experiment(MOONS, networks(1), (8,) * 20, 60),
    "1, 20 full layers": Experiment(MOONS, networks(1), (64,) * 20, 20),
    "27, 20 full layers, batch 4": Experiment(replace(MOONS, samples=200), networks(27, l1=0.01), (64,) * 20, 1, 4),
    "64, 5 full layers": Experiment(MOONS, networks(64), (64,) * 5, 4),
    "64, full batch of 4500": Experiment(ALL_SAMPLES, networks(64), (64,), 4, batch_size=None),
    "8, 5000 samples": Experiment(ALL_SAMPLES, networks(8), epochs=10),
    "300, no hidden layer": Experiment(MOONS, networks(300), (), 60),
    "8, 2000 epochs, full batch": Experiment(MOONS, networks(8), (64, 64), 2000, batch_size=None),
    "digits, 64 features": Experiment(DIGITS, networks(8), (64, 64), 10),
    "100, recorded more than trained": Experiment(replace(MOONS, samples=50), networks(100), (64, 64), 40, None),
    "float64": Experiment(MOONS, networks(32), (32, 32), 30, dtype="float64"),
    "all drawn anew, 10 seeds": Experiment(MOONS, networks(80), epochs=20, redraw="everything"),
    "near the limit, wide": Experiment(MOONS, networks(8, optimizer="radam", l1=0.01), (64,) * 4, 120, 16),
    "near the limit, batch 1": Experiment(MOONS, networks(40), (16, 16), 10, 1),
    "near the limit, many": Experiment(MOONS, networks(300), (16, 16), 120),
    "8, dropout": Experiment(MOONS, networks(8, dropout=0.3), epochs=100),
    "300, dropout": Experiment(MOONS, networks(300, dropout=0.3), epochs=24),
    "1, 20 thin layers, dropout": Experiment(MOONS, networks(1, dropout=0.3), (8,) * 20, 60),
    "64, full batch of 4500, dropout": Experiment(ALL_SAMPLES, networks(64, dropout=0.3), (64,), 4, batch_size=None),
    "squared error": Experiment(MOONS, networks(8), epochs=100, loss="mse"),
}
CASES |= {f"only {name}": Experiment(MOONS, networks(16, (name,)), (64, 64), 10) for name in ACTIVATIONS}
CASES |= {f"with {name}": Experiment(MOONS, networks(16, optimizer=name), (64, 64), 10) for name in OPTIMIZERS}


def peak() -> float:
    """The greatest resident memory of this process so far, in MB.

    Linux lets a new process inherit its parent's `ru_maxrss`, so its own is read where the system writes it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # of macOS, in bytes


def take(experiment: Experiment) -> tuple[float, float]:
    """The seconds and the megabytes that it takes here."""
    prepare()
    pickle.dumps(advance(replace(CASES["one"], epochs=1, dataset=experiment.dataset), None, 0.0))
    gc.collect()
    before, start = peak(), time.process_time()
    part = pickle.loads(pickle.dumps(advance(experiment, None, 0.0)))
    if part.history is None:
        pickle.dumps(advance(experiment, part.state, float("inf")))
    return time.process_time() - start, peak() - before


def main() -> None:
    limits.SECONDS = limits.EPOCH_SECONDS = limits.MEGABYTES = float("inf")  # what is refused is measured too
    wanted, rows = sys.argv[1:], {}
    for name, experiment in CASES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, megabytes = pool.apply(take, (experiment,))
        expected = experiment.seconds(), experiment.megabytes()
        rows[name] = (
            expected[0],
            seconds,
            expected[0] / seconds,
            expected[1],
            megabytes,
            expected[1] / max(megabytes, 0.1),
        )
    columns = ["estimate s", "took s", "ratio", "estimate MB", "took MB", "ratio"]
    print(pd.DataFrame.from_dict(rows, orient="index", columns=columns).to_string(float_format="%.2f"))


if __name__ == "__main__":
    main()
