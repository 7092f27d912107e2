"""Worker processes: where trainings and other long computations run, so that the server's own process stays free.

Everything goes through `concurrent.futures.Executor`, so a cluster's executor can take the place of this machine's.
The processes are loky's and not the standard library's, because those run the main module again when they start, which
under Streamlit is the app.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import cache

from loky import ProcessPoolExecutor

from ui.jobs.giving_back import prepare_worker

WORKERS = "ACTIVATION_LAB_WORKERS"  # environment variable: how many processes; 0: none, all in the server's own
MOST = 8  # processes, unless the variable says otherwise: each takes memory of its own
LOOK_AGAIN, NOTICED = 0.5, 2.0  # seconds between two looks at the processes; within which loky sees that one was killed
ATTEMPTS = 3  # times that a computation is begun, if the worker that does it is killed
# Networks are small and many: several threads for one matrix product would only be in each other's way.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
_starting = threading.Lock()


class Here(Executor):
    """Computes at once, in the thread that asks: for machines that allow no further process."""

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        future: Future = Future()
        try:
            future.set_result(function(*args, **settings))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(Executor):
    """Worker processes, started when there is something to do, and all anew once one of them was killed.

    A computation that is lost with them ends in `BrokenExecutor`; the next one that is submitted finds new processes.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._pool: Executor | None = None

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        with self._lock:
            if self._pool is not None:
                with suppress(BrokenExecutor):
                    return self._pool.submit(function, *args, **settings)
            self._pool = ProcessPoolExecutor(self._workers, initializer=prepare_worker, env=_ONE_THREAD)
            threading.Thread(target=_end_what_hangs, args=[self._pool], daemon=True, name="watching workers").start()
            return self._pool.submit(function, *args, **settings)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=wait)


def _end_what_hangs(pool: ProcessPoolExecutor) -> None:
    """Breaks the pool if loky has not noticed for a while that one of its processes was killed.

    One that is killed while it hands over a result leaves half of it, and loky waits for the rest for ever; the other
    processes wait for their turn.  Once all ends of the pipe are closed, loky finds it broken, and does what follows.
    """
    since = None
    while not (pool._flags.broken or pool._flags.shutdown):
        time.sleep(LOOK_AGAIN)
        processes = list(pool._processes.values())
        since = (since or time.monotonic()) if any(process.exitcode for process in processes) else None
        if since and time.monotonic() - since > NOTICED:
            for process in processes:
                process.terminate()
            pool._result_queue._writer.close()
            return


def executor() -> Executor:
    """The executor of all computations, started if it is not yet: processes, if the machine allows them."""
    with _starting:
        return started()


@cache
def started() -> Executor:
    """Starts and keeps the executor that `executor` gives to all; not to be called from two threads at once."""
    workers = int(os.environ.get(WORKERS, min(os.cpu_count() or 1, MOST)))
    if workers < 1:
        return Here()
    processes = Processes(workers)
    try:
        processes.submit(os.getpid)  # starts them, while the page is being built
    except OSError as error:
        logging.getLogger(__name__).warning("no worker process can be started (%s): computing in the server's", error)
        return Here()
    return processes


def call(function: Callable, *args):
    """The function's result, computed by a worker; tried again if that worker is killed meanwhile.

    Raises what the function raises, and `BrokenExecutor` if workers are killed again and again.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return executor().submit(function, *args).result()
        except BrokenExecutor:
            if attempt == ATTEMPTS:
                raise
