"""The app as a process of its own, and a Chromium to look at it: for the browser tests, benchmarks and screenshots."""

import io
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 120  # seconds, after which what has not come on a loaded machine never will
NO_BROWSER = (
    "no Chromium found, which is needed here: install it (Debian and Ubuntu: apt-get install chromium; macOS: "
    "brew install --cask chromium)"
)

expect.set_options(timeout=1000 * PATIENCE)


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium.  Raises `FileNotFoundError`, with how to get one, where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError(NO_BROWSER)
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@contextmanager
def running_app(log: Path) -> Iterator[str]:
    """The address of the app, from when it answers; what it prints goes to `log`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT) as process:
        url = f"http://localhost:{port}"
        try:
            wait_until(lambda: answers(f"{url}/_stcore/health"))
            yield url
        finally:
            process.terminate()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def at_rest(page: Page) -> None:
    """Until the script has run to its end and all its charts are drawn."""
    script_at_rest(page)
    expect(page.locator("svg.marks").first).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]:not(:has(svg.marks))")).to_have_count(0)


def script_at_rest(page: Page) -> None:
    """Until the script has run to its end, and nothing is left on the page of the run before."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def pixels(element: Locator) -> np.ndarray:
    """(row, column, 3) of what is on the screen there."""
    element.scroll_into_view_if_needed()
    return np.array(Image.open(io.BytesIO(element.screenshot())).convert("RGB")).astype(int)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=1) as response:
            return response.status == 200
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited {PATIENCE} s in vain"
        time.sleep(0.05)
