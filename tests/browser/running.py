"""The app as a process of its own, and a Chromium to look at it: for the browser tests, benchmarks and screenshots."""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import psutil
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 60  # seconds, after which what has not come on a loaded machine never will
A_MOMENT = 5  # seconds that a busy app gets to answer, or to stop by itself
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
def running_app(log: Path, port: int | None = None) -> Iterator[str]:
    """The address of the app, from when it answers; what it prints goes to `log`, and if it is aborted (SIGABRT), where
    each of its threads was."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = os.environ | {"PYTHONFAULTHANDLER": "1"}
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        url = f"http://localhost:{port}"
        try:
            wait_until(lambda: is_healthy(url) or process.poll() is not None)
            assert process.poll() is None, f"the app did not start: {log.read_text()}"
            yield url
        finally:
            end(process)


def end(process: subprocess.Popen) -> None:
    """Stops a server, and kills what does not stop: it, and its workers."""
    family = []
    with suppress(psutil.NoSuchProcess):
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(A_MOMENT)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def is_healthy(url: str) -> bool:
    """Whether the app at this address answers."""
    return answers(f"{url}/_stcore/health")


def answers_soon(url: str) -> bool:
    """Whether the app at this address answers, though it may be busy for a moment."""
    try:
        wait_until(lambda: is_healthy(url), A_MOMENT)
    except AssertionError:
        return False
    return True


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def at_rest(page: Page) -> None:
    """Until the script has run to its end, what it shows is trained, and all its charts are drawn."""
    script_at_rest(page)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)  # between two looks at a training no script runs
    script_at_rest(page)
    expect(page.locator("svg.marks").first).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]:not(:has(svg.marks))")).to_have_count(0)
    expect(page.locator(":root[data-loaded]")).to_be_attached()


def script_at_rest(page: Page) -> None:
    """Until the script has run to its end, and nothing is left on the page of the run before."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def whole_runs(page: Page) -> Callable[[], int]:
    """Loads a page again; says how often its whole script has run since then, to the end: what a fragment does alone
    does not count."""
    ends: list[int] = []

    def listen(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame)
        if message.HasField("script_finished"):
            ends.append(message.script_finished)

    page.on("websocket", lambda socket: socket.on("framereceived", listen))
    page.reload()

    def count() -> int:
        page.evaluate("true")  # what has come until now is heard
        return ends.count(ForwardMsg.FINISHED_SUCCESSFULLY)

    wait_until(lambda: count() > 0)
    at_rest(page)
    before = count()
    return lambda: count() - before


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


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.05)
