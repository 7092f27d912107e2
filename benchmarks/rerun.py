"""What a rerun costs the server, whose one interpreter serves everybody: `PYTHONPATH=. python benchmarks/rerun.py`.

For each page the processor time of the server's process for a run whose results are there already, over that of a blank
page with as many elements, measured in turns.  Of Compare also a run that asks for a training that nobody asked for
before; the time of the workers, who train it, is not counted.  Of Sweep also a look at one that is under way: what one
visitor who waits costs each second.
"""

import argparse
import itertools
from collections.abc import Iterator
from statistics import median

import psutil

from benchmarks.visitors import Visitor, blank_server, cpu_seconds, server
from ui.shell.page import PAGES

UNDER_WAY = "epochs=800&seed={seed}"  # a sweep of some seconds, which starts without a click


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=9, help="turns, of which the median counts")
    parser.add_argument("--runs", type=int, default=5, help="runs of a turn")
    parser.add_argument("--pages", nargs="*", default=list(PAGES), choices=list(PAGES))
    asked = parser.parse_args()
    print(f"{'page':26}{'ms':>8}{'blank':>8}{'ratio':>8}{'elements':>10}{'kB':>8}")
    with server() as (url, process):
        for name in asked.pages:
            path = "" if name == "compare" else name
            measure(name, url, process, itertools.repeat((path, "")), asked.repeats, asked.runs)
        if "compare" in asked.pages:
            new = (("", f"seed={seed}") for seed in itertools.count(1000))
            measure("compare, a new training", url, process, new, asked.repeats, asked.runs)
        if "sweep" in asked.pages:
            watch(url, process, asked.repeats)


def measure(name: str, url: str, process, addresses: Iterator[tuple[str, str]], repeats: int, runs: int) -> None:
    """Prints a line for runs at these addresses, beside a blank page in turns."""
    with Visitor(url) as visitor:
        visitor.open(*next(addresses))
        visitor.open(*next(addresses))
        with blank_server(visitor.elements) as (blank_url, blank_process), Visitor(blank_url) as other:
            other.open()
            own, blank = [], []
            for _ in range(repeats):
                before = cpu_seconds(process), cpu_seconds(blank_process)
                for _ in range(runs):
                    visitor.open(*next(addresses))
                    other.open()
                own.append(1000 * (cpu_seconds(process) - before[0]) / runs)
                blank.append(1000 * (cpu_seconds(blank_process) - before[1]) / runs)
        ratio = median(mine / theirs for mine, theirs in zip(own, blank))
        line = f"{name:26}{median(own):8.0f}{median(blank):8.0f}{ratio:8.1f}"
        print(f"{line}{visitor.elements:10}{visitor.bytes / 1000:8.0f}", flush=True)


def watch(url: str, process: psutil.Process, repeats: int) -> None:
    """Prints what a look of a page at its sweep costs, with the second before it, while that is under way."""
    found = []
    with Visitor(url) as visitor:
        for seed in range(1000, 1000 + repeats):
            visitor.open("sweep", UNDER_WAY.format(seed=seed))
            before = cpu_seconds(process)
            visitor.look()
            found.append(1000 * (cpu_seconds(process) - before))
        print(
            f"{'sweep, a look at one':26}{median(found):8.0f}{visitor.elements:26}{visitor.bytes / 1000:8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
