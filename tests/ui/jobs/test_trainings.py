"""Trainings with executors that do as the test says; with worker processes: test_workers.py."""

import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from itertools import count
from queue import SimpleQueue
from threading import Barrier, Event, Thread
from types import SimpleNamespace

import pytest

from core import DatasetSpec, Experiment, Run, train
from core.train.parts import Part, advance
from tests.core.train.test_parts import assert_same_bits
from ui.jobs import job as parts
from ui.jobs import limits
from ui.jobs import trainings as module
from ui.jobs.job import Job
from ui.jobs.trainings import Place, Trainings
from ui.jobs.turns import Turns
from ui.jobs.workers import ATTEMPTS, Here

MOONS = DatasetSpec("moons", samples=100, seed=1)
LONG = Experiment(MOONS, (Run("relu"), Run("tanh")), epochs=6)
GUARD = 15  # seconds, after which a test that hangs fails


@dataclass
class Submission:
    future: Future
    experiment: Experiment
    state: bytes | None
    seconds: float

    def train(self, seconds: float = 0) -> Part:
        """Completes it: an epoch of it, unless there is more time."""
        part = advance(self.experiment, self.state, seconds)
        self.future.set_result(part)
        return part


class ByHand(Executor):
    """Does nothing: the test takes the submissions, in their order, and completes them."""

    def __init__(self) -> None:
        self._submitted: SimpleQueue[Submission] = SimpleQueue()

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        assert function is advance and not settings
        submission = Submission(Future(), *args)
        self._submitted.put(submission)
        return submission.future

    def next(self) -> Submission:
        return self._submitted.get(timeout=GUARD)

    @property
    def idle(self) -> bool:
        return self._submitted.empty()


class People:
    """Everybody who asks is another one, unless the test says who it is; all are there, unless it says who has left."""

    def __init__(self) -> None:
        self._numbers = count()
        self.name: str | None = None
        self.left: set[str] = set()

    def asking(self) -> str:
        return self.name or f"visitor {next(self._numbers)}"

    def is_here(self, visitor: str) -> bool:
        return visitor not in self.left


def with_workers(executor: Executor, people: People | None = None, at_once: int = 100, **settings) -> Trainings:
    """Trainings by an executor that has so many workers, whose work takes no time: whose turn it is does not depend on
    how busy this machine is."""
    people = people or People()
    turns = Turns(executor, at_once, people, clock=lambda: 0.0)
    return Trainings(lambda: turns, people, **settings)


@pytest.fixture
def by_hand() -> ByHand:
    return ByHand()


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def trainings(by_hand, people) -> Trainings:
    return with_workers(by_hand, people)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + GUARD
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.001)


def asked_at_once(trainings: Trainings, experiment: Experiment, people: int) -> list[Job]:
    start, jobs = Barrier(people), []

    def ask() -> None:
        start.wait(GUARD)
        jobs.append(trainings.ask(experiment))

    threads = [Thread(target=ask) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(GUARD)
    return jobs


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_what_is_trained_here_is_what_train_gives(monkeypatch, seconds):
    monkeypatch.setattr(parts, "PART_SECONDS", seconds)
    trainings = with_workers(Here())
    job = trainings.ask(LONG)
    assert job.wait(GUARD)
    assert job.epoch == 6
    assert job.error is None
    assert_same_bits(job.history, train(LONG))
    assert trainings.ask(LONG) is job


def test_thirty_who_ask_at_once_wait_for_one_training(trainings, by_hand):
    jobs = asked_at_once(trainings, LONG, people=30)
    assert len(jobs) == 30
    assert len(set(map(id, jobs))) == 1
    submission = by_hand.next()
    assert by_hand.idle
    assert submission.experiment == LONG
    assert submission.state is None
    assert not jobs[0].wait(0)
    submission.train(GUARD)
    assert jobs[0].wait(GUARD)
    assert_same_bits(jobs[0].history, train(LONG))
    asked_at_once(trainings, LONG, people=30)
    assert by_hand.idle, "what is trained is not trained again"


def test_a_job_goes_on_from_part_to_part_to_its_end(trainings, by_hand):
    job = trainings.ask(LONG)
    assert job.epoch == 0
    assert job.history is None
    state = None
    for epoch in range(1, 7):
        submission = by_hand.next()
        assert submission.state == state
        assert submission.seconds == parts.PART_SECONDS
        state = submission.train().state
        until(lambda epoch=epoch: job.epoch == epoch)
    assert job.wait(GUARD)
    assert by_hand.idle
    assert_same_bits(job.history, train(LONG))


def test_two_experiments_take_turns(trainings, by_hand):
    trainings.ask(LONG)
    trainings.ask(replace(LONG, seed=1))
    seeds = []
    for _ in range(6):
        submission = by_hand.next()
        seeds.append(submission.experiment.seed)
        submission.train()
        until(lambda: not by_hand.idle)
    assert sorted(seeds[:2]) == sorted(seeds[2:4]) == sorted(seeds[4:]) == [0, 1]


def test_a_broken_executor_is_tried_again_from_the_last_part(trainings, by_hand):
    job = trainings.ask(LONG)
    part = by_hand.next().train()
    for _ in range(ATTEMPTS - 1):
        submission = by_hand.next()
        assert submission.state == part.state
        submission.future.set_exception(BrokenExecutor("a process was killed"))
    part = by_hand.next().train()  # it has got on: the failures before are forgiven
    for _ in range(ATTEMPTS - 1):
        by_hand.next().future.set_exception(BrokenExecutor("a process was killed"))
    submission = by_hand.next()
    assert submission.state == part.state
    submission.train(GUARD)
    assert job.wait(GUARD)
    assert job.error is None
    assert_same_bits(job.history, train(LONG))


def test_an_executor_that_breaks_again_and_again_ends_the_job_until_it_is_forgotten(trainings, by_hand):
    job = trainings.ask(LONG)
    by_hand.next().train()
    for _ in range(ATTEMPTS):
        assert not job.wait(0)
        by_hand.next().future.set_exception(BrokenExecutor("a process was killed"))
    assert job.wait(GUARD)
    assert job.error == module.KILLED
    assert job.history is None
    assert trainings.ask(LONG) is job
    assert by_hand.idle, "asking alone does not try it again"

    trainings.forget(LONG)
    again = trainings.ask(LONG)
    assert again is not job
    by_hand.next().train(GUARD)
    assert again.wait(GUARD)
    assert again.error is None
    assert_same_bits(again.history, train(LONG))


def test_an_executor_that_takes_nothing_is_tried_as_often():
    tried = []

    def broken() -> Executor:
        tried.append(1)
        raise BrokenExecutor("no process can be started")

    job = Trainings(broken).ask(LONG)
    assert job.wait(GUARD)
    assert len(tried) == ATTEMPTS
    assert job.error


@pytest.mark.parametrize("error", [ValueError("something is wrong"), MemoryError("too much"), KeyboardInterrupt()])
def test_any_other_error_is_the_jobs_and_the_others_go_on(trainings, by_hand, error):
    job, other = trainings.ask(LONG), trainings.ask(replace(LONG, seed=1))
    first, second = by_hand.next(), by_hand.next()
    first.future.set_exception(error)
    assert job.wait(GUARD)
    assert job.error == repr(error)
    second.train(GUARD)
    assert other.wait(GUARD)
    assert other.error is None
    assert by_hand.idle


def test_a_computation_that_is_cancelled_is_an_error_too(trainings, by_hand):
    job, other = trainings.ask(LONG), trainings.ask(replace(LONG, seed=1))
    assert by_hand.next().future.cancel()
    assert job.wait(GUARD)
    assert "Cancelled" in job.error
    by_hand.next().train(GUARD)
    assert other.wait(GUARD)


def test_what_train_refuses_here_is_the_jobs_error(monkeypatch):
    def refuse(experiment, state, seconds):
        raise ValueError("not this one")

    monkeypatch.setattr(module, "advance", refuse)
    job = with_workers(Here()).ask(LONG)
    assert job.wait(GUARD)
    assert job.error == "ValueError('not this one')"


def test_more_epochs_go_on_from_where_fewer_ended(trainings, by_hand):
    shorter = trainings.ask(LONG)
    state = by_hand.next().train(GUARD).state
    assert shorter.wait(GUARD)
    longer = trainings.ask(replace(LONG, epochs=15))
    assert longer.epoch == 6
    assert longer.history is None
    submission = by_hand.next()
    assert submission.state == state
    submission.train(GUARD)
    assert longer.wait(GUARD)
    assert_same_bits(longer.history, train(replace(LONG, epochs=15)))
    assert shorter.history.epochs[-1] == 6


def test_a_job_starts_from_the_farthest_part_that_is_not_beyond_its_end(trainings, by_hand):
    states = {}
    for epochs in (2, 4, 9):
        job = trainings.ask(replace(LONG, epochs=epochs))
        states[epochs] = by_hand.next().train(GUARD).state
        assert job.wait(GUARD)
    for other in ({"seed": 1}, {"runs": (Run("relu"),)}, {"dataset": replace(MOONS, seed=2)}):
        trainings.ask(replace(LONG, **other))
        assert by_hand.next().state is None, "another experiment"
    trainings.ask(replace(LONG, epochs=8))
    assert by_hand.next().state == states[4]
    trainings.ask(replace(LONG, epochs=1))
    assert by_hand.next().state is None


def test_fewer_epochs_start_from_what_more_have_come_to(trainings, by_hand):
    longer = trainings.ask(LONG)
    state = by_hand.next().train().state
    until(lambda: longer.epoch == 1)
    by_hand.next()
    shorter = trainings.ask(replace(LONG, epochs=3))
    submission = by_hand.next()
    assert submission.state == state
    submission.train(GUARD)
    assert shorter.wait(GUARD)
    assert_same_bits(shorter.history, train(replace(LONG, epochs=3)))


def test_a_training_nobody_asks_for_pauses_and_goes_on_when_somebody_does(monkeypatch, trainings, by_hand):
    job = trainings.ask(LONG)
    submission = by_hand.next()
    monkeypatch.setattr(module, "LATE", -1.0)  # whatever time it is, it is over
    state = submission.train().state
    until(lambda: not job.running)
    assert by_hand.idle
    assert not job.wait(0)
    assert job.error is None

    monkeypatch.setattr(module, "LATE", float(GUARD))
    assert trainings.ask(LONG) is job
    submission = by_hand.next()
    assert submission.state == state
    submission.train()
    by_hand.next().train(GUARD)  # it goes on by itself
    assert job.wait(GUARD)
    assert_same_bits(job.history, train(LONG))


@pytest.fixture
def now(monkeypatch) -> list[float]:
    """The time, for the test to move."""
    now = [100.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_asking_keeps_a_training_going(trainings, by_hand, people, now):
    people.name = "Ann"
    job = trainings.ask(LONG)
    now[0] += 0.9 * module.LATE
    trainings.ask(LONG)
    now[0] += 0.9 * module.LATE  # since the first time, but not since the last
    submission = by_hand.next()
    assert by_hand.idle, "it is running, and not submitted twice"
    submission.train()
    submission = by_hand.next()
    now[0] += 0.2 * module.LATE
    submission.train()
    until(lambda: not job.running)
    assert by_hand.idle
    assert job.epoch == 2


def test_a_training_pauses_sooner_for_who_has_asked_for_another_since(trainings, by_hand, people, now):
    people.name = "Ann"
    other = trainings.ask(replace(LONG, seed=1))
    submission = by_hand.next()
    now[0] += 0.1
    job = trainings.ask(LONG)
    now[0] += 1.1 * module.PATIENCE
    assert submission.experiment == other.experiment
    submission.train()
    until(lambda: not other.running)
    by_hand.next().train()
    until(lambda: job.epoch == 1)
    assert job.running, "the page of a loaded server may just be late"


def test_a_training_whose_visitors_have_left_pauses_at_once_unless_another_waits(trainings, by_hand, people):
    jobs = {}
    for people.name in ("Ann", "Ben"):
        jobs[people.name] = trainings.ask(replace(LONG, seed=len(jobs)))
    people.name = "Cem"
    trainings.ask(jobs["Ben"].experiment)
    submissions = [by_hand.next(), by_hand.next()]
    people.left |= {"Ann", "Ben"}
    for submission in submissions:
        submission.train()
    until(lambda: not jobs["Ann"].running)
    assert by_hand.next().experiment == jobs["Ben"].experiment
    assert jobs["Ann"].epoch == 1


def test_a_training_that_waits_for_its_turn_is_not_begun_once_its_visitor_has_left(by_hand, people):
    trainings = with_workers(by_hand, people, at_once=1)
    jobs = {}
    for people.name in ("Ann", "Ben", "Cem"):
        jobs[people.name] = trainings.ask(replace(LONG, seed=len(jobs)))
    people.left.add("Ben")
    by_hand.next().train(GUARD)
    assert by_hand.next().experiment == jobs["Cem"].experiment
    until(lambda: not jobs["Ben"].running)
    assert jobs["Ben"].error is None
    people.left.clear()
    people.name = "Ben"
    assert trainings.ask(jobs["Ben"].experiment) is jobs["Ben"], "it is taken up again"
    assert jobs["Ben"].running


def test_trainings_of_one_visitor_take_turns_and_a_bounded_number_of_them_is_under_way(by_hand, people):
    trainings = with_workers(by_hand, people)
    people.name, most = "Ann", limits.limits().trainings
    jobs = [trainings.ask(replace(LONG, seed=seed)) for seed in range(most + 2)]
    turns = []
    for _ in range(2 * most):
        submission = by_hand.next()
        assert by_hand.idle, "one at a time"
        turns.append(submission.experiment.seed)
        submission.train()
    until(lambda: sum(job.running for job in jobs) <= most)
    assert not any(job.running for job in jobs[1:2]), "the ones that were asked for first pause"
    assert set(turns[-most:]) == set(range(2, most + 2))


def test_the_place_says_how_many_are_done_before_and_when(by_hand, people):
    trainings = with_workers(by_hand, people, at_once=2)
    jobs = [trainings.ask(replace(LONG, epochs=epochs)) for epochs in (20, 500, 100)]
    needs = [job.seconds for job in jobs]
    assert trainings.place(jobs[0]) == Place(2, 0, pytest.approx(1.5 * needs[0]))
    assert trainings.place(jobs[1]) == Place(2, 2, pytest.approx(max(needs[1], sum(needs) / 2)))
    assert trainings.place(jobs[2]) == Place(2, 1, pytest.approx((needs[0] + 2 * needs[2]) / 2))


def test_others_may_ask_while_it_is_found_who_waits(trainings, by_hand, people):
    """The turns look without the lock."""
    trainings.ask(LONG)
    job = trainings.ask(replace(LONG, seed=1))
    people.is_here = lambda visitor: bool(trainings.ask(LONG))
    assert trainings.place(job).others == 1


def test_whatever_goes_wrong_when_a_part_is_back_the_next_one_is_dealt_with(trainings, by_hand, monkeypatch, caplog):
    def wrong() -> list[Job]:
        monkeypatch.undo()
        raise RuntimeError("something is wrong")

    trainings.ask(LONG)
    monkeypatch.setattr(trainings, "_those_with_room", wrong)
    by_hand.next().train(GUARD)
    until(lambda: "something is wrong" in caplog.text)
    job = trainings.ask(replace(LONG, seed=1))
    by_hand.next().train(GUARD)
    assert job.wait(GUARD)
    assert job.error is None


def test_trainings_that_need_all_of_the_memory_wait_for_one_another_and_small_ones_pass(by_hand):
    large = [replace(LONG, epochs=2000, hidden=(64, 64), seed=seed) for seed in range(2)]
    trainings = with_workers(by_hand, megabytes=1.5 * large[0].megabytes())
    for experiment in (*large, LONG):
        trainings.ask(experiment)
    first, small = by_hand.next(), by_hand.next()
    assert [first.experiment, small.experiment] == [large[0], LONG]
    small.train(GUARD)
    first.future.set_exception(ValueError("over"))
    assert by_hand.next().experiment == large[1]


def test_many_large_trainings_leave_memory_for_small_ones(by_hand):
    large = [replace(LONG, epochs=2000, hidden=(64, 64), seed=seed) for seed in range(4)]
    trainings = with_workers(by_hand, megabytes=4 * large[0].megabytes())
    for experiment in (*large, LONG):
        trainings.ask(experiment)
    assert [by_hand.next().experiment for _ in range(4)] == [*large[:3], LONG]
    assert by_hand.idle


def test_a_training_that_needs_most_of_the_memory_starts_beside_small_ones(by_hand):
    large = replace(LONG, epochs=2000, hidden=(64, 64))
    trainings = with_workers(by_hand, megabytes=1.2 * large.megabytes())
    for experiment in (LONG, large):
        trainings.ask(experiment)
    assert [by_hand.next().experiment for _ in range(2)] == [LONG, large]


def test_old_trainings_go_when_memory_is_short():
    def trained(trainings: Trainings, seed: int) -> Job:
        job = trainings.ask(replace(LONG, seed=seed))
        assert job.wait(GUARD)
        return job

    one = trained(with_workers(Here()), seed=0)
    assert one.megabytes >= one.history.flat_parameters.nbytes / 1e6
    trainings = with_workers(Here(), megabytes=2.5 * one.megabytes)
    jobs = [trained(trainings, seed) for seed in (0, 1)]
    assert trained(trainings, seed=0) is jobs[0], "there is room for two; and now the other one is older"
    jobs.append(trained(trainings, seed=2))
    assert trained(trainings, seed=0) is jobs[0]
    assert trained(trainings, seed=2) is jobs[2]
    assert trained(trainings, seed=1) is not jobs[1]
    assert jobs[1].history is not None, "whoever has it may keep it"


def test_running_trainings_stay_and_so_does_the_last_that_was_asked_for(by_hand, monkeypatch):
    monkeypatch.setattr(Experiment, "megabytes", lambda experiment: 0.0)  # which they need to start
    trainings = with_workers(by_hand, megabytes=0)
    running = trainings.ask(LONG)
    by_hand.next().train()
    held = by_hand.next()  # the second epoch is under way
    done = []
    for seed in (1, 2):
        done.append(trainings.ask(replace(LONG, seed=seed)))
        by_hand.next().train(GUARD)
        assert done[-1].wait(GUARD)
    held.train()
    held = by_hand.next()
    assert trainings.ask(replace(LONG, seed=2)) is done[1]
    assert trainings.ask(LONG) is running
    assert by_hand.idle
    assert trainings.ask(replace(LONG, seed=1)) is not done[0]
    held.train(GUARD)
    assert running.wait(GUARD)
    assert_same_bits(running.history, train(LONG))


@pytest.mark.parametrize("slow_part", [1, 2])
def test_nobody_who_asks_waits_while_a_part_is_submitted_for_another(monkeypatch, slow_part):
    """Processes take a second to start, and without processes submitting is computing.  The first part is submitted by
    who asks, the second by the thread that deals with the first."""
    monkeypatch.setattr(parts, "PART_SECONDS", 0.0)
    monkeypatch.setattr(parts, "HANDOVERS", 0)
    submitted, entered, gate = [], Event(), Event()

    class Slow(Here):
        def submit(self, function, /, *args, **settings):
            submitted.append(args)
            if len(submitted) == slow_part:
                entered.set()
                gate.wait(GUARD)
            return super().submit(function, *args, **settings)

    trainings, jobs = with_workers(Slow()), []
    first, second = (Thread(target=lambda: jobs.append(trainings.ask(LONG))) for _ in range(2))
    first.start()
    assert entered.wait(GUARD)
    second.start()
    second.join(GUARD / 2)
    came_through = not second.is_alive()
    gate.set()
    first.join(GUARD)
    assert came_through
    assert jobs[0] is jobs[1]
    assert jobs[0].wait(GUARD)
    assert len(submitted) == 6


def test_whose_fault_a_broken_pool_is_is_found_and_the_others_are_trained(trainings, by_hand):
    """All that is in the pool when it breaks is lost.  The bad one breaks it whenever it is in there."""
    bad, *good = (replace(LONG, seed=seed) for seed in range(6))
    jobs = {experiment: trainings.ask(experiment) for experiment in (bad, *good)}
    for _ in range(100):
        in_the_pool = [by_hand.next()]
        while not by_hand.idle:
            in_the_pool.append(by_hand.next())
        breaks = any(submission.experiment == bad for submission in in_the_pool)
        for submission in in_the_pool:
            if breaks:
                submission.future.set_exception(BrokenExecutor())
            else:
                submission.train(seconds=GUARD)
        until(lambda: not by_hand.idle or all(job.wait(0) for job in jobs.values()))
        if all(job.wait(0) for job in jobs.values()):
            break
    assert jobs[bad].error == module.KILLED
    assert [jobs[experiment].error for experiment in good] == [None] * 5
    assert all(jobs[experiment].epoch == 6 for experiment in good)


def test_what_takes_long_to_hand_over_goes_in_longer_parts(trainings, by_hand):
    trainings.ask(LONG)
    first = by_hand.next()
    assert first.seconds == parts.PART_SECONDS
    part = advance(LONG, None, 0)
    first.future.set_result(replace(part, handover=0.1))
    second = by_hand.next()
    assert second.seconds == pytest.approx(1.0)
    second.future.set_result(replace(part, handover=10.0))
    assert by_hand.next().seconds == parts.MOST_SECONDS, "others wait for their turn"


def test_what_takes_several_parts_anyway_goes_in_shorter_ones(trainings, by_hand):
    trainings.ask(replace(LONG, epochs=2000, hidden=(64, 64, 64)))
    assert by_hand.next().seconds == parts.SHORTER
