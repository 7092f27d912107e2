"""What a browser asks for while a page reads the address begins after that, in its order."""

import threading
import time

import pytest

from ui.shell.undisturbed import Undisturbed

GUARD = 30  # seconds


def nothing() -> None:
    """No other run has taken the place of this one."""


@pytest.fixture
def begun() -> list[str]:
    """The runs that have begun."""
    return []


@pytest.fixture
def ask(begun):
    """A function that has another run of a session wait for its turn, and gives its thread when it does."""

    def ask(runs: Undisturbed, session: str, name: str) -> threading.Thread:
        def run() -> None:
            runs.wait(session)
            begun.append(name)

        before = len(runs._of_session.get(session, ()))
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while thread.is_alive() and len(runs._of_session.get(session, ())) == before:
            time.sleep(0.001)
        return thread

    return ask


def test_others_of_the_session_begin_after_it_in_their_order(ask, begun):
    runs = Undisturbed()
    runs.begin("mine", nothing)
    threads = [ask(runs, "mine", str(number)) for number in range(5)]
    assert runs.is_mine
    assert begun == []
    runs.end()
    for thread in threads:
        thread.join(GUARD)
    assert begun == [*"01234"]
    assert not runs.is_mine
    assert not runs._of_session, "nothing is kept of a session"


def test_other_sessions_do_not_wait(ask, begun):
    runs = Undisturbed()
    runs.begin("mine", nothing)
    ask(runs, "theirs", "another").join(GUARD)
    assert begun == ["another"]


def test_a_run_whose_place_was_taken_ends_and_holds_up_nobody(ask, begun):
    after = []

    def is_over() -> None:
        after.append(ask(runs, "mine", "the one after"))
        assert begun == []
        raise StopIteration

    runs = Undisturbed()
    with pytest.raises(StopIteration):
        runs.begin("mine", is_over)
    assert not runs.is_mine
    after[0].join(GUARD)
    assert begun == ["the one after"]


def test_a_run_is_silent_where_it_is_asked_to_and_no_longer():
    runs = Undisturbed()
    assert not runs.is_silent
    runs.begin("mine", nothing, silent=True)
    assert runs.is_silent
    runs.speak()
    assert not runs.is_silent
    runs.begin("mine", nothing, silent=True)
    runs.end()
    assert not runs.is_silent
    runs.begin("mine", nothing)
    assert not runs.is_silent
    runs.end()
    assert not runs._of_session
