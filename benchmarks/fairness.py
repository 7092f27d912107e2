"""What one visitor costs the others: `PYTHONPATH=. python benchmarks/fairness.py`.

Somebody opens the first page with a seed that nobody had before, again and again, and waits until all is drawn: beside
nobody, and beside those who ask for all that they may.  The two take turns in one run, so the ratio counts.  Clients
have no browser, but ask as one does while a training is under way.
"""

import argparse
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from statistics import median

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from benchmarks.visitors import Visitor, server
from ui.jobs import limits, words
from ui.shell.conversion import experiment_for

LEAVES = 2.0  # seconds between two costly addresses that are opened and left
BETWEEN = 1.0  # seconds that a person looks at a page
DEAR = {"samples": 5000, "activations": ["relu", "tanh", "sigmoid", "gelu"], "units": 64, "batch_size": 32}
_seeds = itertools.count(1000)


class Person(Visitor):
    """A visitor who stays until the page has all that it is to have."""

    def stay(
        self, page: str = "", query: str = "", press: str = "", timeout: float = 300.0, to_the_end: bool = True
    ) -> float:
        """The seconds from opening a page at an address until all is drawn, or until it has run once; `press` presses
        the button of that key."""
        start, self.fragments, self.buttons = time.perf_counter(), {}, getattr(self, "buttons", {})
        ask = asking(page, query)
        ask.rerun_script.is_history_navigation = not press  # a page reads its address when it comes, or comes back
        if press:
            ask.rerun_script.widget_states.widgets.append(WidgetState(id=self.buttons[press], trigger_value=True))
        self._run(ask, start + timeout)
        while self.fragments and to_the_end:
            fragment, interval = next(iter(self.fragments.items()))
            time.sleep(interval)
            ask = asking(page, query)
            ask.rerun_script.fragment_id, ask.rerun_script.is_auto_rerun = fragment, True
            self._run(ask, start + timeout)
        return time.perf_counter() - start

    def _run(self, ask: BackMsg, end: float) -> None:
        self._socket.send(ask.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self._socket.recv(timeout=max(end - time.perf_counter(), 0.01)))
            if answer.HasField("auto_rerun"):
                self.fragments[answer.auto_rerun.fragment_id] = answer.auto_rerun.interval
            elif answer.HasField("delta") and answer.delta.new_element.HasField("button"):
                element = answer.delta.new_element.button.id
                self.buttons[element.rpartition("-")[2]] = element
            elif answer.HasField("script_finished"):
                if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                self.fragments = {}  # the whole page runs again


def asking(page: str, query: str) -> BackMsg:
    """The message that asks for a page at an address."""
    ask = BackMsg()
    ask.rerun_script.page_name, ask.rerun_script.query_string = page, query
    return ask


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30.0, help="how long each kind goes on")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    asked = parser.parse_args()
    print(f"the costliest: {dear(0)}", flush=True)
    with server() as (url, _), Person(url) as person:
        person.stay()
        for kind in asked.kinds:
            alone, beside = [], []
            alone += waits(person, asked.seconds / 2)
            with busy(url, KINDS[kind]) as number:
                beside += waits(person, asked.seconds)
            time.sleep(5)  # what they asked for is let go
            alone += waits(person, asked.seconds / 2)
            half, most = np.percentile(beside, [50, 95])
            line = f"{kind}: {number} x, {len(beside)} waits beside them, p50 {half:.2f} s, p95 {most:.2f} s; "
            line += f"{len(alone)} alone, p50 {median(alone):.2f} s, p95 {np.percentile(alone, 95):.2f} s"
            print(f"{line}: {half / median(alone):.1f} times", flush=True)


def waits(person: Person, seconds: float) -> list[float]:
    """How long a person waits for the first page with seeds that nobody had, for so many seconds."""
    end, found = time.monotonic() + seconds, []
    while time.monotonic() < end:
        found.append(person.stay(query=f"seed={next(_seeds)}"))
        time.sleep(BETWEEN)
    return found


def dear(seed: int) -> str:
    """The address of an experiment that costs about as much as this server allows."""
    for epochs, layers in itertools.product((2000, 1000, 500, 200, 100, 60, 30), (4, 3, 2, 1)):
        settings = DEAR | {"epochs": epochs, "layers": layers, "seed": seed}
        with suppress(ValueError):
            if words.over(limits.limits(), experiment_for(settings)) is None:
                return "&".join(
                    f"{key}={each}" for key, value in settings.items() for each in np.atleast_1d(value).tolist()
                )
    raise ValueError("no costly experiment is allowed")


def one_after_the_other(url: str, goes_on: Callable[[], bool]) -> None:
    """Asks for the costliest, waits until the page shows its progress, and asks for the next."""
    with Person(url) as person:
        while goes_on():
            person.stay(query=dear(next(_seeds)), to_the_end=False)


def opened_and_left(url: str, goes_on: Callable[[], bool]) -> None:
    """Opens the costliest and closes the window."""
    while goes_on():
        with Person(url) as person:
            person._socket.send(asking("", dear(next(_seeds))).SerializeToString())
            time.sleep(LEAVES)


def waited_for(url: str, goes_on: Callable[[], bool]) -> None:
    """Asks for the costliest, and waits for it as a browser does."""
    with Person(url) as person:
        while goes_on():
            with suppress(TimeoutError):
                person.stay(query=dear(next(_seeds)), timeout=20.0)


def measured_again(url: str, goes_on: Callable[[], bool]) -> None:
    """Presses *Measure again* on Claims."""
    with Person(url) as person:
        person.stay("claims")
        while goes_on():
            with suppress(TimeoutError):
                person.stay("claims", press="measure", timeout=20.0)


KINDS = {
    "asks for the costliest again and again": (one_after_the_other, 1),
    "opens the costliest every 2 s and leaves": (opened_and_left, 1),
    "wait for the costliest": (waited_for, 20),
    "press Measure again": (measured_again, 2),
}


@contextmanager
def busy(url: str, kind: tuple[Callable[[str, Callable[[], bool]], None], int]) -> Iterator[int]:
    """While so many people do that."""
    do, number = kind
    over = threading.Event()

    def go_on() -> None:
        with suppress(WebSocketException, TimeoutError):
            do(url, lambda: not over.is_set())

    threads = [threading.Thread(target=go_on, daemon=True) for _ in range(number)]
    with ExitStack() as stack:
        stack.callback(over.set)
        for thread in threads:
            thread.start()
        time.sleep(3)  # they are at it
        yield number
    for thread in threads:
        thread.join(30)


if __name__ == "__main__":
    main()
