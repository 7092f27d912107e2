"""Worker processes: started together, replaced together once one was killed or hangs, ended with whoever started them.

They are loky's and not the standard library's, because those run the main module again when they start: under Streamlit
that is the app, and a script without `if __name__ == "__main__"` would start them without end.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loky import ProcessPoolExecutor

LOOK_AGAIN, NOTICED = 0.5, 2.0  # seconds between two looks at the processes; within which loky sees that one was killed
# Networks are small and many: several threads for one matrix product would only be in each other's way.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


class Processes(Executor):
    """Worker processes, started when there is something to do, and all anew once one of them was killed.

    A computation that is lost with them ends in `BrokenExecutor`; the next one that is submitted finds new processes.
    `prepare` is what each does first.
    """

    def __init__(self, workers: int, prepare: Callable[[], object] | None = None) -> None:
        self._workers, self._prepare = workers, prepare
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, function: Callable[..., Any], /, *args: Any, **settings: Any) -> Future:
        from loky import ProcessPoolExecutor

        with self._lock:
            if self._pool is not None:
                with suppress(BrokenExecutor):
                    return self._pool.submit(function, *args, **settings)
            first = {"initializer": _begin, "initargs": [os.getpid(), self._prepare]}
            self._pool = ProcessPoolExecutor(self._workers, env=_ONE_THREAD, **first)
            threading.Thread(target=_end_what_hangs, args=[self._pool], daemon=True, name="watching workers").start()
            return self._pool.submit(function, *args, **settings)

    def replace(self) -> None:
        """Kills the processes, whatever they do or do not do: what is under way ends in `BrokenExecutor`."""
        with self._lock:
            if self._pool is not None:
                _kill(self._pool)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes, whatever they do: nobody waits for it any more."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, kill_workers=True)


def _begin(parent: int, prepare: Callable[[], object] | None) -> None:
    """What a new worker does first."""
    threading.Thread(target=_end_with, args=[parent], daemon=True, name="watching the parent").start()
    if prepare:
        prepare()


def _end_with(parent: int) -> None:
    """Ends this process when its parent has ended, of which a worker that waits for work is not told if it was killed.

    (Linux can send a signal then, but sends it when the thread ends that has started the process.)
    """
    while os.getppid() == parent:
        time.sleep(LOOK_AGAIN)
    os._exit(1)


def _kill(pool: "ProcessPoolExecutor") -> None:
    """Ends its processes, those too that were stopped and hear nothing."""
    for pid in list(pool._processes):
        with suppress(OSError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # which Windows does not have


def _end_what_hangs(pool: "ProcessPoolExecutor") -> None:
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
            _kill(pool)
            _let_go(pool._result_queue._writer)
            return


def _let_go(end: Connection) -> None:
    """Lets go of one end of a pipe, whose number stays taken until whoever owns it closes it.

    Closed here, it would be closed twice when the other thread wakes before this one goes on, and the second time it
    may be the number of another pipe.
    """
    if os.name == "nt":  # which has handles instead of numbers
        end.close()
        return
    with suppress(OSError), open(os.devnull, "wb") as nothing:  # one that is closed already has no number
        os.dup2(nothing.fileno(), end.fileno(), inheritable=False)
