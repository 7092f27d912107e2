"""What a real worker holds of own data, before and after it gives back what it does not need."""

import os
from collections.abc import Iterator

import pytest

from core import DatasetSpec, Experiment, Run
from core.data.tables import Table
from ui.jobs.giving_back import give_back
from ui.jobs.trainings import Trainings
from ui.jobs.workers import WORKERS, call, executor

GUARD = 120  # seconds, after which a test that hangs fails
TABLES = "sum(type(each).__name__ == 'Table' for each in __import__('gc').get_objects())"


@pytest.fixture
def one_worker(monkeypatch) -> Iterator[None]:
    monkeypatch.setenv(WORKERS, "1")
    executor.cache_clear()
    yield
    executor().shutdown()
    executor.cache_clear()


@pytest.mark.usefixtures("one_worker")
def test_a_worker_lets_the_server_go_first():
    assert call(os.nice, 0) > os.nice(0)


@pytest.mark.usefixtures("one_worker")
def test_own_data_leave_a_worker():
    points = tuple((float(k), float(k * k % 7)) for k in range(40))
    data = Table(("a", "b"), ("no", "yes"), points, tuple(k % 2 for k in range(40)))
    job = Trainings().ask(Experiment(DatasetSpec("own", table=data), (Run(),), epochs=1))
    assert job.wait(GUARD)
    assert job.error is None
    assert call(eval, TABLES) > 0, "they are kept for the charts that follow"
    call(give_back)
    assert call(eval, TABLES) == 0
