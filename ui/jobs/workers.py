"""Where trainings and other long computations run, so that the server's own process stays free.

Everything goes through `concurrent.futures.Executor`, so a cluster's executor can take the place of this machine's; in
front of it visitors take turns (`ui.jobs.turns`).
"""

import logging
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from functools import partial

import loky

from core.in_parts import begin, go_on
from core.sweeps.cluster import ADDRESS
from core.sweeps.processes import Processes
from ui.jobs.giving_back import prepare_worker
from ui.jobs.here import Here
from ui.jobs.once import once
from ui.jobs.shared import Shared
from ui.jobs.turns import Turns
from ui.jobs.visitors import VISITORS
from ui.shell.environment import from_environment
from ui.shell.language import N_, said_in, spoken
from ui.shell.one_by_one import result_of

WORKERS = "ACTIVATION_LAB_WORKERS"  # environment variable: how many processes; 0: none, all in the server's own
MOST = 8  # processes, unless the variable says otherwise: each takes memory of its own
ATTEMPTS = 3  # times that a computation is begun, if the worker that does it is killed
PART_SECONDS = 0.3  # of what goes in parts, before others get their turn
BYTES = 50e6  # of its state, for each of which a part lasts a second at least: ten times what handing it over takes
_NO_PROCESSES = N_(
    "The environment variable {name} is {value}, and must be a whole number of worker processes, such as 2, or 0 for "
    "none."
)


def wanted_processes() -> int:
    """How many are to be started, as the host says; else as many as a container may use processors, within reason."""
    return from_environment(WORKERS, _whole_number, min(loky.cpu_count(), MOST), _NO_PROCESSES)


@once
def executor() -> Turns:
    """The executor of all computations: a cluster, where there is one; else processes, if the machine allows them."""
    workers = wanted_processes()
    if address := os.environ.get(ADDRESS):
        return _of_cluster(address, workers)
    if workers >= 1:
        processes = Processes(workers, prepare_worker)
        try:
            processes.submit(os.getpid)  # starts them, while the page is being built
            return Turns(processes, workers, VISITORS, replace=processes.replace)
        except (OSError, RuntimeError) as error:  # no process; no thread
            logger = logging.getLogger(__name__)
            logger.warning("no worker process can be started (%s): computing in the server's", error)
    return Turns(Here(), 1, VISITORS)


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _of_cluster(address: str, workers: int) -> Turns:
    shared = Shared(address, Processes(workers, prepare_worker) if workers else Here(), max(workers, 1))
    turns = Turns(shared, shared.at_once, VISITORS, replace=shared.give_up)

    def learn(at_once: int) -> None:
        turns.at_once = at_once

    shared.tell = learn
    return turns


def call(function: Callable, *args):
    """The function's result, computed by a worker that speaks the language of this thread; tried again if that worker
    is killed meanwhile.

    Raises what the function raises, `BrokenExecutor` if workers are killed again and again, and `CancelledError` if
    the visitor has left before it was their turn.
    """
    return _result(executor().submit, function, *args)


def call_in_parts(search: Callable, *args):
    """What `search(*args)` finds (see `core.in_parts`), computed by workers in parts, so that others get their turns in
    between; raises what `call` does."""
    state, found = call(begin, search, *args), None
    while found is None:
        state, found = _part(state)
    return found


def _part(state: bytes) -> tuple:
    seconds = max(PART_SECONDS, len(state) / BYTES)
    return _result(partial(executor().submit_part, seconds, None), go_on, state, seconds)


def _result(submit: Callable[..., Future], function: Callable, *args):
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return result_of(submit(said_in, spoken(), function, *args))
        except BrokenExecutor:
            if attempt == ATTEMPTS:
                raise
