"""The queue of turns, with workers and a clock that do as the test says; with trainings: test_trainings.py."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from heapq import heappop, heappush
from itertools import count
from queue import SimpleQueue

import pytest

from ui.jobs.job import MOST_SECONDS, PART_SECONDS, SHORTER
from ui.jobs.limits import OWN
from ui.jobs.turns import SHORT, TOO_LATE, USUAL, Turns
from ui.jobs.workers import Here

GUARD = 15  # seconds, after which a test that hangs fails
# Seconds of a worker for the default page, as docs/architecture.md has them: its training, then its two drawings.
TRAINING, DRAWING = 0.045, 0.0285
VISITS = 100  # of that page
LATER = 0.0077  # seconds by which each comes later after the one before, so that they meet others' tasks at all stages


class Office(Executor):
    """Workers, people and a clock.  Tasks are names; the test takes those that have begun, and lets them take time."""

    def __init__(self, at_once: int = 1) -> None:
        self.name, self.left, self.now, self.replaced = "", set(), 0.0, SimpleQueue()
        self._begun: SimpleQueue[tuple[str, Future]] = SimpleQueue()
        self.turns = Turns(self, at_once, self, replace=lambda: self.replaced.put(True), clock=lambda: self.now)

    def asking(self) -> str:
        return self.name

    def is_here(self, visitor: str) -> bool:
        return visitor not in self.left

    def submit(self, function, /, *args, **settings) -> Future:
        future: Future = Future()
        self._begun.put((*args, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pass

    def ask(self, visitor: str, *tasks: str, seconds: float | None = None) -> list[Future]:
        """A visitor's short tasks or, if it is said how long they take, parts."""
        self.name = visitor
        if seconds is None:
            return [self.turns.submit(str, task) for task in tasks]
        return [self.turns.submit_part(seconds, None, str, task) for task in tasks]

    def begun(self) -> tuple[str, Future]:
        return self._begun.get(timeout=GUARD)

    def done(self, *names: str, seconds: float = 1.0) -> None:
        """The next ones to begin are these, in this order, and each takes so many seconds."""
        for name in names:
            begun, future = self.begun()
            assert begun == name
            self.now += seconds
            future.set_result(name)

    @property
    def idle(self) -> bool:
        return self._begun.empty()


class Afternoon(Executor):
    """Workers, people and a clock, all in the test's thread: each task takes the seconds that it is asked with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at_once: int = 2) -> None:
        self.name, self.now = "", 0.0
        self._ends: list[tuple[float, int, Future]] = []
        self._numbers = count()
        monkeypatch.setattr("ui.jobs.turns.again_and_again", lambda _name, go_on: setattr(self, "_go_on", go_on))
        self.turns = Turns(self, at_once, self, clock=lambda: self.now)

    def asking(self) -> str:
        return self.name

    def is_here(self, visitor: str) -> bool:
        return True

    def submit(self, _function, seconds: float) -> Future:
        future: Future = Future()
        heappush(self._ends, (self.now + seconds, next(self._numbers), future))
        return future

    def draw(self, visitor: str, seconds: float) -> Future:
        self.name = visitor
        future = self.turns.submit(float, seconds)
        self._go_on()
        return future

    def train(self, visitor: str, seconds: float, expected: float) -> Future:
        """One part of a training."""
        self.name = visitor
        future = self.turns.submit_part(expected, None, float, seconds)
        self._go_on()
        return future

    def again_and_again(self, ask, *args) -> None:
        """Asks for the same whenever it is done."""
        ask(*args).add_done_callback(lambda _: self.again_and_again(ask, *args))

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while self._ends and self._ends[0][0] <= end:
            self._end_next()
        self.now = end

    def visit(self, visitor: str) -> float:
        """How long the default page takes: each of its tasks is asked for when the one before is done."""
        start = self.now
        for ask, *args in ((self.train, TRAINING, PART_SECONDS), (self.draw, DRAWING), (self.draw, DRAWING)):
            future = ask(visitor, *args)
            while not future.done():
                self._end_next()
        return self.now - start

    def _end_next(self) -> None:
        self.now, _, future = heappop(self._ends)
        future.set_result(None)
        self._go_on()


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.turns.shutdown()


@pytest.fixture
def two_workers() -> Iterator[Office]:
    office = Office(2)
    yield office
    office.turns.shutdown()


def test_visitors_take_turns_and_each_ones_tasks_keep_their_order(office):
    office.ask("Ann", "a1", "a2", "a3", "a4")
    office.ask("Ben", "b1", "b2")
    office.ask("Cem", "c1", "c2", "c3")
    office.done("a1", "b1", "c1", "a2", "b2", "c2", "a3", "c3", "a4")


def test_who_comes_waits_for_one_task_of_each_other_visitor_at_most(office):
    for number in range(20):
        office.ask(f"busy {number}", *[f"busy {number}"] * 5)
    for _ in range(30):
        _, future = office.begun()
        office.now += 1
        future.set_result(None)
    office.ask("new", "new")
    before = []
    while (begun := office.begun())[0] != "new":
        before.append(begun[0])
        office.now += 1
        begun[1].set_result(None)
    assert len(before) <= 20
    assert len(before) == len(set(before)), "nobody had two turns before"


def test_turns_are_of_time_so_short_tasks_are_not_kept_behind_long_ones(office):
    office.ask("Ann", "long 1", "long 2", "long 3")
    office.ask("Ben", *(f"short {number}" for number in range(4)))
    office.done("long 1", seconds=2.0)
    office.done("short 0", "short 1", "short 2", "short 3", seconds=0.5)
    office.done("long 2", "long 3", seconds=2.0)


def test_time_that_was_not_used_is_not_saved_up(office):
    office.ask("Ann", *["a"] * 7)
    office.done("a", "a", "a", "a")
    _, future = office.begun()
    office.ask("Ben", "b", "b", "b")
    office.now += 1
    future.set_result(None)
    office.done("b", "a", "b", "a", "b")  # and not all of Ben's first, who had nothing until now


def test_short_tasks_and_parts_begin_alternately(office):
    """A page that draws is not kept behind the trainings of twenty others, nor are they behind it."""
    for number in range(4):
        office.ask(f"trains {number}", f"part {number}", seconds=USUAL)
    name, future = office.begun()
    assert name == "part 0"
    office.ask("Ann", "a1", "a2", "a3")
    office.now += 1
    future.set_result(None)
    office.done("a1", "part 1", "a2", "part 2", "a3", "part 3")


def test_what_several_wait_for_is_done_once_at_the_first_ones_turn(office):
    office.ask("Ann", "a1", "a2", "a3")
    office.ask("Ben", "b1")
    office.turns.submit_part(USUAL, lambda: ["Ann", "Cem", "Dan"], str, "shared")
    office.done("a1", "shared", "b1", "a2", "a3")
    assert office.idle


def test_one_visitor_has_one_part_at_the_workers_and_the_other_worker_is_free(two_workers):
    office = two_workers
    office.ask("Ann", "a1", "a2", seconds=USUAL)
    name, first = office.begun()
    assert name == "a1"
    office.ask("Ben", "b1")
    assert office.begun()[0] == "b1", "the second part of Ann's does not take the place"
    first.set_result(None)
    assert office.begun()[0] == "a2"


def test_a_second_worker_is_for_those_whom_nobody_keeps_waiting(two_workers):
    office = two_workers
    office.ask("Ann", "a1", "a2")
    (_, first), (_, second) = office.begun(), office.begun()
    office.ask("Ann", "a3")
    office.ask("Ben", "b1", "b2")
    office.now += 1
    first.set_result(None)
    assert office.begun()[0] == "b1"
    second.set_result(None)
    assert office.begun()[0] == "a3"


@pytest.mark.parametrize("part", [SHORTER, MOST_SECONDS])
def test_who_asks_for_the_costliest_again_and_again_slows_others_by_a_factor_of_2_at_most(monkeypatch, part):
    """Though he keeps all trainings under way that he may, and his own page is drawn all the time."""
    alone = Afternoon(monkeypatch).visit("Ann")
    afternoon = Afternoon(monkeypatch)
    for _ in range(OWN.trainings):
        afternoon.again_and_again(afternoon.train, "Ben", part, part)
    afternoon.again_and_again(afternoon.draw, "Ben", DRAWING)
    beside = []
    for number in range(VISITS):
        afternoon.wait(number * LATER)
        beside.append(afternoon.visit("Ann"))
    assert max(beside) <= 2 * alone


def test_long_tasks_leave_a_worker_free(two_workers):
    office = two_workers
    office.ask("Ann", "long a", seconds=2 * SHORT)
    _, long = office.begun()
    office.ask("Ben", "long b", seconds=2 * SHORT)
    office.ask("Cem", "c1", "c2")
    office.done("c1", "c2", seconds=0.1)
    assert office.idle
    long.set_result(None)
    office.done("long b")


def test_those_that_are_one_of_many_take_all_workers_but_one_and_keep_no_other_part_waiting():
    office = Office(3)
    office.name = "Ann"
    for number in range(5):
        office.turns.submit_one_of_many(USUAL, lambda: ["Ann"], str, f"block {number}")
    (_, first), (_, second) = office.begun(), office.begun()
    office.ask("Ann", "her training", seconds=USUAL)
    office.done("her training")
    assert office.idle
    second.set_result(None)
    name, third = office.begun()
    assert name == "block 2"
    office.ask("Ben", "b1", "b2")
    office.done("b1", "b2")
    for future in (first, third):
        future.set_result(None)
    assert {office.begun()[0], office.begun()[0]} == {"block 3", "block 4"}
    office.turns.shutdown()


def test_what_nobody_waits_for_any_more_is_dropped(office):
    office.ask("Ann", "a1")
    (left,) = office.ask("Ben", "b1")
    waiting = ["Cem"]
    abandoned = office.turns.submit_part(USUAL, lambda: waiting, str, "part")
    office.ask("Dan", "d1")
    office.left.add("Ben")
    waiting.clear()
    office.done("a1", "d1")
    assert office.idle
    for future in (left, abandoned):
        assert future.cancelled()


def test_a_task_that_was_cancelled_is_not_begun(office):
    office.ask("Ann", "a1")
    (cancelled,) = office.ask("Ben", "b1")
    office.ask("Cem", "c1")
    assert cancelled.cancel()
    office.done("a1", "c1")


@pytest.mark.parametrize("error", [ValueError("wrong"), BrokenExecutor(), KeyboardInterrupt()])
def test_errors_come_back_and_the_next_one_begins(office, error):
    first, _ = office.ask("Ann", "a1", "a2")
    office.begun()[1].set_exception(error)
    assert first.exception(GUARD) is error
    office.done("a2")


def test_workers_that_cancel_or_take_nothing_are_an_error(office, monkeypatch):
    first, second, third = office.ask("Ann", "a1", "a2", "a3")
    with monkeypatch.context() as patch:
        _, future = office.begun()
        patch.setattr(office, "submit", lambda *args: (_ for _ in ()).throw(BrokenExecutor("none")))
        future.cancel()
        assert isinstance(first.exception(GUARD), CancelledError)
        assert isinstance(second.exception(GUARD), BrokenExecutor)
        assert isinstance(third.exception(GUARD), BrokenExecutor)


def test_a_task_that_does_not_come_back_has_the_workers_replaced_once(office, monkeypatch):
    monkeypatch.setattr("ui.jobs.turns.LOOK_AGAIN", 0.01)
    (lost,) = office.ask("Ann", "a1")
    _, future = office.begun()
    office.now += TOO_LATE + 4 * USUAL - 0.1
    office.ask("Ben", "b1")  # it looks, and waits
    office.now += 0.2
    office.ask("Ben", "b2")
    assert office.replaced.get(timeout=GUARD)
    future.set_exception(BrokenExecutor())
    assert isinstance(lost.exception(GUARD), BrokenExecutor)
    office.done("b1", "b2")
    assert office.replaced.empty()


def test_without_processes_tasks_are_done_here_one_after_the_other():
    class People:
        asking, is_here = staticmethod(lambda: "Ann"), staticmethod(lambda visitor: True)

    turns = Turns(Here(), 1, People())
    assert [future.result(GUARD) for future in [turns.submit(abs, -number) for number in range(20)]] == [*range(20)]
    turns.shutdown()
