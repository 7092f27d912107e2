"""What a rerun costs the server, whose one interpreter serves everybody: `PYTHONPATH=. python benchmarks/rerun.py`.

For each page the processor time of the server's process for a run whose results are there already, over that of a blank
page with as many elements, measured in turns: on a plain Streamlit server, and on one with this app's settings, which
make a blank page cheaper, too.  Of Compare also a run that asks for a training that nobody asked for
before; the time of the workers, who train it, is not counted.  Then a control whose part of the page runs alone, beside
the same where the whole page runs.  Of Sweep also a look at one that is under way: what one
visitor who waits costs each second.  Of a participant's page, each state of a question, and a look at a room in which
nothing happens.
"""

import argparse
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from statistics import median

import numpy as np
import psutil

from benchmarks.visitors import Visitor, blank_server, cpu_seconds, server
from classroom import State, Twice
from classroom.rooms import Rooms
from ui.jobs.rooms import DATABASE
from ui.shell.page import PAGES

JOIN = "join"  # a participant's page, which stands in no menu
QUESTION = "mission=deep_sigmoid_weights"
UNDER_WAY = "epochs=800&seed={seed}"  # a sweep of some seconds, which starts without a click


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=9, help="turns, of which the median counts")
    parser.add_argument("--runs", type=int, default=5, help="runs of a turn")
    parser.add_argument("--pages", nargs="*", default=[*PAGES, JOIN], choices=[*PAGES, JOIN])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[DATABASE] = f"sqlite:///{folder}/rooms.sqlite"
        measure_all(asked)


def measure_all(asked: argparse.Namespace) -> None:
    print(f"{'page':26}{'ms':>8}{'plain':>8}{'ratio':>8}{'as ours':>9}{'ratio':>8}{'elements':>10}{'kB':>8}")
    with server() as (url, process):
        for name in filter(PAGES.get, asked.pages):
            path = "" if name == "compare" else name
            measure(name, url, process, itertools.repeat((path, "")), asked.repeats, asked.runs)
        if "compare" in asked.pages:
            new = (("", f"seed={seed}") for seed in itertools.count(1000))
            measure("compare, a new training", url, process, new, asked.repeats, asked.runs)
            compare_parts(url, process, asked.repeats)
        if "sweep" in asked.pages:
            watch(url, process, asked.repeats)
        if JOIN in asked.pages:
            take_part(url, process, asked.repeats, asked.runs)


def measure(
    name: str, url: str, process, addresses: Iterator[tuple[str, str]], repeats: int, runs: int, cookie: str = ""
) -> None:
    """Prints a line for runs at these addresses, beside blank pages in turns."""
    with Visitor(url, cookie) as visitor:
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


def compare_parts(url: str, process: psutil.Process, repeats: int) -> None:
    """Prints what the switch of the losses' axis costs, with the whole page and with its part of it, in turns."""
    taken: dict[str, list[float]] = {"the whole page": [], "its part alone": []}
    sent = dict.fromkeys(taken, (0, 0))
    with Visitor(url) as visitor:
        visitor.open()
        for number in range(2 * (repeats + 1)):
            before, side = cpu_seconds(process), list(taken)[number // 2 % 2]
            visitor.use("log switch", number % 2 == 0, alone=side == "its part alone")
            taken[side].append(1000 * (cpu_seconds(process) - before))
            sent[side] = visitor.elements, visitor.bytes
    for side, (elements, size) in sent.items():
        print(f"{f'axis: {side}':26}{median(taken[side]):8.1f}{elements:43}{size / 1000:8.0f}", flush=True)


def take_part(url: str, process: psutil.Process, repeats: int, runs: int) -> None:
    """Prints what a participant's page costs in each state of a question, and a look at a room that stands still."""
    rooms = Rooms(os.environ[DATABASE])
    room = rooms.open([QUESTION])
    token = rooms.join(room.code, "here").token
    cookie = f"activation_lab_room_{room.code}={token}"
    rooms.go_to(room.secret, 0, State.OPEN)
    for state in State:
        if state in (State.CLOSED, State.REVEALED):
            with suppress(Twice):
                rooms.go_to(room.secret, 0, State.OPEN if state is State.CLOSED else State.SECOND)
                rooms.answer(token, 0, "0")
        rooms.go_to(room.secret, 0, state)
        with Visitor(url, cookie) as visitor:  # until the networks are trained
            while not rooms.found(room.secret, 0):
                visitor.open(JOIN, f"room={room.code}")
                time.sleep(0.5)
        address = itertools.repeat((JOIN, f"room={room.code}"))
        measure(f"join, {state}", url, process, address, repeats, runs, cookie)
    rooms.go_to(room.secret, 0, State.OPEN)
    with Visitor(url, cookie) as visitor:
        visitor.open(JOIN, f"room={room.code}")
        before, looks = cpu_seconds(process), 10 * repeats
        for _ in range(looks):
            visitor.look(at_once=True)
        each = 1000 * (cpu_seconds(process) - before) / looks
        print(f"{'join, a look at the room':26}{each:8.0f}{visitor.elements:26}{visitor.bytes / 1000:8.0f}", flush=True)
    rooms.dispose()


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
