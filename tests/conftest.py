from collections.abc import Iterator

import pytest

from tests.reference.recorded import Recorded, arrays


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
    workers.started.cache_clear()
    yield
    workers.started.cache_clear()
