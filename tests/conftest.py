"""All tests run side by side, in a process for each core; `-n 0` runs them in this one, for `print` and `breakpoint`.

`pytest -m fast` leaves out those that are slow by what they use: Chromium, worker processes, whole pages.  Two marks
overrule that: `slow` on a test that takes seconds, and `fast` on those that open each page once.
"""

import tests.one_thread  # noqa: F401

# isort: split
import gc
import os
from collections.abc import Callable, Iterator

import pytest
from xdist.scheduler import LoadFileScheduling

from tests.reference.recorded import Recorded, arrays

BROWSER = "tests/browser/"
MIDDLE = BROWSER + "test_f"  # the files before it take about as long as the others
SLOW = {"stage", "one_worker", "no_worker_processes"}  # fixtures


class TwoBrowsers(LoadFileScheduling):
    """Tests of one file share their trainings, so they go to one process.  Those in a browser go to two: each has a
    server with its workers and a Chromium, and a machine would not hold many of them."""

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith(BROWSER):
            return super()._split_scope(nodeid)
        return f"{BROWSER}{'first' if nodeid < MIDDLE else 'second'}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> TwoBrowsers:
    config.option.loadscopereorder = False  # what takes longest is named first
    return TwoBrowsers(config, log)


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SLOW.isdisjoint(item.fixturenames) and not item.get_closest_marker("slow"):
            item.add_marker("fast")


@pytest.hookimpl(trylast=True)  # after the letter of the test
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In CI a failure is printed as soon as it is there: a run that is stopped prints nothing at its end."""
    if report.failed and os.environ.get("CI") and "PYTEST_XDIST_WORKER" not in os.environ:
        crash = getattr(report.longrepr, "reprcrash", None)
        message = crash.message if crash else report.longreprtext
        print(f"\n{report.when} of {report.nodeid} failed after {report.duration:.0f} s: {message[:1000]}")


@pytest.fixture(scope="session")
def torch_numbers() -> Recorded:
    """What `reference/record_engine.py` recorded."""
    return arrays("torch.npz")


@pytest.fixture
def no_worker_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is computed in the process that asks, and a page waits for it."""
    from ui.jobs import workers  # not needed by the tests of core

    monkeypatch.setenv(workers.WORKERS, "0")
    monkeypatch.setattr("ui.jobs.waiting.AT_ONCE", 60.0)
    workers.executor.cache_clear()
    yield
    if workers.executor.cache_info().currsize:
        workers.executor().shutdown()
    workers.executor.cache_clear()


@pytest.fixture(scope="session")
def without() -> Callable[[FileNotFoundError], None]:
    """Ends a test for want of something: failed in CI, else skipped, with how to get it."""
    return lambda missing: (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@pytest.fixture(scope="session", autouse=True)
def rooms_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The app that is tested keeps its rooms in a folder of the tests, not beside itself."""
    os.environ["DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite'}"


@pytest.fixture(scope="session", autouse=True)
def nothing_imported_is_garbage() -> None:
    """Streamlit looks for garbage after every run of a page: what was imported and collected need not be looked at."""
    gc.collect()
    gc.freeze()
