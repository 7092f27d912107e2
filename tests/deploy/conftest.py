"""A Chromium for the service; what is missing on a machine skips the tests that need it, but fails them in CI."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.running import launch


@pytest.fixture(scope="session")
def without() -> Callable[[FileNotFoundError], None]:
    """Ends a test for want of something: failed in CI, else skipped, with how to get it."""
    return lambda missing: (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@pytest.fixture(scope="module")
def chromium(without) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except FileNotFoundError as missing:
            without(missing)
        yield browser
        browser.close()
