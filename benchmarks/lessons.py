"""How long a person waits for each lesson, in Chromium, on a server that has been started and visited.

    pip install -r requirements-dev.txt
    PYTHONPATH=. python benchmarks/lessons.py

Opening is from the request to all charts drawn, in a window that has seen nothing.  A change is from the click on one
of the page's try-this buttons to all charts drawn anew; the first time, so that nothing is in a cache.
"""

import argparse
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.running import at_rest, launch, running_app, wait_until
from ui.shell.page import LESSONS, PAGES


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """The page, and the seconds until all its charts are drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 2400})
    start = time.perf_counter()
    page.goto(url)
    drawn(page)
    return page, time.perf_counter() - start


def drawn(page: Page) -> None:
    at_rest(page)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    wait_until(lambda: page.locator("svg.marks").count() >= page.get_by_test_id("stVegaLiteChart").count())


def seconds_to_change(page: Page) -> list[float]:
    """For each of the buttons."""
    seconds = []
    for number in range(page.locator("[class*='st-key-try-']").count()):
        button = page.locator(f".st-key-try-{number} button")
        start = time.perf_counter()
        button.click()
        page.locator(f".st-key-try-{number} [data-testid=stBaseButton-primary]").wait_for(timeout=60_000)
        drawn(page)
        seconds.append(time.perf_counter() - start)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--pages", nargs="*", default=list(LESSONS), choices=list(PAGES))
    asked = parser.parse_args()
    rows = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        with running_app(Path(folder) / "log") as url:
            for name in asked.pages:
                page, _ = opened(browser, f"{url}/{name}")
                changes = pd.Series(seconds_to_change(page), dtype=float)
                page.close()
                openings = []
                for _ in range(asked.repeats):
                    page, seconds = opened(browser, f"{url}/{name}")
                    openings.append(seconds)
                    page.close()
                rows[name] = [pd.Series(openings).median(), max(openings), changes.median(), changes.max()]
    columns = ["opened: median s", "most", "a button pressed: median s", "most"]
    print(pd.DataFrame.from_dict(rows, orient="index", columns=columns).round(2).to_string())


if __name__ == "__main__":
    main()
