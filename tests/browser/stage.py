"""What all browser tests share: one app and one Chromium, each started anew for the next test if it does not answer."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright

from tests.browser.running import A_MOMENT, PATIENCE, answers_soon, launch, running_app

LONGEST = 3 * PATIENCE  # seconds of one test, after which its Chromium is ended: some of its calls wait without limit
# Streamlit remembers there whether the sidebar was closed, and the next window would be opened without it.
FORGET = "if (!sessionStorage.known) { localStorage.clear(); sessionStorage.known = true }"
A_COMPLAINT = re.compile(r".*(?:Traceback|Error|WARNING|Warning).*")
SHOWN = 10_000  # characters of a log or a page that are printed with a failure


class Stage:
    """The app, a Chromium, and one context in it: the browser keeps Streamlit's scripts there, which it would else
    compile for each window."""

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        self._playwright = playwright
        self._folder = folder
        self._app = ExitStack()
        self._servers = 0
        self._read = 0  # characters of the log that earlier tests have answered for
        self.url = ""
        self.is_aborted = False  # then its windows complain that it does not answer
        self.browser: Browser | None = None
        self.context: BrowserContext | None = None

    @property
    def log(self) -> str:
        """What the app has printed since the test before."""
        path = self._folder / f"server{self._servers}.txt"
        return path.read_text()[self._read :] if path.exists() else ""

    @property
    def pages(self) -> list[Page]:
        """The windows that are open."""
        return self.context.pages if self.context else []

    def complaints(self) -> list[str]:
        """Errors and warnings that the app has printed since this was last asked."""
        found = A_COMPLAINT.findall(self.log)
        self._read += len(self.log)
        return found

    def abort_app(self) -> str:
        """Ends an app for which somebody has waited in vain; gives its log, which then says what its threads did."""
        self.is_aborted = True
        port = self.url.rpartition(":")[2]
        for process in psutil.Process().children():
            if f"--server.port={port}" in process.cmdline():
                process.send_signal(signal.SIGABRT)
                with suppress(psutil.TimeoutExpired):
                    process.wait(A_MOMENT)
        log = self.log
        self._read += len(log)
        return log

    def get_ready(self) -> None:
        """Starts what is not there, or does not answer any more.  Tests without Chromium are skipped, in CI failed."""
        if not (self.url and answers_soon(self.url)):
            self._app.close()
            self._servers, self._read, self.is_aborted = self._servers + 1, 0, False
            self.url = self._app.enter_context(running_app(self._folder / f"server{self._servers}.txt"))
        if not (self.browser and self.browser.is_connected()):
            try:
                self.browser = launch(self._playwright)
            except FileNotFoundError as missing:
                (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))
            self.context = self.browser.new_context(reduced_motion="reduce")  # no replay plays by itself
            self.context.set_default_timeout(1000 * PATIENCE)

    @contextmanager
    def limit(self) -> Iterator[None]:
        """Within it, Chromium is ended after `LONGEST`, so that whatever waits for it fails."""
        timer = threading.Timer(LONGEST, kill_chromium)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        with suppress(Error):
            if self.browser:
                self.browser.close()
        self._app.close()


class Windows:
    """Windows of the browser that are opened and closed together."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._pages: list[Page] = []
        self.complaints: list[str] = []  # errors and warnings of the browser's console

    def open(
        self, path: str = "/", width: int = 1280, height: int = 900, colours: str = "light", script: str = ""
    ) -> Page:
        """The app at a path, in a window of its own where this script runs first."""
        page = self._stage.context.new_page()
        self._pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=colours)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(f"{FORGET}\n{script}")
        page.goto(self._stage.url + path)
        return page

    def close(self) -> None:
        for page in self._pages:
            with suppress(Error):  # where it is gone with its browser
                page.close()

    def _listen(self, message: ConsoleMessage) -> None:
        """On a deep link Streamlit looks for its base path, and finds none below the page's name."""
        is_search = "/_stcore/" in message.location.get("url", "") and "404" in message.text
        if message.type in ("error", "warning") and not is_search and not self._stage.is_aborted:
            self.complaints.append(message.text)


def kill_chromium() -> None:
    """Ends every Chromium that this process has started."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "chrom" in process.name():
                process.kill()


def text_of(page: Page) -> str:
    """What stands on a page, as far as it can still be read."""
    try:
        return f"{page.url}\n{page.locator('body').inner_text(timeout=3_000)[:SHOWN]}"
    except Error as error:
        return f"cannot be read: {error}"
