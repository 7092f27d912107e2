"""A Chromium for the service; what is missing on a machine skips the tests that need it, but fails them in CI."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.running import launch


@pytest.fixture(scope="module")
def chromium(without) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except FileNotFoundError as missing:
            without(missing)
        yield browser
        browser.close()
