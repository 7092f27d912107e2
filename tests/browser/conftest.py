"""A running app and a real Chromium.  Where there is none, these tests are skipped, but fail in CI.

When a test has waited in vain, the app says what its threads were doing, and the next test gets a new one.  In CI the
rest of the tests fail at once when a few have waited in vain: an hour of waiting would not say more.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.running import PATIENCE
from tests.browser.stage import SHOWN, Stage, Windows, text_of

IN_VAIN = 3  # tests that may wait for something that does not come, before the others are given up
GIVEN_UP = f"not run: {IN_VAIN} browser tests before this one waited in vain, for more than {PATIENCE // 2} s each"

_waited_in_vain: set[str] = set()
_stages: list[Stage] = []  # the one that there is, once there is one


def pytest_runtest_setup(item: pytest.Item) -> None:
    if os.environ.get("CI") and len(_waited_in_vain) >= IN_VAIN:
        pytest.fail(GIVEN_UP, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.failed and GIVEN_UP not in str(report.longrepr):
        in_vain = call.duration > PATIENCE / 2
        if in_vain:
            _waited_in_vain.add(item.nodeid)
        for stage in _stages:
            report.sections += [("a page as it is now", text_of(page)) for page in stage.pages]
            log = stage.abort_app() if in_vain else stage.log
            report.sections.append(("the app's log", log[-SHOWN:]))
    return report


@pytest.fixture(scope="package")  # no longer: where a Playwright is, tests of servers get no event loop
def the_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with sync_playwright() as playwright:
        stage = Stage(playwright, tmp_path_factory.mktemp("stage"))
        _stages.append(stage)
        yield stage
        _stages.remove(stage)
        stage.close()


@pytest.fixture
def stage(the_stage: Stage) -> Iterator[Stage]:
    """App and browser, ready; the app's log must stay free of errors and warnings."""
    the_stage.get_ready()
    with the_stage.limit():
        yield the_stage
    complaints = the_stage.complaints()
    assert not complaints, complaints


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return stage.browser


@pytest.fixture
def server(stage: Stage) -> str:
    """The app's address."""
    return stage.url


@pytest.fixture
def opened(stage: Stage) -> Iterator[Callable[..., Page]]:
    """Opens the app at a path in a new window; the browser's console must stay free of errors and warnings."""
    windows = Windows(stage)
    yield windows.open
    windows.close()
    assert not windows.complaints, windows.complaints
