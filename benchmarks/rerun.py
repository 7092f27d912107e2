"""What a rerun costs the server, whose one interpreter serves everybody: `PYTHONPATH=. python benchmarks/rerun.py`.

For each page the processor time of the server's process for a run whose results are there already, over that of a blank
page with as many elements, measured in turns: on a plain Streamlit server, and on one with this app's settings, which
make a blank page cheaper, too.  Of Compare also a run that asks for a training that nobody asked for
before; the time of the workers, who train it, is not counted.  Of Sweep also a look at one that is under way: what one
visitor who waits costs each second.
"""

import argparse
import itertools
from collections.abc import Iterator
from statistics import median

import numpy as np
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
    print(f"{'page':26}{'ms':>8}{'plain':>8}{'ratio':>8}{'as ours':>9}{'ratio':>8}{'elements':>10}{'kB':>8}")
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
    """Prints a line for runs at these addresses, beside blank pages in turns."""
    with Visitor(url) as visitor:
        visitor.open(*next(addresses))
        visitor.open(*next(addresses))
        with (
            blank_server(visitor.elements, is_plain=True) as plain,
            blank_server(visitor.elements) as as_ours,
            Visitor(plain[0]) as of_plain,
            Visitor(as_ours[0]) as of_ours,
        ):
            sides = [(visitor, process), (of_plain, plain[1]), (of_ours, as_ours[1])]
            of_plain.open()
            of_ours.open()
            taken = np.empty((repeats, len(sides)))
            for repeat in range(repeats):
                before = [cpu_seconds(server) for _, server in sides]
                for _ in range(runs):
                    visitor.open(*next(addresses))
                    of_plain.open()
                    of_ours.open()
                taken[repeat] = [cpu_seconds(server) - start for (_, server), start in zip(sides, before)]
    own, plain, as_ours = 1000 * np.median(taken, axis=0) / runs
    over_plain, over_ours = np.median(taken[:, :1] / taken[:, 1:], axis=0)
    line = f"{name:26}{own:8.1f}{plain:8.1f}{over_plain:8.1f}{as_ours:9.1f}{over_ours:8.1f}"
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
            f"{'sweep, a look at one':26}{median(found):8.1f}{visitor.elements:43}{visitor.bytes / 1000:8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
