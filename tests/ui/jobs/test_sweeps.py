"""Sweeps with workers that do as the test says; in a browser, with processes: tests/browser/test_sweep.py."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from queue import SimpleQueue

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Grid, Results, sweep
from core.sweeps.grid import Block
from core.sweeps.running import figures_of
from ui.jobs.memory import Memory
from ui.jobs.sweep import Sweep
from ui.jobs.sweeps import Sweeps
from ui.jobs.trainings import KILLED, LATE
from ui.jobs.turns import Turns
from ui.jobs.workers import ATTEMPTS

GUARD = 15  # seconds, after which a test that hangs fails
BASE = Experiment(DatasetSpec("moons", samples=50), hidden=(4,), epochs=1)
GRID = Grid({"layers": (1, 2), "activation": ("relu", "tanh")}, BASE, seeds=3)  # six blocks


class Office(Executor):
    """Workers that do nothing: the test takes the blocks, and completes them.  It is the people, too."""

    def __init__(self, at_once: int = 3) -> None:
        self.name, self.left = "Ann", set()
        self.blocks: SimpleQueue[tuple[Block, Future]] = SimpleQueue()
        self.turns = Turns(self, at_once, self)
        self.memory = Memory(90)
        self.sweeps = Sweeps(lambda: self.turns, self, lambda: self.memory)

    def asking(self) -> str:
        return self.name

    def is_here(self, visitor: str) -> bool:
        return visitor not in self.left

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        assert function is figures_of
        future: Future = Future()
        self.blocks.put((*args, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pass

    def next(self) -> tuple[Block, Future]:
        return self.blocks.get(timeout=GUARD)

    def finish(self, number: int) -> None:
        for _ in range(number):
            block, future = self.next()
            future.set_result(figures_of(block))


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.turns.shutdown()


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + GUARD
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def assert_same(results: Results, expected: Results) -> None:
    for name in ("test_accuracy", "test_loss", "curve", "done"):
        np.testing.assert_array_equal(getattr(results, name), getattr(expected, name))


def all_of(sweep: Sweep) -> Results:
    until(lambda: sweep.is_over)
    return sweep.shown(is_final=True)


def test_what_several_ask_for_is_trained_once_and_is_what_core_gives(office):
    blocks = len(GRID.blocks())
    assert blocks > 3
    first = office.sweeps.ask(GRID)
    office.name = "Ben"
    assert office.sweeps.ask(GRID) is office.sweeps.find(GRID) is first
    office.finish(blocks)
    assert_same(all_of(first), sweep(GRID, workers=1))
    assert office.blocks.empty()
    office.sweeps.ask(GRID)
    assert not first.under_way


def test_a_sweep_leaves_one_worker_free(office):
    office.sweeps.ask(GRID)
    held = [office.next(), office.next()]
    office.turns.submit(figures_of, held[0][0])
    office.finish(1)
    assert office.blocks.empty(), "the third worker is for short work"
    held[0][1].set_result(figures_of(held[0][0]))
    office.next()


def test_it_pauses_when_it_is_stopped_and_goes_on_where_it_was(office):
    ours = office.sweeps.ask(GRID)
    office.finish(1)
    until(lambda: ours.done)
    office.sweeps.stop(GRID)
    assert ours.is_stopped

    def has_paused() -> bool:
        """What had begun when it was stopped is finished: one block or two, as fast as the turns were."""
        office.finish(office.blocks.qsize())
        return not ours.under_way

    until(has_paused)
    so_far = ours.shown(is_final=True)
    assert so_far.done.sum() == ours.done < GRID.networks
    office.sweeps.ask(GRID)
    assert not ours.is_stopped
    left = len(so_far.missing())
    office.finish(left)
    assert_same(all_of(ours), sweep(GRID, workers=1))
    assert office.blocks.empty(), "nothing was trained twice"


def test_one_of_two_who_stops_it_does_not_stop_it_for_the_other(office):
    ours = office.sweeps.ask(GRID)
    office.name = "Ben"
    office.sweeps.ask(GRID)
    office.sweeps.stop(GRID)
    assert not ours.is_stopped
    office.finish(len(GRID.blocks()))
    all_of(ours)


@pytest.mark.parametrize("how", ["left", "asked for another", "late"])
def test_a_sweep_whose_visitor_is_gone_pauses_and_goes_on_when_it_is_asked_for_again(office, how):
    ours = office.sweeps.ask(GRID)
    held = [office.next(), office.next()]
    other = Grid({"activation": ("relu", "tanh")}, BASE, seeds=2)
    if how == "left":
        office.left.add("Ann")
    elif how == "late":
        ours.asked["Ann"] -= LATE + 1
    else:
        office.sweeps.ask(other)
    for block, future in held:
        future.set_result(figures_of(block))
    if how == "asked for another":
        office.finish(len(other.blocks()))
        all_of(office.sweeps.find(other))
    until(lambda: not ours.under_way)
    assert not ours.is_over
    assert office.blocks.empty()
    office.left.clear()
    office.sweeps.ask(GRID)
    office.finish(len(ours.shown(is_final=True).missing()))
    assert_same(all_of(ours), sweep(GRID, workers=1))


def test_killed_workers_lose_nothing_and_only_again_and_again_is_an_error(office):
    ours = office.sweeps.ask(GRID)
    office.next()[1].set_exception(BrokenExecutor())
    office.finish(len(GRID.blocks()))
    assert_same(all_of(ours), sweep(GRID, workers=1))
    killer = Grid({"activation": ("relu", "tanh")}, BASE, seeds=1)
    theirs = office.sweeps.ask(killer)
    for _ in range(ATTEMPTS):
        assert theirs.error is None
        office.next()[1].set_exception(BrokenExecutor())
    until(lambda: theirs.error)
    assert theirs.error == KILLED
    office.sweeps.try_again(killer)
    office.sweeps.ask(killer)
    office.finish(1)
    all_of(theirs)


def test_a_block_that_ends_its_worker_again_and_again_is_an_error_though_others_are_trained_meanwhile(office):
    ours = office.sweeps.ask(GRID)
    killer = GRID.blocks()[0]
    for _ in range(ATTEMPTS):
        assert ours.error is None
        block, future = office.next()
        while block != killer:
            future.set_result(figures_of(block))
            block, future = office.next()
        future.set_exception(BrokenExecutor())
    until(lambda: ours.error)
    assert ours.error == KILLED
    assert 0 < ours.done < GRID.networks


def test_an_error_is_said_and_the_rest_is_kept(office):
    ours = office.sweeps.ask(GRID)
    office.finish(1)
    office.next()[1].set_exception(MemoryError("none left"))
    until(lambda: ours.error)
    assert "none left" in ours.error
    until(lambda: ours.done)
    assert ours.shown(is_final=True).done.any()


def test_what_is_shown_changes_no_more_and_takes_few_steps(office):
    ours = office.sweeps.ask(GRID)
    before = ours.shown(is_final=False)
    office.finish(1)
    until(lambda: ours.done)
    after = ours.shown(is_final=False)
    assert not before.done.any()
    assert after.done.sum() == ours.done
    assert ours.shown(is_final=False) is after, "two who look at it see the same"
    office.finish(len(GRID.blocks()) - 1)
    all_of(ours)
    assert after.done.sum() < GRID.networks


def test_the_memory_gives_up_what_was_used_longest_ago_but_nothing_under_way(office):
    grids = [Grid({"activation": ("relu", "tanh")}, BASE, seeds=seeds) for seeds in (2, 3, 4)]
    for grid in grids[:2]:
        office.sweeps.ask(grid)
        office.finish(len(grid.blocks()))
        all_of(office.sweeps.find(grid))
    until(lambda: not any(office.sweeps.find(grid).under_way for grid in grids[:2]))
    sizes = [office.sweeps.find(grid).bytes for grid in grids[:2]]
    office.memory.limit = sum(sizes)  # from now on there is no room for a third
    under_way = office.sweeps.ask(grids[2])
    assert office.sweeps.find(grids[0]) is None
    assert office.sweeps.find(grids[2]) is under_way


def test_what_its_visitor_waits_for_is_trained_once_however_little_memory_there_is(office):
    """A page looks again when its sweep is over: if it were gone by then, it would be trained anew, without end."""
    office.memory.limit = 1
    ours = office.sweeps.ask(GRID)
    for _ in GRID.blocks():
        office.finish(1)
        assert office.sweeps.ask(GRID) is ours
    all_of(ours)
    assert office.sweeps.find(GRID) is ours
    office.name = "Ben"
    office.sweeps.ask(Grid({"l2": (0.0, 0.1)}, BASE, seeds=2))
    assert office.sweeps.find(GRID) is ours, "Ann looked at it just now"
    office.name = "Ann"
    office.sweeps.ask(Grid({"l2": (0.0, 0.2)}, BASE, seeds=2))
    assert office.sweeps.find(GRID) is None


def test_how_many_others_take_turns_and_about_how_long_it_takes(office):
    ours = office.sweeps.ask(GRID)
    alone = office.sweeps.seconds_left(ours)
    assert office.sweeps.others(ours) == 0
    office.name = "Ben"
    office.sweeps.ask(Grid({"activation": ("relu", "tanh")}, BASE, seeds=2))
    assert office.sweeps.others(ours) == 1
    assert office.sweeps.seconds_left(ours) == pytest.approx(2 * alone)
    assert alone == pytest.approx(GRID.seconds() / 2), "two of three workers"
