"""Trainings under way and done, shared by all who ask for them.

An experiment is trained once, however many people ask for it, in parts of about half a second, so that a long one does
not keep the short ones waiting.  It goes on as long as somebody asks: a page that was closed stops asking.  Knows
nothing of Streamlit.
"""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from queue import SimpleQueue

from core import Experiment, History
from core.train.parts import Part, advance
from ui.jobs.workers import ATTEMPTS, executor
from ui.shell.language import N_

PART_SECONDS = 0.5  # how long a worker trains before it hands over how far it has come, for the progress on screen
HANDOVERS = 10  # a part lasts at least so many times what handing it over takes: large trainings are not split much
PATIENCE = 10.0  # seconds without being asked for, after which a training pauses
MEGABYTES = 600.0  # of all that is kept; usual trainings take 1, the largest that core.limits lets through 400

KILLED = N_("the process that trained it was stopped from outside several times")


class Job:
    """One experiment's training: `part` is how far it has come, `error` why it cannot go on."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.but_epochs = replace(experiment, epochs=0)  # what it has in common with shorter and longer ones
        self.part: Part | None = None
        self.error: str | None = None
        self.asked_at = 0.0
        self.running = False
        self.failures = 0
        self.is_alone = False  # on its way to the workers and back, no other one was
        self._over = threading.Event()

    @property
    def history(self) -> History | None:
        """The history of all epochs, once they are trained; None before."""
        return self.part.history if self.part else None

    @property
    def epoch(self) -> int:
        """How many epochs are trained."""
        return self.part.epoch if self.part else 0

    @property
    def megabytes(self) -> float:
        """The memory that the job takes, in MB: its state and what it has recorded."""
        if self.part is None:
            return 0.0
        recorded = self.part.history.flat_parameters.nbytes if self.part.history else 0
        return (len(self.part.state) + recorded) / 1e6

    def wait(self, seconds: float) -> bool:
        """Waits so many seconds at most, and says whether the training is over: trained to the end, or failed."""
        return self._over.wait(seconds)

    def end(self) -> None:
        """Marks the training as over, for all who wait for it."""
        self.running = False
        self._over.set()


class Trainings:
    """Jobs by experiment; the ones that were not asked for longest go when they take too much memory."""

    def __init__(self, workers: Callable[[], Executor] = executor, megabytes: float = MEGABYTES) -> None:
        self._workers = workers
        self._megabytes = megabytes
        self._jobs: OrderedDict[Experiment, Job] = OrderedDict()
        self._lock = threading.Lock()  # never held while something is submitted: that may take its time
        # All that is with the workers when they break is lost.  Whose fault it was is found by trying again one by one.
        self._on_the_way: set[Job] = set()
        self._suspects: deque[Job] = deque()
        self._tested: Job | None = None
        # Futures are dealt with in a thread of their own: the one that brings the results must not wait for a new pool.
        self._landed: SimpleQueue[tuple[Job, Future]] = SimpleQueue()
        threading.Thread(target=self._go_on, daemon=True, name="trainings").start()

    def ask(self, experiment: Experiment) -> Job:
        """The job of an experiment, started if nobody has asked for it before, and kept going for a while."""
        with self._lock:
            job = self._jobs.get(experiment)
            if job is None:
                job = Job(experiment)
                job.part = self._nearest(job)
                self._jobs[experiment] = job
            self._jobs.move_to_end(experiment)
            job.asked_at = time.monotonic()
            starts = not job.running and job.history is None and job.error is None
            if starts:
                self._send(job)
        if starts:
            self._submit(job)
        return job

    def let_go(self, experiment: Experiment) -> None:
        """Lets the training pause after the part that is under way, unless somebody else asks for it."""
        with self._lock:
            if job := self._jobs.get(experiment):
                job.asked_at = -math.inf

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

    def _nearest(self, job: Job) -> Part | None:
        """The part to go on from: the farthest, up to its epochs, of those that differ in their epochs alone."""
        parts = [other.part for other in self._jobs.values() if other.part and other.but_epochs == job.but_epochs]
        parts = [part for part in parts if part.epoch <= job.experiment.epochs]
        return replace(max(parts, key=lambda part: part.epoch), history=None) if parts else None

    def _send(self, job: Job) -> None:
        """What is to be known before it is submitted."""
        job.running, job.is_alone = True, not self._on_the_way
        for other in self._on_the_way:
            other.is_alone = False
        self._on_the_way.add(job)

    def _submit(self, job: Job) -> None:
        state, seconds = None, PART_SECONDS
        if job.part:
            state, seconds = job.part.state, max(PART_SECONDS, HANDOVERS * job.part.handover)
        try:
            future = self._workers().submit(advance, job.experiment, state, seconds)
        except Exception as error:  # a pool that breaks just now
            future = Future()
            future.set_exception(error)
        future.add_done_callback(lambda future: self._landed.put((job, future)))

    def _go_on(self) -> None:
        while True:
            job, future = self._landed.get()
            with self._lock:
                self._on_the_way.discard(job)
                self._deal_with(job, future)
                going = [job] if job.running and job not in self._suspects else []
                if self._tested is None and self._suspects:
                    self._tested = self._suspects.popleft()
                    going.append(self._tested)
                for each in going:
                    self._send(each)
            for each in going:
                self._submit(each)
            job = future = going = each = None  # this thread holds nothing of it until the next one comes

    def _deal_with(self, job: Job, future: Future) -> None:
        try:
            job.part, job.failures = _with_experiment(future.result(), job.experiment), 0
            self._make_room()
        except BrokenExecutor:
            if job.is_alone or job is self._tested:
                job.failures += 1
                if job.failures == ATTEMPTS:
                    job.error = KILLED
            else:
                self._suspects.append(job)
        except BaseException as error:  # whatever it was, the other trainings go on
            job.error = repr(error)
        if job.error or job.history is not None:
            job.end()
        elif time.monotonic() - job.asked_at > PATIENCE and job not in self._suspects:
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
