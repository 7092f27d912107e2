"""How long a person waits for the Compare page, in Chromium, on a server that has been started and visited.

    pip install -r requirements-dev.txt
    PYTHONPATH=. python benchmarks/compare.py

Opening is from the request to all charts drawn, in a new window each time, which has no file of the app yet: of an
experiment that was trained before, of one that was not, and of a blank page of a plain Streamlit server.  A change is
from the click on another optimizer, with 8 networks and 200 epochs, to all charts drawn anew.  A step of the replay is
until the browser has drawn all charts at another epoch.  Megabytes are those of the websocket, in both directions.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.visitors import blank_server
from core import OPTIMIZERS
from tests.browser.comparing import unfolded
from tests.browser.running import launch, running_app

CHARTS = 6
CHOSEN = [OPTIMIZERS[name].label for name in ("sgd", "momentum", "nag", "adagrad", "rmsprop", "adamw", "nadam")]
BLANK = 96  # lines of text on a blank page, as many as Compare has elements with all of it unfolded
# The browser looks itself, in each frame: from outside, a look comes up to half a second late.
DRAWN = f"""() => document.querySelectorAll("svg.marks").length >= {CHARTS}
  && document.querySelector("[data-test-script-state=notRunning]")
  && !document.querySelector(
    "[data-stale=true], [data-testid=stSkeleton], [data-testid=stVegaLiteChart]:not(:has(svg.marks))")"""
WRITTEN = f"() => document.querySelectorAll('[data-testid=stMarkdown]').length >= {BLANK}"
CURVE = "() => document.querySelector('svg.marks .mark-line path')?.getAttribute('d')"
CHANGED = f"before => ![undefined, null, before].includes(({CURVE})())"
STEPS = """async (slider) => {
  const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  const start = performance.now()
  for (let step = 0; step < 20; step += 1) {
    slider.value = step
    slider.dispatchEvent(new Event("input"))
    await drawn()
  }
  return (performance.now() - start) / 20 / 1000
}"""


def opened(
    browser: Browser, url: str, is_there: str = DRAWN, prepare: Callable[[Page], None] | None = None
) -> tuple[Page, float, float]:
    """The page, in a window that is prepared first, the seconds until all of it is there, and the megabytes it took."""
    page, sizes = browser.new_page(viewport={"width": 1280, "height": 2400}), []
    if prepare is not None:
        prepare(page)
    for event in ("framereceived", "framesent"):
        page.on("websocket", lambda socket, event=event: socket.on(event, lambda frame: sizes.append(len(frame))))
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(is_there, timeout=60_000)
    return page, time.perf_counter() - start, sum(sizes) / 1e6


def seconds_to_change(page: Page, optimizer: str) -> float:
    box = page.get_by_test_id("stSelectbox").filter(has_text="Optimizer").locator("input")
    box.click()
    box.fill(optimizer)
    option = page.get_by_role("option", name=optimizer, exact=True)
    option.wait_for()
    before = page.evaluate(CURVE)
    start = time.perf_counter()
    option.click()
    page.wait_for_function(CHANGED, arg=before, timeout=60_000)
    page.wait_for_function(DRAWN, timeout=60_000)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=7)
    repeats, seeds = parser.parse_args().repeats, count(1)
    rows: dict[str, list[float]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        with running_app(Path(folder) / "log") as url, blank_server(BLANK, is_plain=True) as (blank, _):
            for _ in range(2):
                opened(browser, url)[0].close()
            opened(browser, blank, WRITTEN)[0].close()
            for _ in range(repeats):
                for what, address, is_there in (
                    ("a blank page, opened", blank, WRITTEN),
                    ("opened, trained before", url, DRAWN),
                    ("opened, new", f"{url}/?seed={next(seeds)}", DRAWN),
                ):
                    page, seconds, megabytes = opened(browser, address, is_there)
                    rows.setdefault(f"{what}: s", []).append(seconds)
                    rows.setdefault(f"{what}: MB", []).append(megabytes)
                    page.close()
            page, *_ = opened(browser, f"{url}/?epochs=200&seeds=2")
            unfolded(page, "More settings")
            rows["changed, 200 epochs: s"] = [seconds_to_change(page, name) for name in CHOSEN[:repeats]]
            slider = page.get_by_label("Epoch shown")
            rows["a step of the replay: s"] = [slider.evaluate(STEPS) for _ in range(repeats)]
    table = pd.DataFrame({what: pd.Series(values) for what, values in rows.items()}).agg(["median", "min", "max"]).T
    print(table.set_axis(["median", "least", "most"], axis=1).round(3))


if __name__ == "__main__":
    main()
