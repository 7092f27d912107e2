"""How long a person on a slow line waits for Compare at the first visit: from the app as a laptop runs it, and from a
host (`deploy/asgi.py`), which sends Streamlit's files compressed.

    pip install -r requirements-dev.txt
    PYTHONPATH=. python benchmarks/slow_line.py

Each opening is in a new window, which has no file of the app yet; Chromium makes its line slow.  Both sides in turns.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from benchmarks.compare import DRAWN, opened
from tests import ROOT
from tests.browser.running import end, free_port, is_healthy, launch, running_app, wait_until

LINES = {"20 Mbit/s, 60 ms": (20, 60), "4 Mbit/s, 100 ms": (4, 100), "1 Mbit/s, 400 ms": (1, 400)}


@contextmanager
def hosted(log: Path) -> Iterator[str]:
    """The address of the app as a host runs it, when it answers."""
    port = free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", "deploy/asgi.py", "--server.headless=true", f"--server.port={port}",
    ]  # fmt: skip
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=out, stderr=out) as process:
        url = f"http://localhost:{port}"
        try:
            wait_until(lambda: is_healthy(url))
            yield url
        finally:
            end(process)


def seconds(browser: Browser, url: str, megabits: float, latency: float) -> float:
    """From the request to all charts drawn, over such a line (Mbit/s, ms)."""
    rate = megabits * 1e6 / 8

    def slow(page) -> None:
        line = {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)

    page, waited, _ = opened(browser, url, DRAWN, slow)
    page.close()
    return waited


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    rows: dict[tuple[str, str], list[float]] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        with running_app(Path(folder) / "laptop") as laptop, hosted(Path(folder) / "host") as host:
            sides = {"a laptop's server": laptop, "a host's": host}
            for url in sides.values():
                for _ in range(2):
                    opened(browser, url)[0].close()
            for line, (megabits, latency) in LINES.items():
                for _ in range(repeats):
                    for side, url in sides.items():
                        rows.setdefault((line, side), []).append(seconds(browser, url, megabits, latency))
    print(pd.DataFrame(rows).agg(["median", "min", "max"]).T.round(2))


if __name__ == "__main__":
    main()
