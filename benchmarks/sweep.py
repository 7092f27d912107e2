"""How fast a sweep is: beside what people would write with joblib, by the number of workers, and as grids grow.

    PYTHONPATH=. python benchmarks/sweep.py                      # 5 repeats of a fifth of the grid
    PYTHONPATH=. python benchmarks/sweep.py --repeats 2 --seeds 5 --growth 100000

The grid has 27 activations, 12 optimizers, 6 rates and 5 seeds, 9,720 networks of 16 + 16 units on moons, 60 epochs
each.  joblib with scikit-learn's `MLPClassifier` and joblib with a loop in PyTorch train a sample of it, of what they
have, on as many processes.  All have one thread for each process, and are started and warm before they are measured;
they take turns, each repeat on other seeds.  A sweep gives accuracies and losses of both parts, dead units and a curve;
joblib's sides give the test accuracy.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import argparse
import os
import re
import statistics
import time
import warnings
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor

from benchmarks.cost import peak
from core import ACTIVATIONS, OPTIMIZERS, DatasetSpec, Experiment, Grid, load, sweep
from core.sweeps.processes import Processes

LEFT_OUT = ("identity", "step")  # which learn nothing that is bent, or nothing
RATES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
OF_SKLEARN = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
WORKERS = 2
TWO = "sweep, 2 workers"


def job(seeds: int, first: int = 0, epochs: int = 60, rates: tuple[float, ...] = RATES) -> Grid:
    activations = [name for name in ACTIVATIONS if name not in LEFT_OUT]
    factors = {"activation": activations, "optimizer": list(OPTIMIZERS), "rate_multiple": rates}
    return Grid(factors, Experiment(DatasetSpec("moons", samples=400), epochs=epochs, seed=first), seeds)


def sample(grid: Grid, number: int, suits: Callable[[Experiment], bool]) -> list[Experiment]:
    """So many networks of the grid, drawn from those that a rival has."""
    cells = np.random.default_rng(grid.base.seed).permutation(grid.networks)
    places = (np.unravel_index(cell, grid.shape) for cell in cells)
    networks = (grid.experiment(place, seed=int(place[-1])) for place in places)
    found = [one.of_seed(one.runs[0].seed) for one in (next(networks) for _ in range(grid.networks)) if suits(one)]
    return found[:number]


def by_sklearn(experiment: Experiment) -> float:
    from sklearn.neural_network import MLPClassifier

    data, (run,) = load(experiment.dataset), experiment.runs
    network = MLPClassifier(
        experiment.hidden, activation=OF_SKLEARN[run.activation], solver=run.optimizer, alpha=0,
        batch_size=experiment.samples_per_step, learning_rate_init=run.rate, max_iter=experiment.epochs,
        n_iter_no_change=experiment.epochs, tol=0, momentum=0, random_state=run.seed,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "has not converged", as asked for
        try:
            network.fit(data.X_train.astype(np.float32), data.y_train)
        except ValueError:  # a network that diverges
            return 0.5
    return network.score(data.X_test.astype(np.float32), data.y_test)


def suits_sklearn(experiment: Experiment) -> bool:
    run = experiment.runs[0]
    return run.activation in OF_SKLEARN and run.optimizer in ("sgd", "adam") and run.rate < 0.1


def by_torch(experiment: Experiment) -> float:
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(experiment.seed)
    data, (run,), (first, second) = load(experiment.dataset), experiment.runs, experiment.hidden
    f = eval(ACTIVATIONS[run.activation].torch, {"nn": nn})
    network = nn.Sequential(nn.Linear(2, first), f, nn.Linear(first, second), f, nn.Linear(second, 2))
    name, *settings = OPTIMIZERS[run.optimizer].torch
    optimizer = eval(
        f"{name}(p, lr={run.rate}, {', '.join(settings)})", {**vars(torch.optim), "p": network.parameters()}
    )
    X, y = torch.tensor(data.X_train, dtype=torch.float32), torch.tensor(data.y_train)
    loss_of = nn.CrossEntropyLoss()
    for _ in range(experiment.epochs):
        for batch in torch.randperm(len(X)).split(experiment.samples_per_step):
            optimizer.zero_grad()
            loss_of(network(X[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        right = network(torch.tensor(data.X_test, dtype=torch.float32)).argmax(1).numpy() == data.y_test
    return float(right.mean())


def suits_torch(experiment: Experiment) -> bool:
    run = experiment.runs[0]
    return ACTIVATIONS[run.activation].torch.startswith("nn.") and OPTIMIZERS[run.optimizer].torch is not None


def seconds_of_sweep(grid: Grid, pool: Processes, workers: int = WORKERS) -> float:
    start = time.perf_counter()
    sweep(grid, executor=pool, workers=workers)
    return time.perf_counter() - start


def rivals(seeds: int, repeats: int, networks: int) -> None:
    """Milliseconds for each network, of each side in each repeat: of the clock, and of the workers' processors, which
    say more on a machine that others use too."""
    sides = {"joblib, MLPClassifier": (by_sklearn, suits_sklearn, 3 * networks)}
    if find_spec("torch"):
        sides["joblib, PyTorch"] = (by_torch, suits_torch, networks)
    rows: list[dict[str, tuple[float, float]]] = []
    with Processes(WORKERS) as two, Processes(1) as one, Parallel(WORKERS) as parallel:
        for repeat in range(-1, repeats):  # the first one, a small one, is to warm up
            grid = job(seeds, 100 * (repeat + 1)) if repeat >= 0 else job(1, rates=RATES[:1])
            row = {}
            for name, pool, workers in ((TWO, two, WORKERS), ("sweep, 1 worker", one, 1)):
                call = partial(sweep, grid, executor=pool, workers=workers)
                row[name] = measured(call, grid.networks, partial(processes_of, pool))
            for name, (train_one, suits, number) in sides.items():
                chosen = sample(grid, number if repeat >= 0 else 4, suits)
                call = partial(parallel, [delayed(train_one)(each) for each in chosen])
                row[name] = measured(call, len(chosen), lambda: list(get_reusable_executor()._processes))
            rows.append(row)
    print(f"{job(seeds).networks} networks in each of {repeats} repeats: median, least and most")
    print(" " * 24 + f"{'ms for each':>26s}{'times ' + TWO:>26s}{'ms of processors':>26s}{'times ' + TWO:>26s}")
    for name in rows[-1]:
        print(f"{name:24s}", end="")
        for kind in (0, 1):
            each = [row[name][kind] for row in rows[1:]]
            for found in (each, [row[name][kind] / row[TWO][kind] for row in rows[1:]]):
                print("  ", *(f"{f(found):7.2f}" for f in (statistics.median, min, max)), end="")
        print()


def measured(call: Callable, networks: int, workers: Callable[[], list[int]]) -> tuple[float, float]:
    """Milliseconds of the clock and of the workers' processors, for each of so many networks."""
    start, before = time.perf_counter(), sum(map(processor_seconds, workers()))
    call()
    seconds = time.perf_counter() - start, sum(map(processor_seconds, workers())) - before
    return 1000 * seconds[0] / networks, 1000 * seconds[1] / networks


def processes_of(pool: Processes) -> list[int]:
    """Their ids, once they were started."""
    return list(pool._pool._processes) if pool._pool else []


def processor_seconds(process: int) -> float:
    """What another process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int) -> float:
    """The greatest resident memory of another process so far, in MB."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())[1]) * 1024 / 1e6


def growth(most: int) -> None:
    """Time and memory as grids grow by the number of their rates, of networks that are trained for 6 epochs."""
    print("\nnetworks   seconds  estimate  ms each  MB here  MB of the greatest worker")
    with Processes(WORKERS) as pool:
        seconds_of_sweep(job(1, epochs=6, rates=RATES[:1]), pool)
        for networks in (number for number in (300, 1000, 10_000, 100_000) if number <= most):
            rates = tuple(np.geomspace(0.1, 30, round(networks / 324)).tolist())  # 27 activations, 12 optimizers
            grid = job(1, epochs=6, rates=rates)
            seconds, greatest = seconds_of_sweep(grid, pool), max(map(peak_of, processes_of(pool)))
            figures = seconds, grid.seconds() / WORKERS, 1000 * seconds / grid.networks
            print(f"{grid.networks:8d}", *(f"{figure:9.2f}" for figure in figures), f"{peak():8.0f} {greatest:8.0f}")


def by_workers(most: int) -> None:
    print("\nworkers   seconds of 1,944 networks, the pool started and warm")
    for workers in range(1, most + 1):
        with Processes(workers) as pool:
            sweep(job(1, rates=RATES[:1]), executor=pool, workers=workers)
            print(f"{workers:7d} {seconds_of_sweep(job(1), pool, workers):9.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=1, help="of the grid; with 5 it is whole")
    parser.add_argument("--sample", type=int, default=24, help="networks of PyTorch; of scikit-learn 3 times as many")
    parser.add_argument("--growth", type=int, default=0, help="the largest grid whose growth is measured")
    parser.add_argument("--workers", type=int, default=0, help="the most workers to measure")
    chosen = parser.parse_args()
    os.environ["PYTHONWARNINGS"] = "ignore"
    if chosen.repeats:
        rivals(chosen.seeds, chosen.repeats, chosen.sample)
    if chosen.growth:
        growth(chosen.growth)
    if chosen.workers:
        by_workers(chosen.workers)


if __name__ == "__main__":
    main()
