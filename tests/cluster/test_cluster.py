"""A real Dask cluster behind the executor's seam: what comes back, and what becomes of those who die."""

import os
import shutil
import time
from concurrent.futures import BrokenExecutor

import pytest

from core.sweeps import cluster as module
from core.sweeps.cluster import Cluster, ClusterLost
from tests import ROOT
from tests.browser.running import free_port
from tests.cluster.running import running_cluster
from tests.killed import attempts, killed_at_first, refuse

GUARD = 120  # seconds, after which a test that hangs fails

pytestmark = pytest.mark.slow


@pytest.fixture
def executor(cluster):
    with Cluster(cluster.address) as executor:
        yield executor


def test_a_task_is_done_by_a_worker_of_which_there_are_three(executor, cluster):
    assert executor.submit(os.getpid).result(GUARD) in {worker.pid for worker in cluster.workers}
    assert executor.threads() == 3


def test_equal_tasks_are_done_each(executor):
    futures = [executor.submit(os.urandom, 16) for _ in range(10)]
    assert len({future.result(GUARD) for future in futures}) == 10


def test_an_error_of_the_task_is_raised_and_the_workers_stay(executor):
    with pytest.raises(ValueError, match="not 3"):
        executor.submit(refuse, 3).result(GUARD)
    assert executor.submit(abs, -1).result(GUARD) == 1


def test_a_task_whose_worker_is_killed_is_done_by_another(executor, tmp_path):
    record = tmp_path / "attempts"
    assert executor.submit(killed_at_first, record, 1).result(GUARD) == "result"
    assert attempts(record) == 2


def test_a_task_that_kills_every_worker_is_given_up_as_with_processes(executor, tmp_path):
    with pytest.raises(BrokenExecutor, match="killed"):
        executor.submit(killed_at_first, tmp_path / "attempts", 100).result(GUARD)
    assert executor.submit(abs, -1).result(GUARD) == 1, "and the others go on"


def test_what_nobody_waits_for_is_not_begun(executor, tmp_path):
    running = [executor.submit(time.sleep, 0.5) for _ in range(10)]
    last = executor.submit((tmp_path / "begun").touch)
    assert last.cancel()
    assert [future.result(GUARD) for future in running] == [None] * 10
    assert [executor.submit(abs, -1).result(GUARD) for _ in range(10)] == [1] * 10
    assert not (tmp_path / "begun").exists()


def test_a_large_result_and_a_large_argument_travel_without_a_warning(executor, recwarn):
    sent = os.urandom(12_000_000)
    assert executor.submit(bytes, sent).result(GUARD) == sent
    assert not [warning for warning in recwarn if "large" in str(warning.message).lower()]


PREPARED: list[int] = []  # of this process, or of the worker that has this module


def prepare() -> None:
    PREPARED.append(os.getpid())


def prepared() -> tuple[int, list[int]]:
    return os.getpid(), PREPARED


def test_each_worker_prepares_once(cluster):
    with Cluster(cluster.address, prepare=prepare) as executor:
        for future in [executor.submit(prepared) for _ in range(20)]:
            worker, noted = future.result(GUARD)
            assert noted == [worker]


def test_a_scheduler_that_is_not_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(module, "CONNECTED", 0.2)
    with pytest.raises(ClusterLost, match="No Dask scheduler answers at tcp://127"):
        Cluster(f"tcp://127.0.0.1:{free_port()}")


def test_all_that_is_under_way_ends_when_the_scheduler_is_lost(tmp_path):
    with running_cluster(tmp_path, 1) as running, Cluster(running.address) as executor:
        executor.submit(abs, -1).result(GUARD)
        begun, waiting = [executor.submit(time.sleep, GUARD) for _ in range(2)]
        running.kill_the_scheduler()
        for future in (begun, waiting):
            with pytest.raises(ClusterLost, match="connection to the Dask scheduler"):
                future.result(GUARD)
        with pytest.raises(ClusterLost):
            executor.submit(abs, -1)
        with pytest.raises(ClusterLost):
            executor.threads()


def test_a_result_that_was_being_fetched_from_a_lost_scheduler_ends_too(cluster, monkeypatch):
    """Of which Dask's executor hears nothing: its future would never be done."""
    with Cluster(cluster.address) as executor:
        monkeypatch.setattr(executor._workers, "submit", lambda *call: module.Future())  # never done
        future = executor.submit(abs, -1)
        executor._client.scheduler_comm.comm.abort()
        with pytest.raises(ClusterLost):
            future.result(GUARD)


@pytest.mark.parametrize("change", ["other", "missing"])
def test_workers_with_other_code_are_refused(tmp_path, change):
    path = tmp_path / "path"
    path.mkdir()
    if change == "other":
        shutil.copytree(ROOT / "core", path / "core")
        with (path / "core" / "limits.py").open("a") as file:
            file.write("\n# another version\n")
    with running_cluster(tmp_path, 1, path) as running, Cluster(running.address) as executor:
        lost = executor.submit(abs, -1)
        with pytest.raises(ClusterLost, match="code"):
            lost.result(GUARD)
