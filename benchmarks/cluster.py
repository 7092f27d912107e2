"""What a cluster costs: the scheduler's processor for each task, and one sweep by 1 to 3 workers and by processes here.

    pip install -r requirements-dev.txt
    PYTHONPATH=. python benchmarks/cluster.py --tasks 2000 --networks 100 1000 10000

Scheduler, workers and client share this machine, so workers beyond its processors gain nothing.
"""

import argparse
import tempfile
import time
from pathlib import Path

import psutil

from core import DatasetSpec, Experiment, Grid, sweep
from core.sweeps.cluster import Cluster
from core.sweeps.running import figures_of
from tests.cluster.running import Running, running_cluster

ACTIVATIONS = ["relu", "tanh", "sigmoid", "gelu", "elu"]
BASE = Experiment(DatasetSpec("moons", samples=400), epochs=60, hidden=(16, 16))


def grid_of(networks: int) -> Grid:
    """Of so many networks: more rates, then more seeds."""
    seeds = max(networks // 1000, 5)
    rates = networks // (len(ACTIVATIONS) * seeds)
    return Grid({"activation": ACTIVATIONS, "learning_rate": [1e-3 * (1 + k) for k in range(rates)]}, BASE, seeds)


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def of_tasks(running: Running, tasks: int) -> None:
    """Blocks travel, and nothing is computed of them."""
    scheduler = psutil.Process(running.scheduler.pid)
    block = grid_of(1000).blocks()[0]
    with Cluster(running.address) as cluster:
        [future.result() for future in [cluster.submit(len, block.cells) for _ in range(50)]]
        before, start = cpu(scheduler), time.perf_counter()
        for future in [cluster.submit(repr, block.cells) for _ in range(tasks)]:
            future.result()
        wall, used = time.perf_counter() - start, cpu(scheduler) - before
    print(
        f"a task: {1e3 * wall / tasks:.2f} ms from end to end, {1e3 * used / tasks:.2f} ms of the scheduler's processor"
    )
    start = time.perf_counter()
    figures_of(block)
    print(f"a block of {len(block.cells)} networks, computed here: {time.perf_counter() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=2000)
    parser.add_argument("--networks", type=int, nargs="+", default=[100, 1000, 10000])
    options = parser.parse_args()
    for workers in (1, 2, 3):
        with tempfile.TemporaryDirectory() as folder, running_cluster(Path(folder), workers) as running:
            if workers == 1:
                of_tasks(running, options.tasks)
            for networks in options.networks:
                grid = grid_of(networks)
                with Cluster(running.address) as cluster:
                    sweep(grid_of(50), executor=cluster, workers=workers)  # imports
                    start = time.perf_counter()
                    sweep(grid, executor=cluster, workers=workers)
                    seconds = time.perf_counter() - start
                print(f"{workers} workers, {grid.networks} networks in {len(grid.blocks())} blocks: {seconds:.2f} s")
    for networks in options.networks:
        start = time.perf_counter()
        sweep(grid_of(networks), workers=1)
        print(f"this process alone, {networks} networks: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
