"""What is kept is bounded in sum, made once, and forgotten in time; nothing is trained here."""

import gc
import weakref
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Barrier, Event
from types import SimpleNamespace
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.scriptrunner import RerunData, RerunException, StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from core import DatasetSpec, Experiment, Run, final_figures, train
from core.data.tables import Table
from tests.ui.jobs.test_trainings import until
from ui.jobs import memory as module
from ui.jobs import results
from ui.jobs.limits import limits
from ui.jobs.memory import OWN_DATA_MINUTES, TIDY_EVERY, Kept, Memory, size_of
from ui.jobs.tidying import closed_sessions, end_expired, tidy
from ui.jobs.words import over
from ui.shell.language import speaking

GUARD = 60  # seconds, after which a test that hangs fails
MB = 1_000_000


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory(clock) -> Memory:
    return Memory(10, clock)


@pytest.fixture
def kept(memory) -> Kept:
    return Kept(memory)


def of_size(kept: Kept, name: object, size: int, is_private: bool = False) -> list[object]:
    """What is made for that name; the list is empty if it was there."""
    made: list[object] = []
    kept.get(name, lambda: (made.append(name), size), is_private)
    return made


def never() -> None:
    raise AssertionError("it was kept")


def test_what_nobody_waits_for_is_begun_once_and_is_there_when_it_is_done(kept, memory):
    under_way: Future = Future()
    assert kept.ready("name", lambda: under_way) is None
    assert kept.ready("name", never) is None, "it is under way"
    assert kept.look("name") is None and kept.look("another name") is None
    under_way.set_result(("value", MB))
    assert kept.ready("name", never) == kept.look("name") == kept.get("name", never) == "value"
    assert memory.bytes == MB


@pytest.mark.parametrize("how", ["fails", "is cancelled", "cannot be submitted"])
def test_what_nobody_waits_for_and_could_not_be_made_is_begun_anew(kept, how):
    lost: Future = Future()
    if how == "cannot be submitted":
        with pytest.raises(AssertionError):
            kept.ready("name", never)
    else:
        kept.ready("name", lambda: lost)
        lost.cancel() if how == "is cancelled" else lost.set_exception(ValueError("why"))
    done: Future = Future()
    done.set_result(("value", 1))
    assert kept.ready("name", lambda: done) == "value"


def test_fifty_results_are_bounded_in_sum_and_the_last_ones_are_there(kept, memory):
    for number in range(50):
        of_size(kept, number, MB)
        assert memory.bytes <= 10 * MB
    assert memory.bytes == 10 * MB
    assert [number for number in range(49, -1, -1) if not of_size(kept, number, MB)][:10] == list(range(49, 39, -1))


def test_what_was_used_longest_ago_goes_first(kept):
    for number in range(10):
        of_size(kept, number, MB)
    kept.get(0, never)
    of_size(kept, "one more", MB)
    kept.get(0, never)
    assert of_size(kept, 1, MB), "it had to go"


def test_what_others_keep_counts(kept, memory):
    for number in range(10):
        of_size(kept, number, MB)
    memory.others = lambda: 7 * MB
    of_size(kept, "one more", MB)
    assert memory.bytes == 10 * MB
    memory.others = lambda: 20 * MB
    of_size(kept, "another", MB)
    assert memory.bytes == 22 * MB, "a quarter is for results in any case"


def test_a_result_that_is_larger_than_all_memory_is_given_and_not_kept(kept, memory):
    assert kept.get("large", lambda: ("value", 11 * MB)) == "value"
    assert memory.bytes == 0
    assert of_size(kept, "large", 11 * MB)


def test_thirty_who_ask_at_once_wait_for_one_computation(kept):
    start, goes_on, made = Barrier(31), Event(), []

    def make() -> tuple[str, int]:
        made.append("once")
        goes_on.wait(GUARD)
        return "value", 1

    def ask() -> str:
        start.wait(GUARD)
        return kept.get("key", make)

    with ThreadPoolExecutor(30) as threads:
        answers = [threads.submit(ask) for _ in range(30)]
        start.wait(GUARD)
        goes_on.set()
    assert {answer.result() for answer in answers} == {"value"}
    assert made == ["once"]


def test_what_failed_is_not_kept(kept, memory):
    def fail() -> tuple[object, int]:
        raise ValueError("not this time")

    with pytest.raises(ValueError, match="not this time"):
        kept.get("key", fail)
    assert memory.bytes == 0
    assert of_size(kept, "key", 1)


@pytest.mark.parametrize("error", [CancelledError(), RerunException(RerunData()), StopException()])
def test_if_the_one_who_has_it_made_leaves_the_next_one_makes_it(kept, error):
    begun, leaves = Event(), Event()

    def leave() -> tuple[object, int]:
        begun.set()
        leaves.wait(GUARD)
        raise error

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept.get, "key", leave)
        begun.wait(GUARD)
        second: Future = threads.submit(kept.get, "key", lambda: ("value", 1))
        leaves.set()
        assert second.result(GUARD) == "value"
        with pytest.raises(type(error)):
            first.result(GUARD)


def test_what_a_session_holds_counts_as_long_as_it_does(memory, kept):
    cells = pd.DataFrame({"x": np.zeros(MB // 2)})  # 4 MB
    memory.others = lambda: 20 * MB  # of trainings, which bound themselves
    memory.hold(cells)
    memory.others = lambda: 0
    assert 4 * MB <= memory.bytes < 5 * MB
    with pytest.raises(ValueError, match="no memory left"):
        memory.hold(pd.DataFrame({"x": np.zeros(MB // 2)}))
    of_size(kept, "result", 7 * MB)
    assert memory.bytes < 5 * MB, "a session's data stay"
    del cells
    gc.collect()
    assert memory.bytes == 0


def test_own_data_go_in_time_after_their_last_use(kept, memory, clock):
    of_size(kept, "own", MB, is_private=True)
    of_size(kept, "anybody's", MB)
    ends = 0
    for _ in range(3):  # whoever uses them keeps them
        clock.now += 0.8 * 60 * OWN_DATA_MINUTES
        tidy(memory)
        kept.get("own", never)
    last_use = clock.now
    while memory.bytes == 2 * MB:
        clock.now += TIDY_EVERY
        tidy(memory)
        ends = clock.now - last_use
    assert 0 < ends <= 60 * OWN_DATA_MINUTES
    assert of_size(kept, "own", MB, is_private=True)
    kept.get("anybody's", never)


@pytest.fixture
def of_results(monkeypatch, memory, no_worker_processes) -> Memory:
    """The memory of all results, and nothing in it."""
    monkeypatch.setattr(results, "memory", lambda: memory)
    results.kept.cache_clear()
    results._trainings.cache_clear()
    yield memory
    results.kept.cache_clear()
    results._trainings.cache_clear()


def counted(experiment: Experiment) -> int:
    CALLS.append(experiment)
    return len(CALLS)


CALLS: list[Experiment] = []


def test_results_survive_what_any_client_may_ask_for(of_results):
    experiment = Experiment(DatasetSpec("moons", samples=40), (Run(),), epochs=1)
    first, job = results.computed(counted, experiment), results.training(experiment)
    assert job.wait(GUARD)
    st.cache_resource.clear()
    st.cache_data.clear()
    assert results.computed(counted, experiment) == first
    assert results.training(experiment) is job


def test_a_result_is_known_by_what_its_arguments_say(of_results):
    def of(seed: int) -> Experiment:
        return Experiment(DatasetSpec("moons", samples=40), (Run(),), epochs=1, seed=seed)

    first = results.computed(counted, of(1))
    assert results.computed(counted, of(1)) == first
    assert results.computed(counted, of(2)) != first
    with speaking("another"):
        assert results.computed(counted, of(1)) != first, "texts in another language"
    history = train(of(1))
    assert results._key(history) == results._key(train(of(1))) != results._key(train(of(2)))
    scale = {"type": "log", "domain": [0.1, 2.0]}
    assert results._key((scale, 1)) == results._key(({**scale}, 1)) != results._key((scale, 1.0))


def test_trainings_and_results_of_own_data_go_in_time(of_results, clock):
    def use_once() -> weakref.ref[Table]:
        points = tuple((float(k), float(k * k % 7)) for k in range(40))
        data = Table(("a", "b"), ("no", "yes"), points, tuple(k % 2 for k in range(40)))
        experiment = Experiment(DatasetSpec("own", table=data), (Run(),), epochs=1)
        job = results.training(experiment)
        assert job.wait(GUARD)
        assert results.computed(final_figures, job.history).shape[0] == 1
        return weakref.ref(data)

    data = use_once()
    until(lambda: of_results.bytes > 0)
    clock.now += 60 * OWN_DATA_MINUTES - 2 * TIDY_EVERY
    tidy(of_results)
    assert of_results.bytes > 0
    clock.now += 2 * TIDY_EVERY
    tidy(of_results)
    assert of_results.bytes == 0
    until(lambda: gc.collect() >= 0 and data() is None)  # the thread that trains has to come to its end


def test_the_sessions_of_closed_windows_have_a_store_that_can_be_told_to_forget():
    """Streamlit's own, by private names."""
    manager = WebsocketSessionManager(MemorySessionStorage(ttl_seconds=0), *[None] * 4)
    session = MagicMock(AppSession, id="closed")
    session.session_state = SessionState()
    session.session_state["own table"] = "somebody's"
    manager._session_storage.save(SimpleNamespace(session=session))
    closed = closed_sessions(SimpleNamespace(_session_mgr=manager))
    assert len(closed._data) == 1
    end_expired(closed)
    assert len(closed._data) == 0
    session.shutdown.assert_called_once()
    assert not session.session_state.filtered_state
    assert {"_session_mgr", "_get_async_objs"} <= {*vars(Runtime), *Runtime.__init__.__code__.co_names}


def test_the_size_of_a_value_has_all_that_is_in_it():
    array = np.zeros(1000)
    assert size_of(array) >= 8000
    assert size_of([array, array]) < 9000, "what is there twice counts once"
    assert size_of({"rows": [{"x": float(k), "y": str(k)} for k in range(1000)]}) > 200_000
    assert size_of(pd.DataFrame({"x": ["text"] * 1000})) > 8000


def test_the_host_says_how_much_there_is(monkeypatch):
    monkeypatch.setenv(module.MEMORY, "50")
    assert module.memory.__wrapped__().limit == 50 * MB
    large = Experiment(DatasetSpec("moons"), tuple(Run(seed=seed) for seed in range(40)), hidden=(64, 64), epochs=200)
    assert over(limits(), large)
    assert not over(limits(), Experiment())
    monkeypatch.delenv(module.MEMORY)
    assert not over(limits(), large), "nobody has said how much there is"
