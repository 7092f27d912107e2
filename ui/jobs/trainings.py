"""Trainings under way and done, shared by all who ask for them.

An experiment is trained once, however many people ask for it, in parts, so that a long one does not keep the short ones
waiting: visitors take turns (`ui.jobs.turns`).  It goes on as long as somebody waits for it: a page that was closed, or
shows something else by now, does not.  Knows nothing of Streamlit.
"""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue

from core import Experiment
from core.train.parts import Part, advance
from ui.jobs import limits
from ui.jobs.job import Job
from ui.jobs.threads import again_and_again
from ui.jobs.turns import People, Turns
from ui.jobs.visitors import VISITORS
from ui.jobs.workers import ATTEMPTS, executor
from ui.shell.language import N_

PATIENCE = 2.0  # seconds without being asked for by a visitor, after which they do not wait for a training any more
LATE = 10.0  # the same where they have asked for nothing else since: the pages of a loaded server ask late
SMALL = 1 / 15  # of the memory, which a training needs at most that may take the last of it: 3 MB of a server's 45
FOR_SMALL = 0.25  # of the memory, which the others leave: or else those who want little wait until they are done
MANY = 1000  # visitors, after which those who have left are forgotten

KILLED = N_("the process that trained it was stopped from outside several times")


@dataclass(frozen=True)
class Place:
    """Where a training stands among those that take turns: how many `others` there are, how many of them are expected
    to be done `before` it, and in about how many `seconds` it is done itself."""

    others: int
    before: int
    seconds: float


class Trainings:
    """Jobs by experiment; the ones that were not asked for longest go when they take too much memory, and new ones are
    held back while those under way may need all of it."""

    def __init__(
        self, workers: Callable[[], Turns] = executor, people: People = VISITORS, megabytes: float = math.inf
    ) -> None:
        self._workers, self._people, self._megabytes = workers, people, megabytes
        self._jobs: OrderedDict[Experiment, Job] = OrderedDict()
        self._last: dict[str, float] = {}  # when each visitor asked for anything
        self._held: list[Job] = []  # back, until there is memory for them
        self._lock = threading.Lock()  # never held while something is submitted: that may take its time
        # All that is with the workers when they break is lost.  Whose fault it was is found by trying again one by one.
        self._on_the_way: set[Job] = set()
        self._suspects: deque[Job] = deque()
        self._tested: Job | None = None
        # Futures are dealt with in a thread of their own: the one that brings the results must not wait for a new pool.
        self._landed: SimpleQueue[tuple[Job, Future]] = SimpleQueue()
        again_and_again("trainings", self._go_on)

    def ask(self, experiment: Experiment) -> Job:
        """The job of an experiment, started if nobody has asked for it before, and kept going for a while."""
        visitor = self._people.asking()
        with self._lock:
            job = self._jobs.get(experiment)
            if job is None:
                job = Job(experiment)
                job.part = self._nearest(job)
                self._jobs[experiment] = job
            self._jobs.move_to_end(experiment)
            self._note(visitor, job)
            starts = not job.running and job.history is None and job.error is None
            if starts:
                job.running = True
                self._held.append(job)
            going = self._those_with_room() if starts else []
        for each in going:
            self._submit(each)
        return job

    def let_go(self, experiment: Experiment) -> None:
        """Lets the training pause after the part that is under way, unless somebody else waits for it."""
        visitor = self._people.asking()
        with self._lock:
            if job := self._jobs.get(experiment):
                job.asked.pop(visitor, None)

    def place(self, job: Job) -> Place:
        """Where a training under way stands among the others: a worker goes from one to the next, so those are done
        before it that need less, and of any other it waits for no more than it needs itself."""
        with self._lock:
            others = [each for each in self._jobs.values() if each.running and each is not job]
        need = job.seconds_left
        left = [each.seconds_left for each in others if self._waiting(each)]
        together = need + sum(min(need, each) for each in left)
        before = sum(each < need for each in left)
        return Place(len(left), before, max(need, together / self._workers().at_once))

    def forget(self, experiment: Experiment) -> None:
        """Drops the job of a training that failed, so that it is tried again when it is next asked for."""
        with self._lock:
            if (job := self._jobs.get(experiment)) and job.error:
                del self._jobs[experiment]

    def drop(self, experiment: Experiment) -> None:
        """Gives up what is kept of a training, unless it is under way."""
        with self._lock:
            if (job := self._jobs.get(experiment)) and not job.running:
                del self._jobs[experiment]

    @property
    def bytes(self) -> int:
        """What all jobs take, those under way too."""
        with self._lock:
            return int(1e6 * sum(job.megabytes for job in self._jobs.values()))

    def _note(self, visitor: str, job: Job) -> None:
        """That a visitor has asked for a job; what they asked for before goes on as far as they may have it under
        way."""
        if len(self._last) > MANY:
            self._last = {each: asked for each, asked in self._last.items() if self._people.is_here(each)}
        self._last[visitor] = time.monotonic()
        if not job.wait(0):
            job.asked[visitor] = self._last[visitor]
        under_way = [each for each in self._jobs.values() if each.running and visitor in each.asked and each is not job]
        under_way.sort(key=lambda each: each.asked[visitor], reverse=True)
        for each in under_way[limits.limits().trainings - 1 :]:
            del each.asked[visitor]

    def _waiting(self, job: Job) -> list[str]:
        """Who waits for a job: those who are there, and asked a moment ago or have asked for nothing else since.

        The turns ask this without the lock: what may change meanwhile is copied, or looked up once.
        """
        now = time.monotonic()
        return [
            visitor
            for visitor, asked in job.asked.copy().items()
            if now - asked <= (LATE if asked == self._last.get(visitor) else PATIENCE) and self._people.is_here(visitor)
        ]

    def _nearest(self, job: Job) -> Part | None:
        """The part to go on from: the farthest, up to its epochs, of those that differ in their epochs alone."""
        parts = [other.part for other in self._jobs.values() if other.part and other.but_epochs == job.but_epochs]
        parts = [part for part in parts if part.epoch <= job.experiment.epochs]
        return replace(max(parts, key=lambda part: part.epoch), history=None) if parts else None

    def _those_with_room(self) -> list[Job]:
        """Those held back that can start now, marked as sent; what nobody waits for any more pauses."""
        sent = []
        for job in list(self._held):
            if not self._waiting(job):
                job.running = False
            elif self._has_room(job):
                self._send(job)
                sent.append(job)
            else:
                continue
            self._held.remove(job)
        return sent

    def _has_room(self, job: Job) -> bool:
        """Whether it fits in the memory beside all that is under way, a large one also in the share of the large ones.

        One alone always does, and the only large one needs no more than memory: else those under way that are small
        would follow one another, and it would wait for ever.
        """
        under_way = [each for each in self._jobs.values() if each.running and each not in self._held]
        needed = [each.megabytes_at_most for each in (job, *under_way)]
        large = [each for each in needed if each > SMALL * self._megabytes]
        is_in_share = needed[0] not in large or len(large) == 1 or sum(large) <= (1 - FOR_SMALL) * self._megabytes
        return not under_way or (is_in_share and sum(needed) <= self._megabytes)

    def _send(self, job: Job) -> None:
        """What is to be known before it is submitted."""
        job.is_alone = not self._on_the_way
        for other in self._on_the_way:
            other.is_alone = False
        self._on_the_way.add(job)

    def _submit(self, job: Job) -> None:
        state, (seconds, expected) = job.part.state if job.part else None, job.part_seconds
        try:
            waiting = partial(self._waiting, job)
            future = self._workers().submit_part(expected, waiting, advance, job.experiment, state, seconds)
        except Exception as error:  # no workers can be had, for whatever reason: else it would be under way for ever
            future = Future()
            future.set_exception(error)
        future.add_done_callback(lambda future: self._landed.put((job, future)))

    def _go_on(self) -> None:
        self._land(*self._landed.get())  # until the next one comes, this thread holds nothing of it

    def _land(self, job: Job, future: Future) -> None:
        with self._lock:
            self._on_the_way.discard(job)
            self._deal_with(job, future)
            going = [job] if job.running and job not in self._suspects else []
            if self._tested is None and self._suspects:
                self._tested = self._suspects.popleft()
                going.append(self._tested)
            for each in going:
                self._send(each)
            going += self._those_with_room()
        for each in going:
            self._submit(each)

    def _deal_with(self, job: Job, future: Future) -> None:
        try:
            if not future.cancelled():  # else it was dropped: nobody waited for it
                job.part, job.failures = _with_experiment(future.result(), job.experiment), 0
                self._make_room()
        except BrokenExecutor:
            if job.is_alone or job is self._tested:
                job.failures += 1
                if job.failures == ATTEMPTS:
                    job.error = KILLED
            else:
                self._suspects.append(job)
        except BaseException as error:  # workers hand over any, also what would end this thread: the others go on
            job.error = repr(error)
        if job.error or job.history is not None:
            job.end()
        elif job not in self._suspects and not self._waiting(job):
            job.running = False
        if job is self._tested and (job.failures == 0 or not job.running):
            self._tested = None

    def _make_room(self) -> None:
        for experiment, job in list(self._jobs.items())[:-1]:
            if sum(each.megabytes for each in self._jobs.values()) <= self._megabytes:
                return
            if not job.running:
                del self._jobs[experiment]


def _with_experiment(part: Part, experiment: Experiment) -> Part:
    """With the experiment that is there already, instead of the copy that came back: a user's own data are large."""
    if part.history is None:
        return part
    return replace(part, history=replace(part.history, experiment=experiment))
