"""How soon a person sees something: `import core`, and the first page of a server that has just been started.

    pip install -r requirements-dev.txt
    PYTHONPATH=. python benchmarks/start.py

Each is measured from the start of a new process; the page until all five charts of Compare are drawn in Chromium, once
as the server's first visitor and once as its second.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from tests.browser.running import at_rest, launch, running_app

CHARTS = 6


def import_seconds() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import core"], check=True)
    return time.perf_counter() - start


def visit_seconds(browser: Browser, url: str) -> float:
    start = time.perf_counter()
    page = browser.new_page(viewport={"width": 1280, "height": 2400})  # high enough for all charts to be drawn
    page.goto(url)
    page.locator("svg.marks").nth(CHARTS - 1).wait_for(timeout=60_000)
    at_rest(page)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def page_seconds(browser: Browser) -> tuple[float, float]:
    """From the start of the server to its first visitor's page, and from the second's request to theirs."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "log") as url:
        visit_seconds(browser, url)
        first = time.perf_counter() - start
        return first, visit_seconds(browser, url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    imports = [import_seconds() for _ in range(repeats)]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        firsts, seconds = zip(*(page_seconds(browser) for _ in range(repeats)))
    rows = {"import core": imports, "streamlit run, first page drawn": firsts, "next visitor's page drawn": seconds}
    seconds = pd.DataFrame(rows).agg(["median", "min", "max"]).T
    print(seconds.set_axis(["seconds", "least", "most"], axis=1).round(2))


if __name__ == "__main__":
    main()
