"""What a room waits: `PYTHONPATH=. python benchmarks/load.py`.

So many people open one link within a second, which is trained already, beside a blank page with as many elements under
the same load in the same run; and so many people who are there each change a control every ten seconds or so.  Clients
have no browser: what they wait for is the server.
"""

import argparse
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.visitors import Visitor, blank_server, server

WITHIN = 1.0  # seconds, in which all of them open the page
PAUSE = 10.0  # seconds between two changes of one person, on average


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=30, help="who open a page at once")
    parser.add_argument("--room", type=int, default=100, help="who each change a control every ten seconds")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long they do")
    asked = parser.parse_args()
    with server() as (url, process):
        with Visitor(url) as visitor:
            visitor.open()
            visitor.open()
            elements = visitor.elements
        with blank_server(elements) as (blank_url, _):
            with Visitor(blank_url) as visitor:
                visitor.open()
            blank = arrivals(blank_url, asked.people)
        report(f"a blank page of {elements} elements", blank)
        waits = arrivals(url, asked.people)
        report("one link", waits, np.percentile(waits, 95) / np.percentile(blank, 95))
        report(f"a room of {asked.room}", room(url, asked.room, asked.seconds))
        print(f"memory of the server: {process.memory_full_info().pss / 1e6:.0f} MB")


def arrivals(url: str, people: int) -> list[float]:
    """The seconds that each of so many people wait who open the page within `WITHIN`."""
    gate = threading.Barrier(people)

    def arrive(number: int) -> float:
        with Visitor(url) as visitor:
            gate.wait()
            time.sleep(WITHIN * number / people)
            return visitor.open()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(arrive, range(people)))


def room(url: str, people: int, seconds: float) -> list[float]:
    """The seconds that so many people wait for each of their changes."""
    end = time.monotonic() + seconds

    def stay(number: int) -> list[float]:
        chance, waits = random.Random(number), []
        with Visitor(url) as visitor:
            time.sleep(PAUSE * chance.random())
            while time.monotonic() < end:
                waits.append(visitor.open(query=f"seed={chance.randrange(50)}&layers={chance.randrange(1, 4)}"))
                time.sleep(PAUSE * 2 * chance.random())
        return waits

    with ThreadPoolExecutor(people) as pool:
        return [wait for waits in pool.map(stay, range(people)) for wait in waits]


def report(name: str, waits: list[float], ratio: float | None = None) -> None:
    """Prints how long half of them and 95 % of them waited at most."""
    half, most = np.percentile(waits, [50, 95])
    times = "" if ratio is None else f", {ratio:.1f} times the blank page's"
    print(f"{name}: {len(waits)} waits, p50 {half:.2f} s, p95 {most:.2f} s{times}", flush=True)


if __name__ == "__main__":
    main()
