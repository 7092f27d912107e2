"""Scripts of pages run one by one, none waits for ever, and no click is lost."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.ui.jobs.test_trainings import until
from ui.jobs import memory
from ui.jobs.job import Job
from ui.jobs.memory import Kept, Memory
from ui.jobs.sweep import Sweep
from ui.shell import one_by_one, running
from ui.shell.one_by_one import Turns, happened, result_of

SOON = 60.0  # seconds, within which anything that happens at all has happened on the busiest machine
NEVER = 1000.0  # seconds of a turn that holds up the others to its end


@contextmanager
def turn(turns: Turns) -> Iterator[None]:
    turns.begin()
    try:
        yield
    finally:
        turns.end()


def started(*steps: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=step, daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    return threads


def ended(threads: list[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(SOON)
    return not any(thread.is_alive() for thread in threads)


def has_ended_all(turns: Turns) -> bool:
    return turns._holder is None and not turns._asking and not turns._returning and turns._running == 0


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    """The turns of all scripts, which last for ever."""
    turns = Turns(NEVER)
    for module in one_by_one, running, memory:
        monkeypatch.setattr(module, "scripts", turns)
    return turns


def test_one_runs_at_a_time(turns):
    pause, under_way, most = threading.Event(), [], []

    def run() -> None:
        for _ in range(20):
            with turn(turns):
                under_way.append(1)
                pause.wait(0.0001)  # lets the others have the interpreter
                most.append(len(under_way))
                under_way.pop()

    assert ended(started(*[run] * 8))
    assert most == [1] * 160
    assert has_ended_all(turns)


def test_turns_come_in_the_order_in_which_they_are_asked_for(turns):
    order = []

    def run(number: int) -> None:
        with turn(turns):
            order.append(number)

    threads = []
    with turn(turns):
        for number in range(5):
            threads += started(lambda number=number: run(number))
            until(lambda number=number: len(turns._asking) == number + 1)
    assert ended(threads)
    assert order == [0, 1, 2, 3, 4]


def test_who_has_waited_for_something_comes_before_those_who_begin(turns):
    waits, is_made, order = threading.Event(), threading.Event(), []

    def wait() -> None:
        with turn(turns):
            with turns.waiting():
                waits.set()
                is_made.wait(SOON)
            order.append("has waited")

    def begin() -> None:
        with turn(turns):
            order.append("begins")

    threads = started(wait)
    assert waits.wait(SOON)
    with turn(turns):  # others run while the first one waits
        threads += started(begin)
        until(lambda: len(turns._asking) == 1)
        is_made.set()
        until(lambda: len(turns._returning) == 1)
    assert ended(threads)
    assert order == ["has waited", "begins"]
    assert has_ended_all(turns)


def test_who_waits_for_another_s_lock_holds_up_nobody_for_ever():
    turns, lock = Turns(0.01), threading.Lock()
    is_locked, is_asked = threading.Event(), threading.Event()

    def have() -> None:
        with turn(turns), lock:
            is_locked.set()
            with turns.waiting():
                is_asked.wait(SOON)

    def want() -> None:
        is_locked.wait(SOON)
        with turn(turns):
            is_asked.set()
            with lock:  # which its owner gives back after a turn that only this one can end
                pass

    assert ended(started(have, want))
    assert has_ended_all(turns)


def test_a_turn_that_others_no_longer_wait_for_is_not_ended_for_the_next_one():
    turns, is_late, gate = Turns(0.01), threading.Event(), threading.Event()

    def be_late() -> None:
        with turn(turns):
            is_late.wait(SOON)

    def go_on() -> None:
        with turn(turns):
            is_late.set()
            gate.wait(SOON)

    late = started(be_late)
    until(lambda: turns._holder is not None)
    next_one = started(go_on)
    assert ended(late)
    assert turns._holder is not None and turns._running == 1
    gate.set()
    assert ended(next_one)
    assert has_ended_all(turns)


def test_the_more_are_late_the_longer_others_wait():
    """Or else all would run at once again where all are slow."""
    now, gate = [0.0], threading.Event()
    turns = Turns(0.01, lambda: now[0])

    def be_late() -> None:
        with turn(turns):
            gate.wait(SOON)

    threads = started(*[be_late] * 5)
    until(lambda: len(turns._asking) == 4)
    for late in 1, 2, 3, 4:
        for _ in range(late - 1):
            now[0] += 0.0101
            threading.Event().wait(0.05)  # in which they look at the clock
            assert turns._running == late
        now[0] += 0.0101
        until(lambda late=late: turns._running == late + 1)
    gate.set()
    assert ended(threads)
    assert has_ended_all(turns)


@pytest.mark.parametrize("error", [ValueError, SystemExit])
def test_an_error_ends_a_turn(turns, error):
    with pytest.raises(error), turn(turns):
        raise error
    with pytest.raises(error), turn(turns), turns.waiting():
        raise error
    assert has_ended_all(turns)


def test_who_has_no_turn_waits_without_one(turns):
    def wait() -> None:
        with turns.waiting():
            pass

    with turn(turns):
        assert ended(started(wait))


def test_one_thread_has_one_turn(turns):
    with turn(turns):
        with turn(turns):
            assert turns._running == 1
        assert has_ended_all(turns)


class TestWhatScriptsWaitFor:
    """Another script runs meanwhile: here it is that which makes what the first one waits for."""

    def test_results(self, turns):
        future = Future()

        def make() -> None:
            with turn(turns):
                future.set_result(3)

        with turn(turns):
            threads = started(make)
            assert result_of(future) == 3
            assert turns.is_mine
        assert ended(threads)

    def test_results_that_another_script_has_made(self, turns):
        kept = Kept(Memory(10))
        is_begun, is_waited_for = threading.Event(), threading.Event()

        def make() -> tuple[bool, int]:
            is_begun.set()
            return is_waited_for.wait(SOON), 1

        def first() -> None:
            with turn(turns):
                kept.get("one", make)

        threads = started(first)
        assert is_begun.wait(SOON)
        with turn(turns):  # while the first one waits for what it has a worker make
            threads += started(lambda: (until(lambda: turns._holder is None), is_waited_for.set()))
            assert kept.get("one", make) is True
        assert ended(threads)

    @pytest.mark.parametrize("kind", ["a training", "a sweep"])
    def test_trainings_and_sweeps(self, turns, kind):
        work = object.__new__(Job if kind == "a training" else Sweep)
        work._over = threading.Event()

        def train() -> None:
            with turn(turns):
                work._over.set()

        with turn(turns):
            threads = started(train)
            work.wait(SOON)
            assert work._over.is_set()
        assert ended(threads)

    def test_what_is_there_is_taken_in_the_same_turn(self, turns):
        future, event = Future(), threading.Event()
        future.set_result(3)
        event.set()
        with turn(turns):
            holder = turns._holder
            assert result_of(future) == 3
            assert happened(event, 1.0)
            assert not happened(threading.Event(), 0)
            assert turns._holder is holder

    def test_what_went_wrong_is_raised(self, turns):
        failed, cancelled = Future(), Future()
        failed.set_exception(ValueError("wrong"))
        with turn(turns):
            with pytest.raises(ValueError, match="wrong"):
                result_of(failed)
            with pytest.raises(TimeoutError):
                result_of(Future(), 0.001)
            threads = started(cancelled.cancel)
            with pytest.raises(CancelledError):
                result_of(cancelled)
        assert ended(threads)


class TestPages:
    def test_streamlit_begins_and_ends_them_where_this_expects_it(self):
        assert ScriptRunner._run_script is running._run_and_end
        assert "_run_script" in ScriptRunner._run_script_thread.__code__.co_names
        assert ScriptRunContext.on_script_start is running._start_in_turn
        inner = [code for code in running._run.__code__.co_consts if hasattr(code, "co_names")]
        assert any("on_script_start" in code.co_names for code in inner)

    def test_a_page_has_its_turn_and_ends_it(self, turns):
        def page() -> None:
            import streamlit as st

            from ui.shell import one_by_one

            st.text("has its turn" if one_by_one.scripts.is_mine else "has none")
            raise ValueError("the page fails")

        test = AppTest.from_function(page, default_timeout=SOON).run()
        assert test.text[0].value == "has its turn"
        assert test.exception
        assert has_ended_all(turns)

    @pytest.mark.parametrize(
        "meanwhile",
        [
            pytest.param(lambda runner: None, id="nothing"),
            pytest.param(lambda runner: runner.request_stop(), id="the line is cut"),
            pytest.param(
                lambda runner: runner.request_rerun(RerunData(widget_states=WidgetStates())), id="another request"
            ),
        ],
    )
    def test_what_a_button_does_is_done_whatever_comes_while_the_page_waits_for_its_turn(
        self, turns, monkeypatch, meanwhile
    ):
        runners, create = [], LocalScriptRunner.__init__

        def created(runner: LocalScriptRunner, *args, **settings) -> None:
            create(runner, *args, **settings)
            runners.append(runner)

        def page() -> None:
            import streamlit as st

            def vote() -> None:
                st.session_state["voted"] = True

            st.button("Vote", on_click=vote)

        monkeypatch.setattr(LocalScriptRunner, "__init__", created)
        test = AppTest.from_function(page, default_timeout=SOON).run()
        test.button[0].click()
        with turn(turns):
            threads = started(test.run)
            until(lambda: len(turns._asking) == 1)
            meanwhile(runners[-1])
        assert ended(threads)
        assert runners[-1]._session_state["voted"] is True
        assert has_ended_all(turns)
