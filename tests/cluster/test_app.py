"""The app's computations by a cluster, for as long as there is one."""

import logging
import os
import shutil
from collections.abc import Iterator

import pytest

from core import DatasetSpec, Experiment, Run, train
from core.sweeps import cluster as module
from core.sweeps.cluster import ADDRESS
from tests import ROOT
from tests.browser.running import free_port, wait_until
from tests.cluster.running import running_cluster
from tests.core.train.test_parts import assert_same_bits
from ui.jobs import shared
from ui.jobs.trainings import Trainings
from ui.jobs.workers import WORKERS, call, executor

GUARD = 120  # seconds, after which a test that hangs fails
EXPERIMENT = Experiment(DatasetSpec("moons"), tuple(Run(seed=seed) for seed in range(4)), epochs=400)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One worker here, which looks for the cluster all the time."""
    monkeypatch.setenv(WORKERS, "1")
    monkeypatch.setattr(shared, "LOOK_AGAIN", 0.1)
    executor.cache_clear()
    yield
    executor().shutdown()
    executor.cache_clear()


def worker_of_cluster(running) -> bool:
    return call(os.getpid) in {worker.pid for worker in running.workers}


def test_it_trains_on_the_cluster_as_many_at_once_as_it_has_threads(monkeypatch, cluster):
    monkeypatch.setenv(ADDRESS, cluster.address)
    wait_until(lambda: executor().at_once == 3)
    assert worker_of_cluster(cluster)
    job = Trainings().ask(EXPERIMENT)
    assert job.wait(GUARD)
    assert_same_bits(job.history, train(EXPERIMENT))


def test_a_scheduler_that_is_not_there_is_said_and_the_own_workers_compute(monkeypatch, caplog):
    monkeypatch.setattr(module, "CONNECTED", 1.0)
    monkeypatch.setenv(ADDRESS, f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(module, "CONNECTED", 1.0)
    with caplog.at_level(logging.WARNING):
        assert call(os.getpid) != os.getpid()
        wait_until(lambda: "No Dask scheduler answers" in caplog.text)
    assert executor().at_once == 1


def test_a_scheduler_without_workers_is_said_and_those_that_come_are_used(monkeypatch, caplog, tmp_path):
    with running_cluster(tmp_path, 0) as running:
        monkeypatch.setenv(ADDRESS, running.address)
        with caplog.at_level(logging.WARNING):
            call(os.getpid)
            wait_until(lambda: "has no workers" in caplog.text)
        with running.more_workers(2):
            wait_until(lambda: executor().at_once == 2)
            assert worker_of_cluster(running)


def test_a_training_goes_on_here_when_the_scheduler_vanishes_and_there_when_it_is_back(monkeypatch, caplog, tmp_path):
    port = free_port()
    with running_cluster(tmp_path, 1, port=port) as running:
        monkeypatch.setenv(ADDRESS, running.address)
        trainings = Trainings()
        job = trainings.ask(EXPERIMENT)
        wait_until(lambda: trainings.ask(EXPERIMENT).epoch > 0)
        running.kill_the_scheduler()
        wait_until(lambda: trainings.ask(EXPERIMENT).wait(0))
        assert job.error is None
        assert job.epoch == EXPERIMENT.epochs
        wait_until(lambda: "this machine's own workers" in caplog.text)
        assert not worker_of_cluster(running)
    with running_cluster(tmp_path, 2, port=port) as running:
        wait_until(lambda: executor().at_once == 2)
        assert worker_of_cluster(running)


def test_workers_with_other_code_are_said_and_given_nothing(monkeypatch, caplog, tmp_path):
    for package in shared.PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / "path" / package)
    (tmp_path / "path" / "ui" / "other.py").touch()
    with running_cluster(tmp_path, 1, tmp_path / "path") as running:
        monkeypatch.setenv(ADDRESS, running.address)
        with caplog.at_level(logging.WARNING):
            assert not worker_of_cluster(running)
            wait_until(lambda: "other versions of the code" in caplog.text)
        for _ in range(5):
            assert not worker_of_cluster(running)
    assert caplog.text.count("other versions of the code") == 1, "it is said once"
