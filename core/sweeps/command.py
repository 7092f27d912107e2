"""The command line of sweeps: `python -m core.sweep grid.json --out results.csv`."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path

from tqdm import tqdm

from .cluster import ADDRESS, Cluster, ClusterLost
from .grid import Block, Grid
from .results import Results
from .running import sweep
from .saving import Saved

INTERRUPTED = 130  # what a command ends with after Ctrl+C
MANY = 64  # workers for which tasks are kept ready, where the cluster has fewer now: more may come
LOOK_AGAIN = 0.5  # seconds between two looks for workers


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains the networks of a grid that the output has not yet; ends with a sentence where that cannot be done."""
    options = _parser().parse_args(arguments)
    address = options.scheduler or (None if options.workers else os.environ.get(ADDRESS))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as after Ctrl+C
    try:
        grid = Grid.from_json(options.grid.read_text(encoding="utf-8"))
        saved = Saved(options.out, grid)
    except (OSError, ValueError) as error:
        sys.exit(f"Nothing was done: {error}.")
    if saved.half:
        _say(f"The last line of {saved.rows} was cut off, so it was dropped and is computed again.")
    try:
        _go_on(saved, options.workers, address)
        saved.finish()
    except KeyboardInterrupt:
        _say(f"Stopped. {_how_far(saved)}")
        sys.exit(INTERRUPTED)
    except ClusterLost as error:
        sys.exit(f"{error} {_how_far(saved)}")
    except BrokenExecutor:
        sys.exit(f"The workers were killed from outside again and again. {_how_far(saved)}")
    except OSError as error:
        sys.exit(f"The results cannot be written: {error}. {_how_far(saved)}")
    _say(f"All {grid.networks:,} networks are in {options.out}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {__name__.partition('.')[0]}.sweep",
        description="Trains all networks of a grid, by this machine's processes or by a Dask cluster. Stopped, it goes "
        "on from what the output has already.",
    )
    parser.add_argument("grid", type=Path, help="the grid as JSON, as Grid.to_json writes it")
    parser.add_argument("--out", type=Path, required=True, help="the results: a .csv or .parquet file")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_count, metavar="N", help="processes here; by default one for each processor")
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help=f"the Dask scheduler of a cluster, by default that of ${ADDRESS}"
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def _go_on(saved: Saved, workers: int | None, address: str | None) -> None:
    results = saved.results
    if results.done.all():
        return
    if address is None:
        _train(saved, workers=workers)
        return
    with Cluster(address) as cluster:
        if not cluster.threads():
            _say(f"The cluster at {address} has no workers yet; this waits for the first.")
        while not (threads := cluster.threads()):
            time.sleep(LOOK_AGAIN)
        _train(saved, workers=max(threads, MANY), executor=cluster)


def _train(saved: Saved, **where: object) -> None:
    """With a bar that fills, where there is a terminal."""
    done = int(saved.results.done.sum())
    with tqdm(total=saved.results.done.size, initial=done, unit=" networks", disable=None) as bar:

        def on_block(block: Block, results: Results) -> None:
            bar.update(saved.add(block, results))

        sweep(saved.results.grid, results=saved.results, on_block=on_block, **where)  # type: ignore[arg-type]


def _how_far(saved: Saved) -> str:
    """What is there, and how to go on."""
    networks = saved.results.done.size
    return f"{saved.written:,} of {networks:,} networks are in {saved.rows}; the same command goes on from there."


def _say(text: str) -> None:
    print(text, file=sys.stderr)
