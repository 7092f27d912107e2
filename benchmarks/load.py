"""What a room waits: `PYTHONPATH=. python benchmarks/load.py`.

So many people open one link within a second, which is trained already; as many open one experiment each that nobody
has trained; and so many people who are there each change a control every ten seconds or so.  Beside each stand blank
pages with as many elements under the same load in the same run: on a plain Streamlit server, and on one with this app's
settings, which make a blank page cheaper, too.  Clients have no browser: what they wait for is the
server, until it has sent all charts of what they asked for.

    --windows 5   lets Chromium open as many of the room's windows, and says whether their pages stay whole
    --share 0.4   lets the app's server and its workers run for that share of the time only, as on a slower machine
"""

import argparse
import itertools
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.slower import slower
from benchmarks.visitors import Visitor, blank_server, cpu_seconds, server
from tests.browser.running import at_rest, launch

WITHIN = 1.0  # seconds, in which all of them open the page
PAUSE = 10.0  # seconds between two changes of one person, on average
CHARTS = 6  # of Compare
_seeds = itertools.count(1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=30, help="who open a page at once")
    parser.add_argument("--room", type=int, default=100, help="who each change a control every ten seconds")
    parser.add_argument("--windows", type=int, default=0, help="how many of the room are windows of Chromium")
    parser.add_argument("--share", type=float, default=1.0, help="of the time that the app's processes may run")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long they do")
    asked = parser.parse_args()
    with server() as (url, process):
        elements = warm(url, CHARTS)
        print(f"{elements} elements; milliseconds of the server's processor for each run")
        with blank_server(elements, is_plain=True) as plain, blank_server(elements) as as_ours:
            blanks = {"plain": plain, "as ours": as_ours}
            for blank_url, _ in blanks.values():
                warm(blank_url, 0)

            def beside(name: str, measure: Callable[..., list[float]], *asked) -> dict[str, float]:
                return {
                    kind: report(f"blank ({kind}), {name}", blank, partial(measure, blank_url, *asked, 0))
                    for kind, (blank_url, blank) in blanks.items()
                }

            def ours(name: str, waits: Callable[[], list[float]]) -> None:
                with slower(process, asked.share):
                    report(name, process, waits, p95)

            p95 = beside("opened", arrivals, asked.people)
            ours("one link", lambda: arrivals(url, asked.people, CHARTS))
            ours("as many new experiments", lambda: arrivals(url, asked.people, CHARTS, is_new=True))
            room = asked.room, asked.seconds
            p95 = beside(f"a room of {asked.room}", room_waits, *room)
            ours(f"a room of {asked.room}", lambda: room_waits(url, *room, CHARTS, asked.windows))
            ours("the same, all trained", lambda: room_waits(url, *room, CHARTS))
        print(f"memory of the server: {process.memory_full_info().pss / 1e6:.0f} MB")


def warm(url: str, charts: int) -> int:
    """Opens the page until all of it is there at once, and gives the number of its elements."""
    with Visitor(url) as visitor:
        visitor.open(charts=charts)
        visitor.open(charts=charts)
        return visitor.elements


def arrivals(url: str, people: int, charts: int, is_new: bool = False) -> list[float]:
    """The seconds that each of so many people wait who open the page within `WITHIN`: all at one address, or each at
    one of an experiment that `is_new`."""
    gate = threading.Barrier(people)

    def arrive(number: int) -> float:
        with Visitor(url) as visitor:
            query = f"seed={next(_seeds)}" if is_new else ""
            gate.wait()
            time.sleep(WITHIN * number / people)
            return visitor.open(query=query, charts=charts)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(arrive, range(people)))


def room_waits(url: str, people: int, seconds: float, charts: int, windows: int = 0) -> list[float]:
    """The seconds that so many people, as many of them with a browser as there are windows, wait for each of their
    changes."""
    end = time.monotonic() + seconds

    def stay(number: int) -> list[float]:
        chance, waits = random.Random(number), []
        with Visitor(url) as visitor:
            time.sleep(PAUSE * chance.random())
            while time.monotonic() < end:
                waits.append(visitor.open(query=changed(chance), charts=charts))
                time.sleep(PAUSE * 2 * chance.random())
        return waits

    with ThreadPoolExecutor(people) as pool:
        waits = pool.map(stay, range(windows, people))
        if windows:
            watch(url, windows, end)
        return [wait for of_one in waits for wait in of_one]


def changed(chance: random.Random) -> str:
    """An address with other settings, many of which nobody has asked for before."""
    return f"seed={chance.randrange(50)}&layers={chance.randrange(1, 4)}"


def watch(url: str, windows: int, end: float) -> None:
    """Windows that open one address after the other until then; prints how long they took, and raises if a page is not
    whole."""
    chance, waits = random.Random(0), []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pages = [browser.new_page(viewport={"width": 1280, "height": 2400}) for _ in range(windows)]
        while time.monotonic() < end:
            for page in pages:
                start = time.perf_counter()
                page.goto(f"{url}/?{changed(chance)}")
                look(page)
                waits.append(time.perf_counter() - start)
        browser.close()
    print(f"{windows} windows: {len(waits)} pages, all whole; p50 {np.median(waits):.2f} s, most {max(waits):.2f} s")


def look(page: Page) -> None:
    """Waits until all charts are drawn, and raises `RuntimeError` if the page shows an error."""
    page.locator("svg.marks").nth(CHARTS - 1).wait_for(timeout=60_000)
    at_rest(page)
    if page.get_by_test_id("stException").count() or page.get_by_test_id("stAlertContentError").count():
        raise RuntimeError(f"an error on {page.url}")


def report(name: str, process, measure: Callable[[], list[float]], blanks: dict[str, float] | None = None) -> float:
    """Prints how long half of them and 95 % of them waited at most, beside the blank pages'; gives the latter."""
    before = cpu_seconds(process)
    waits = measure()
    cpu = 1000 * (cpu_seconds(process) - before) / len(waits)
    half, most = np.percentile(waits, [50, 95])
    times = "".join(f", {most / blank:.1f} times blank ({kind})" for kind, blank in (blanks or {}).items())
    print(f"{name}: {len(waits)} waits, p50 {half:.2f} s, p95 {most:.2f} s{times}; {cpu:.0f} ms", flush=True)
    return float(most)


if __name__ == "__main__":
    main()
