"""How near `core.train.cost.seconds` is to the truth, from one small network to the largest that are refused.

    PYTHONPATH=. python benchmarks/cost.py

Trains as many epochs as a few seconds allow, or, where one epoch takes longer, a few steps and a record of it, and
prints the estimate for the same work, what it took, and their ratio.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import time

import pandas as pd

from core import DatasetSpec, Experiment, Run, Training, limits
from core.train import cost
from core.train.experiment import DTYPES
from core.train.recorder import Recorder

ACTIVATIONS = ("relu", "gelu", "tanh", "mish", "identity", "elu", "selu", "sigmoid")
STEPS = 20
# runs, optimizer, hidden, samples, batch size, epochs, dtype
CASES = (
    (1, "adam", (16, 16), 400, 32, 200, "float32"),
    (8, "adam", (16, 16), 400, 32, 60, "float32"),
    (64, "adam", (16, 16), 400, 32, 100, "float32"),
    (8, "adam", (64,) * 10, 400, 32, 20, "float32"),
    (1, "adam", (8,) * 20, 400, 32, 50, "float32"),
    (8, "adam", (16, 16), 5000, 32, 20, "float32"),
    (8, "adam", (16, 16), 400, 1, 10, "float32"),
    (64, "adam", (64,) * 5, 5000, 1, 1, "float32"),
    (27, "radam", (64,) * 20, 5000, 4, 3, "float32"),
    (64, "radam", (64,) * 20, 5000, 1, 1, "float32"),
    (64, "radam", (64,) * 10, 5000, 1, 1, "float64"),
)


def seconds_taken(experiment: Experiment, estimate: float) -> float:
    training = Training(experiment)
    start = time.perf_counter()
    if estimate < 10:
        training.advance(experiment.epochs)
        return time.perf_counter() - start
    stack = training.stack
    batch = [array[:, : experiment.samples_per_step] for array in stack.train]
    for t in range(1, STEPS + 1):
        stack.step(*batch, t)
    per_step = (time.perf_counter() - start) / STEPS
    start = time.perf_counter()
    Recorder(stack).measure()
    records = (time.perf_counter() - start) * experiment.epochs
    return per_step * experiment.epochs * -(-stack.train.number // experiment.samples_per_step) + records


def main() -> None:
    limits.SECONDS = limits.MEGABYTES = float("inf")  # also what is refused is measured here
    rows = []
    for runs, optimizer, hidden, samples, batch_size, epochs, dtype in CASES:
        networks = tuple(Run(ACTIVATIONS[i % 8], optimizer, l1=0.01 * (optimizer == "radam")) for i in range(runs))
        spec = DatasetSpec("moons", samples=samples)
        experiment = Experiment(spec, networks, hidden, epochs, batch_size, dtype=dtype)
        trained = spec.size.training_samples
        estimate = cost.seconds(experiment.sizes, runs, trained, epochs, batch_size, DTYPES[dtype])
        taken = seconds_taken(experiment, estimate)
        shape = f"{len(hidden)} x {hidden[0]}"
        rows.append((runs, optimizer, shape, samples, batch_size, epochs, dtype, estimate, taken, estimate / taken))
    names = ["runs", "optimizer", "hidden", "samples", "batch", "epochs", "dtype", "estimate", "taken", "ratio"]
    print(pd.DataFrame(rows, columns=names).to_string(index=False, float_format="%.2f"))


if __name__ == "__main__":
    main()
