from collections.abc import Iterator

import numpy as np
import pytest

from tests import REFERENCE


@pytest.fixture(scope="session")
def torch_numbers() -> dict[str, np.ndarray]:
    """What `reference/record_torch.py` recorded."""
    with np.load(REFERENCE / "torch.npz") as recorded:
        return dict(recorded)


@pytest.fixture
def no_worker_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is computed in the process that asks, and a page waits for it."""
    from ui.jobs import workers  # not needed by the tests of core

    monkeypatch.setenv(workers.WORKERS, "0")
    monkeypatch.setattr("ui.jobs.waiting.AT_ONCE", 60.0)
    workers.started.cache_clear()
    yield
    workers.started.cache_clear()
