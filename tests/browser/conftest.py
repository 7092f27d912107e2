"""A running app and a real Chromium.  Where there is none, these tests are skipped, but fail in CI."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.running import PATIENCE, launch, running_app


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except FileNotFoundError as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, started for these tests; its log must stay free of errors and warnings."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with running_app(log) as url:
        yield url
    complaints = re.findall(r".*(?:Traceback|Error|WARNING|Warning).*", log.read_text())
    assert not complaints, complaints


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What all windows have in common: the browser keeps Streamlit's scripts, which it would else compile for each.
    With reduced motion, no replay plays by itself."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(1000 * PATIENCE)
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, server: str) -> Iterator[Callable[..., Page]]:
    """Opens the app at a path in a new window; the browser's console must stay free of errors and warnings."""
    pages, complaints = [], []

    def open_page(path: str = "/", width: int = 1280, height: int = 900, colours: str = "light") -> Page:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=colours)
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server + path)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not complaints, complaints


def is_complaint(message) -> bool:
    """On a deep link Streamlit looks for its base path, and finds none below the page's name."""
    is_search = "/_stcore/" in message.location.get("url", "") and "404" in message.text
    return message.type in ("error", "warning") and not is_search
