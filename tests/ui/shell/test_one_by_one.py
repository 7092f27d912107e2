"""Scripts of pages run one by one, and none waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.testing.v1 import AppTest

from ui.shell import one_by_one, running
from ui.shell.one_by_one import Turns, happened, result_of

SOON = 30.0  # seconds, within which anything that happens at all has happened on the busiest machine
NEVER = 1000.0  # seconds of a turn that nobody loses


def started(*steps: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=step, daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    return threads


def ended(threads: list[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(SOON)
    return not any(thread.is_alive() for thread in threads)


def wait_until(asked: int, turns: Turns) -> None:
    """Waits until so many threads stand behind the one whose turn it is."""
    pause = threading.Event()
    for _ in range(int(SOON / 0.001)):
        if len(turns._asking) == asked:
            return
        pause.wait(0.001)
    raise AssertionError(f"{len(turns._asking)} wait for their turn, not {asked}")


def test_one_runs_at_a_time():
    turns, pause, under_way, most = Turns(NEVER), threading.Event(), [], []

    def run() -> None:
        for _ in range(20):
            with turns.turn():
                under_way.append(1)
                pause.wait(0.0001)  # lets the others have the interpreter
                most.append(len(under_way))
                under_way.pop()

    assert ended(started(*[run] * 8))
    assert most == [1] * 160


def test_turns_come_in_the_order_in_which_they_are_asked_for():
    turns, order, gate = Turns(NEVER), [], threading.Event()

    def hold() -> None:
        with turns.turn():
            gate.wait(SOON)

    def run(number: int) -> None:
        with turns.turn():
            order.append(number)

    threads = started(hold)
    for number in range(5):
        wait_until(number, turns)
        threads += started(lambda number=number: run(number))
    wait_until(5, turns)
    gate.set()
    assert ended(threads)
    assert order == [0, 1, 2, 3, 4]


def test_others_run_while_one_waits_for_something_else():
    turns, is_made = Turns(NEVER), threading.Event()
    seen = []

    def wait() -> None:
        with turns.turn():
            with turns.waiting():
                is_made.wait(SOON)
            seen.append("has waited")

    def make() -> None:
        with turns.turn():
            is_made.set()
            wait_until(1, turns)  # the first one asks for its turn again
            seen.append("makes")

    threads = started(wait)
    assert ended(threads + started(make))
    assert seen == ["makes", "has waited"]


def test_who_waits_for_another_s_lock_holds_up_nobody():
    turns, lock = Turns(0.01), threading.Lock()
    is_locked, is_asked = threading.Event(), threading.Event()

    def have() -> None:
        with turns.turn(), lock:
            is_locked.set()
            with turns.waiting():
                is_asked.wait(SOON)

    def want() -> None:
        is_locked.wait(SOON)
        with turns.turn():
            is_asked.set()
            with lock:  # which its owner gives back after a turn that only this one can end
                pass

    assert ended(started(have, want))


def test_a_turn_that_was_lost_is_not_ended_for_the_next_one():
    turns, late, gate = Turns(0.01), threading.Event(), threading.Event()
    seen = []

    def be_late() -> None:
        with turns.turn():
            late.wait(SOON)
        seen.append("late")

    def go_on() -> None:
        with turns.turn():
            late.set()
            gate.wait(SOON)
            assert turns._holder is not None

    threads = started(be_late, go_on)
    assert ended(threads[:1])
    assert turns._holder is not None  # the second one's
    gate.set()
    assert ended(threads)
    assert turns._holder is None and not turns._asking


@pytest.mark.parametrize("error", [ValueError, SystemExit])
def test_an_error_ends_a_turn(error):
    turns = Turns(NEVER)
    with pytest.raises(error), turns.turn():
        raise error
    with pytest.raises(error), turns.turn(), turns.waiting():
        raise error
    assert turns._holder is None and not turns._asking
    assert ended(started(lambda: turns.turn().__enter__()))


def test_who_has_no_turn_waits_without_one():
    turns = Turns(NEVER)
    with turns.turn():
        threads = started(lambda: turns.waiting().__enter__())
        assert ended(threads)
        assert not turns._asking


class TestWaiting:
    @pytest.fixture
    def turns(self, monkeypatch: pytest.MonkeyPatch) -> Turns:
        turns = Turns(NEVER)
        monkeypatch.setattr(one_by_one, "scripts", turns)
        return turns

    def test_what_is_there_is_taken_without_another_turn(self, turns):
        future, event = Future(), threading.Event()
        future.set_result(3)
        event.set()
        with turns.turn():
            holder = turns._holder
            assert result_of(future) == 3
            assert happened(event, 1.0)
            assert not happened(threading.Event(), 0)
            assert turns._holder is holder

    def test_others_run_until_it_is_there(self, turns):
        future, event = Future(), threading.Event()

        def make() -> None:
            with turns.turn():
                future.set_result(3)
            with turns.turn():
                event.set()

        with turns.turn():
            threads = started(make)
            assert result_of(future) == 3
            assert happened(event, SOON)
        assert ended(threads)

    def test_what_went_wrong_is_raised(self, turns):
        failed, cancelled = Future(), Future()
        failed.set_exception(ValueError("wrong"))
        cancelled.cancel()
        with turns.turn():
            with pytest.raises(ValueError, match="wrong"):
                result_of(failed)
            with pytest.raises(CancelledError):
                result_of(cancelled)


def test_streamlit_runs_scripts_where_this_expects_it():
    assert ScriptRunner._run_script is running._run_in_turn
    assert "_run_script" in ScriptRunner._run_script_thread.__code__.co_names


def test_a_page_runs_in_its_turn_and_ends_it():
    def page() -> None:
        import streamlit as st

        from ui.shell.one_by_one import scripts

        st.text("has its turn" if scripts._has_turn() and scripts._holder else "has none")
        raise ValueError("the page fails")

    test = AppTest.from_function(page).run()
    assert test.text[0].value == "has its turn"
    assert test.exception
    assert one_by_one.scripts._holder is None
