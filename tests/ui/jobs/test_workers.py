"""With real worker processes; what they are used for, with executors that do as the test says: test_trainings.py."""

import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest
from threadpoolctl import threadpool_info

from core import DatasetSpec, Experiment, Run, train
from tests import ROOT
from tests.core.train.test_parts import assert_same_bits
from tests.killed import attempts, killed_at_first, refuse
from tests.saying import MARKED, of_chart, taken_apart
from ui.charts.curves import loss_chart, loss_text
from ui.jobs import turns
from ui.jobs import workers as module
from ui.jobs.here import Here
from ui.jobs.trainings import Trainings
from ui.jobs.turns import Turns
from ui.jobs.workers import ATTEMPTS, WORKERS, call, call_in_parts, executor
from ui.shell.language import plural, speaking

GUARD = 120  # seconds, after which a test that hangs fails


@pytest.fixture(scope="module", autouse=True)
def one_worker() -> Iterator[None]:
    """The same one for all tests, unless they kill it; any earlier ones are of no use here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WORKERS, "1")
        executor.cache_clear()
        yield
        executor().shutdown()
        executor.cache_clear()


MODULES = "{name.split('.')[0] for name in __import__('sys').modules}"  # a function of this file would import the app


def threads() -> list[int]:
    """Of each library of linear algebra that is loaded."""
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_work_is_done_in_another_process_by_one_thread_without_the_app():
    assert call(os.getpid) not in (os.getpid(), os.getppid())
    assert not call(eval, MODULES) & {"streamlit", "altair"}
    assert call(gc.get_freeze_count) > 0, "it has been prepared"
    assert set(call(threads)) == {1}


def test_a_job_trained_by_workers_is_what_train_gives():
    runs = (Run("relu"), Run("tanh", "sgd", l2=0.01), Run("relu_squared", "sgd", 1e6))
    experiment = Experiment(DatasetSpec("spiral", samples=100, classes=3), runs, epochs=30)
    job = Trainings().ask(experiment)
    assert job.wait(GUARD)
    assert job.error is None
    assert_same_bits(job.history, train(experiment))


def losses(experiment: Experiment) -> tuple[int, dict, str]:
    """Drawn in this process; who calls a function of this file knows the language with marks."""
    history = train(experiment)
    return os.getpid(), loss_chart(history, "train_loss"), loss_text(history, "train_loss")


@pytest.mark.parametrize("language", ["en", MARKED])
def test_what_a_worker_draws_and_says_is_in_the_language_of_whoever_asks(language):
    experiment = Experiment(DatasetSpec("moons", samples=40), (Run(),), epochs=1)
    with speaking(language):
        worker, chart, text = call(losses, experiment)
        assert (chart, text) == losses(experiment)[1:]
    assert worker != os.getpid()
    for said in (text, *of_chart(chart, {})):
        assert bool(taken_apart(said).messages) == (language == MARKED)

    """Streamlit runs every script in a new thread."""
    pids = set()
    for _ in range(3):
        with ThreadPoolExecutor(4) as threads:
            pids |= set(threads.map(lambda _: call(os.getpid), range(8)))
    assert len(pids) == 1


def test_an_error_of_the_work_is_raised_and_the_process_stays():
    pid = call(os.getpid)
    with pytest.raises(ValueError, match="not 3"):
        call(refuse, 3)
    assert call(os.getpid) == pid


def test_work_whose_process_is_killed_is_tried_again(tmp_path):
    record = tmp_path / "attempts"
    assert call(killed_at_first, record, 1) == "result"
    assert attempts(record) == 2


def test_work_that_kills_every_process_is_given_up(tmp_path):
    record = tmp_path / "attempts"
    with pytest.raises(BrokenExecutor):
        call(killed_at_first, record, 100)
    assert attempts(record) == ATTEMPTS
    assert call(abs, -1) == 1, "the next work finds a new process"


def test_a_process_that_is_killed_while_it_has_nothing_to_do_is_replaced():
    pid = call(os.getpid)
    os.kill(pid, signal.SIGKILL)
    new = call(os.getpid)
    assert new != pid
    assert call(os.getpid) == new, "and the new one stays"


def test_a_training_goes_on_when_its_process_is_killed():
    experiment = Experiment(DatasetSpec("moons"), tuple(Run(seed=seed) for seed in range(8)), epochs=400)
    trainings = Trainings()
    pid = call(os.getpid)
    job = trainings.ask(experiment)
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + GUARD
    while not trainings.ask(experiment).wait(0.1):  # as a page does, for new processes may take long to start
        assert time.monotonic() < end
    assert job.error is None
    assert job.epoch == 400
    assert call(os.getpid) != pid


def unstarted() -> Turns:
    """What `executor` gives when it is asked first."""
    return executor.__wrapped__()


def test_without_workers_everything_is_computed_here(monkeypatch):
    monkeypatch.setenv(WORKERS, "0")
    here = unstarted()
    assert here.submit(os.getpid).result(GUARD) == os.getpid()
    with pytest.raises(ValueError, match="not 3"):
        here.submit(refuse, 3).result(GUARD)


@pytest.mark.parametrize(
    "error", [BlockingIOError("Resource temporarily unavailable"), RuntimeError("can't start new thread")]
)
def test_a_machine_that_allows_no_process_or_thread_computes_here_and_says_so(monkeypatch, caplog, error):
    def forbidden(*args, **settings):
        raise error

    monkeypatch.setattr(module.loky.ProcessPoolExecutor, "submit", forbidden)
    with caplog.at_level(logging.WARNING):
        here = unstarted()
    assert str(error) in caplog.text
    assert here.submit(os.getpid).result(GUARD) == os.getpid()


def test_there_are_as_many_processes_as_the_container_may_use(monkeypatch):
    monkeypatch.delenv(WORKERS)
    monkeypatch.setattr(module.loky, "cpu_count", lambda: 3)
    monkeypatch.setattr(module, "Processes", lambda workers, prepare: Here())
    monkeypatch.setattr(Here, "replace", None, raising=False)
    assert unstarted().at_once == 3


def test_a_process_that_hangs_is_replaced_and_its_work_is_tried_again(monkeypatch, tmp_path):
    call(os.getpid)  # it runs
    replace = executor()._replace

    def once() -> None:
        monkeypatch.setattr(turns, "TOO_LATE", GUARD)  # new processes take their time to start
        replace()

    monkeypatch.setattr(executor(), "_replace", once)
    monkeypatch.setattr(turns, "TOO_LATE", 1.0)
    record = tmp_path / "attempts"
    assert call(stopped_at_first, record) == "result"
    assert attempts(record) == 2


def stopped_at_first(record: Path) -> str:
    """Stops its own process at the first attempt: it lives, and does nothing."""
    with record.open("a") as file:
        file.write("attempt\n")
    if attempts(record) == 1:
        os.kill(os.getpid(), signal.SIGSTOP)
    return "result"


class Count:
    """Counts to 3, one a part, and says so, and in which processes."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] | None = None
        self.parts: list[tuple[int, str]] = []

    def advance(self, seconds: float) -> None:
        self.parts.append((os.getpid(), plural("{number} step", "{number} steps", 3)))
        self.found = self.parts if len(self.parts) == 3 else None


def test_what_goes_in_parts_comes_to_its_end_in_the_language_of_whoever_asks():
    pid = call(os.getpid)
    assert call_in_parts(Count) == [(pid, "3 steps")] * 3
    with speaking(MARKED):
        assert call_in_parts(Count) == [(pid, "⟦⟨3⟩ steps⟧")] * 3


SERVER = """
import os, time
from ui.jobs.workers import executor
print(executor().submit(os.getpid).result(), flush=True)
time.sleep(1000)
"""


def test_no_process_lives_on_when_the_server_is_killed():
    environment = {**os.environ, WORKERS: "1"}
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=PIPE, text=True, cwd=ROOT, env=environment) as server:
        worker = psutil.Process(int(server.stdout.readline()))
        assert worker.is_running()
        server.kill()
    end = time.monotonic() + GUARD
    while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE:  # whom nobody in a container may bury
        assert time.monotonic() < end
        time.sleep(0.05)
