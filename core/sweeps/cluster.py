"""Workers of many machines: a Dask cluster behind `concurrent.futures.Executor`.

What is different about Dask ends here.  A task whose workers die one after the other ends in `BrokenExecutor`, as of
the processes of one machine; everything that is under way ends in `ClusterLost` when the scheduler is lost.
"""

import hashlib
import logging
import pickle
import platform
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ADDRESS = "DASK_SCHEDULER_ADDRESS"  # environment variable, which Dask reads too: where the scheduler listens
CONNECTED = 10.0  # seconds within which a scheduler answers
LOOK_AGAIN = 0.2  # seconds between two looks at the connection
LARGE = "200MB"  # of what is sent at once, of which Dask warns: a training's history may have some dozens
_SAID_HERE = ("distributed.client", "distributed.batched")  # loggers that print what `ClusterLost` says
_LACKING = "Error during deserialization of the task graph"  # what a scheduler without it says
ENGINE = __name__.partition(".")[0]  # `core`, or what it is installed as


def _is_news(record: logging.LogRecord) -> bool:
    """False for Tornado's traceback of a fetch that ended with Dask's connection.  A web server logs its own errors in
    the same place."""
    from distributed.comm import CommClosedError

    return not (record.exc_info and isinstance(record.exc_info[1], CommClosedError))


class ClusterLost(BrokenExecutor):
    """A cluster that is not there, or not any more, or that has other code: a sentence that says which."""


class Cluster(Executor):
    """The workers of the Dask scheduler at an address, which must have the same `packages` as this process; `prepare`
    is what each does before its first task.

    Raises `ClusterLost` where no scheduler answers; from then on it is lost once the connection is.
    """

    def __init__(
        self, address: str, packages: tuple[str, ...] = (ENGINE,), prepare: Callable[[], object] | None = None
    ) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError:
            raise ClusterLost("A cluster needs Dask, which is not installed: pip install 'dask[distributed]'") from None
        dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE})
        for name in _SAID_HERE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        logging.getLogger("tornado.application").addFilter(_is_news)
        try:
            self._client = Client(address, timeout=CONNECTED, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterLost(f"No Dask scheduler answers at {address}.") from error
        self._address, self._packages, self._prepare = address, packages, prepare
        # Not `pure`, the default, with which equal tasks would be one: a function may be random, or say who it is.
        self._workers: Executor = self._client.get_executor(pure=False)
        self._line = self._client.scheduler_comm  # another one once it has connected anew
        self._pending: set[Future] = set()
        self._lost: ClusterLost | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        threading.Thread(target=self._watch, daemon=True, name="watching the cluster").start()

    def threads(self) -> int:
        """How many tasks its workers do at once; raises `ClusterLost` if the scheduler does not say."""
        try:
            ask = self._client.scheduler.identity
            return self._client.sync(ask, n_workers=0, callback_timeout=CONNECTED)["total_threads"]
        except Exception as error:  # Dask's own are of four kinds and more, by how far the connection has closed
            raise self._end(f"The Dask scheduler at {self._address} does not answer any more.") from error

    def submit(self, function: Callable[..., Any], /, *args: Any, **settings: Any) -> Future:
        """Of a task whose workers were killed again and again, the future has `BrokenExecutor`."""
        call = pickle.dumps((self._prepare, function, args, settings), protocol=5)
        task = _Task(self._packages, digest(self._packages), call)
        future: Future = Future()
        with self._lock:
            if self._lost:
                raise self._lost
            self._pending.add(future)
        try:
            inner = self._workers.submit(_Task.perform, task)
        except Exception as error:  # it is being closed; an own kind of Dask's, or a `RuntimeError`
            raise self._end(self._vanished) from error
        inner.add_done_callback(lambda inner: self._land(future, inner))
        future.add_done_callback(lambda future: future.cancelled() and inner.cancel())
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster to others; what is under way for this process is given up unless it is waited for."""
        if wait and not cancel_futures and self._lost is None:
            self._workers.shutdown(wait=True)  # Dask's own has no `cancel_futures`
        self._end("This process has left the cluster.")

    def __exit__(self, *error: object) -> None:
        self.shutdown(wait=False)

    def _land(self, future: Future, inner: Future) -> None:
        """Hands on what Dask's own future has, unless the cluster is lost or nobody waits any more."""
        from distributed import KilledWorker

        error = None if inner.cancelled() else inner.exception()
        if inner.cancelled() and not future.cancelled():
            self._end(self._vanished)
        elif isinstance(error, ClusterLost):
            self._end(str(error))
        elif isinstance(error, ImportError) or _LACKING in str(error):
            self._end("The cluster lacks code that it is sent: start scheduler and workers from the same image.")
        with self._lock:
            waits = future in self._pending and future.set_running_or_notify_cancel()
            self._pending.discard(future)
        if not waits:
            return
        if isinstance(error, KilledWorker):
            future.set_exception(BrokenExecutor("the workers that did it were killed, one after the other"))
        elif error:
            future.set_exception(error)
        else:
            future.set_result(inner.result())

    @property
    def _vanished(self) -> str:
        return f"The connection to the Dask scheduler at {self._address} was lost."

    def _watch(self) -> None:
        """Notices that the connection was lost: of what was just being fetched Dask's executor says nothing then."""
        while not self._closing.wait(LOOK_AGAIN):
            if self._client.status != "running" or self._client.scheduler_comm is not self._line:
                self._end(self._vanished)

    def _end(self, why: str) -> ClusterLost:
        """Takes no tasks any more, and ends those under way."""
        with self._lock:
            is_first, self._lost = self._lost is None, self._lost or ClusterLost(why)
            pending, self._pending = self._pending, set()
        for future in pending:
            if future.set_running_or_notify_cancel():
                future.set_exception(self._lost)
        if is_first:
            self._closing.set()
            threading.Thread(target=self._client.close, daemon=True, name="leaving the cluster").start()
        return self._lost


@cache
def digest(packages: tuple[str, ...]) -> str:
    """Stands for the code of packages, as this process has them, and for what else the figures depend on."""
    found = hashlib.sha256()
    for name in ("numpy", "scipy", "scikit-learn"):
        found.update(version(name).encode())
    found.update(platform.python_version().encode())
    for package in packages:
        folder = Path(find_spec(package).origin).parent  # type: ignore[union-attr, arg-type]
        for path in sorted(folder.rglob("*.py")):
            found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


@dataclass(frozen=True, repr=False)
class _Task:
    """What is sent to a worker, which unpacks the `call` only if it has the code of whoever packed it.

    Has no `repr`: Dask's log shows that of a task that fails, and the call may hold somebody's own data.
    """

    packages: tuple[str, ...]
    code: str
    call: bytes

    def perform(self) -> Any:
        """What the worker does."""
        if digest(self.packages) != self.code:
            raise ClusterLost("The cluster's workers have other versions of the code: start them from the same image.")
        prepare, function, args, settings = pickle.loads(self.call)
        _prepared(prepare)
        return function(*args, **settings)


@cache
def _prepared(prepare: Callable[[], object] | None) -> None:
    if prepare:
        prepare()
