"""A cluster's workers, which several servers and sweeps share, and this machine's own while it is not there.

A scheduler that does not answer, vanishes or has no workers costs a line in the log: tasks go to the own workers, those
too that were lost with it and are tried again, until it is back.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress

from core.sweeps.cluster import Cluster, ClusterLost
from ui.jobs.giving_back import prepare_worker
from ui.jobs.threads import again_and_again

LOOK_AGAIN = 2.0  # seconds between two looks at how many workers it has, or whether it is back
FIRST = 5.0  # seconds that whoever needs workers first waits for the scheduler's answer
ANSWERS = 20.0  # seconds in which a new worker does its first task, before which it imports what it needs
PACKAGES = ("core", "classroom", "ui")  # whose functions the workers are given, and what these import
_log = logging.getLogger(__name__)


class Shared(Executor):
    """The workers of the scheduler at an address, or the `own`, which do `at_once` tasks.

    `at_once` is how many of either there are now, and `tell` is called with it from time to time.
    """

    def __init__(self, address: str, own: Executor, at_once: int) -> None:
        self.at_once = self._own_at_once = at_once
        self.tell: Callable[[int], None] = lambda at_once: None
        self._address, self._own = address, own
        self._cluster: Cluster | None = None
        self._why: str | None = ""  # it is not used now; None if it is
        self._looked, self._closing = threading.Event(), threading.Event()
        again_and_again("looking for the cluster", self._look_again)
        self._looked.wait(FIRST)

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        """What is lost with the cluster ends in `BrokenExecutor`, as with a process; the next finds other workers."""
        if (cluster := self._cluster) and self._why is None:
            with suppress(ClusterLost):
                return cluster.submit(function, *args, **settings)
        return self._own.submit(function, *args, **settings)

    def give_up(self) -> None:
        """Ends what is under way, wherever it is."""
        if cluster := self._cluster:
            cluster.shutdown(wait=False)
        if replace := getattr(self._own, "replace", None):
            replace()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster, and ends the own workers."""
        self._closing.set()
        if cluster := self._cluster:
            cluster.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._own.shutdown(wait=wait)

    def _look_again(self) -> bool:
        """Waits, except the first time, and looks; gives False where nobody needs it any more."""
        if self._closing.wait(LOOK_AGAIN if self._looked.is_set() else 0):
            return False
        try:
            self._look()
        finally:
            self._looked.set()
        return True

    def _look(self) -> None:
        try:
            if self._cluster is None:
                self._cluster = Cluster(self._address, PACKAGES, prepare_worker)
            threads = self._cluster.threads()
            if threads and self._why is not None:  # one with other code must not be given what people wait for
                self._cluster.submit(abs, -1).result(ANSWERS)
            self._note(None if threads else f"The Dask scheduler at {self._address} has no workers.")
        except (ClusterLost, TimeoutError) as lost:
            if self._cluster:
                self._cluster.shutdown(wait=False)
            threads, self._cluster = 0, None
            self._note(str(lost) or f"No worker of the Dask scheduler at {self._address} answers.")
        self.at_once = threads or self._own_at_once
        self.tell(self.at_once)

    def _note(self, why: str | None) -> None:
        if why and why != self._why:
            _log.warning("%s Computing on this machine's own workers until that changes.", why)
        elif self._why and not why:
            _log.info("The Dask scheduler at %s is there again.", self._address)
        self._why = why
