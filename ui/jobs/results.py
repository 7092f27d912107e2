"""What the pages ask of core, computed by workers and shared by all sessions.  Shared values are read-only."""

import gc
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from functools import cache, partial, wraps

import streamlit as st
from streamlit import runtime

from core import Experiment, History
from core.analysis.failures import Divergence, DivergencesInParts
from core.analysis.what_helps import Remedies, RemediesInParts
from core.train.parts import history_so_far
from ui.charts.boundaries import packed_boundaries
from ui.jobs.job import Job
from ui.jobs.trainings import Place, Trainings
from ui.jobs.visitors import VISITORS
from ui.jobs.workers import call, call_in_parts, executor
from ui.shell.language import N_, _

ENTRIES = 32  # of each kind; pictures and drawings of usual experiments take less than 1 MB, of the largest 2
LOOK_AGAIN = 0.5  # seconds between two times that a training is asked for which the page waits for
CHARTS = 256  # kept; a usual one takes 0.1 MB, and a page has up to a dozen
_starting = threading.Lock()
_LOST = N_(
    "**The process that computed this was stopped from outside several times.** Your settings are kept. Reload the "
    "page to try again."
)


def _key(experiment: Experiment) -> tuple[str, str]:
    """Streamlit would look at every cell of a user's own data, for half a second."""
    table = experiment.dataset.table
    return repr(experiment), table.digest if table else ""


def _key_of_history(history: History) -> tuple[str, str, int]:
    """A history is what its experiment gives, until its last epoch."""
    return *_key(history.experiment), int(history.epochs[-1])


shared = partial(
    st.cache_resource, max_entries=ENTRIES, show_spinner=False,
    hash_funcs={Experiment: _key, History: _key_of_history},
)  # fmt: skip


def _trainings() -> Trainings:
    with _starting:
        return _started()


@cache
def _started() -> Trainings:
    """They are not kept by Streamlit, whose caches any browser may ask to be emptied."""
    gc.collect()
    gc.freeze()  # Streamlit collects garbage after every run of a script: what was imported need not be looked at
    return Trainings()


def start_workers() -> None:
    """Starts the worker processes; each page calls it first, so that they get ready while the page is being built.
    It does nothing where they run already, and where no server does, as in a test."""
    if runtime.exists():
        executor()


def or_a_sentence(function: Callable) -> Callable:
    """The function, but that the page says so and ends there if the workers are killed again and again."""

    @wraps(function)
    def asked(*args):
        try:
            return function(*args)
        except BrokenExecutor:
            st.error(_(_LOST))
            st.stop()
        except CancelledError:  # the visitor has left
            st.stop()

    return asked


def training(experiment: Experiment) -> Job:
    """The training of this experiment, which goes on as long as somebody asks for it."""
    return _trainings().ask(experiment)


@or_a_sentence
def history_of(experiment: Experiment) -> History:
    """The history of an experiment that the page cannot go on without, trained in parts as any other."""
    while not (job := training(experiment)).wait(LOOK_AGAIN):
        if not VISITORS.is_here(VISITORS.asking()):
            raise CancelledError
    if job.history is None:
        raise BrokenExecutor(job.error)
    return job.history


def train_again(experiment: Experiment) -> None:
    """Forgets that the training of this experiment has failed, so that it is tried when it is next asked for."""
    _trainings().forget(experiment)


def place(job: Job) -> Place:
    """Where a training under way stands among those that take turns."""
    return _trainings().place(job)


def stop(job: Job) -> History:
    """What a training has recorded until now; it goes on only if somebody else waits for it."""
    _trainings().let_go(job.experiment)
    return job.history or call(history_so_far, job.part.state)


@or_a_sentence
def computed(function: Callable, *args):
    """What a pure function of core gives for these arguments, computed by a worker once and kept for all sessions."""
    return _computed(_name(function), function, *args)


@or_a_sentence
def drawn(chart: Callable[..., dict], *args) -> dict:
    """The specification that a chart's function gives for these arguments, drawn by a worker once and kept for all
    sessions."""
    return _drawn(_name(chart), chart, *args)


@or_a_sentence
def boundaries(history: History) -> bytes:
    """The networks' decision boundaries for `show_pictures`, drawn once for all sessions."""
    return _boundaries(history)


@or_a_sentence
def why_it_diverged(history: History) -> dict[int, Divergence]:
    """Where and when each run that diverged became infinite, by the place of the run."""
    if (history.diverged_at < 0).all():
        return {}
    return _searched(_name(DivergencesInParts), DivergencesInParts, history)


@or_a_sentence
def what_would_help(history: History, rates: tuple[float, ...]) -> Remedies:
    """The change with which none of the runs diverges and the training loss gets lowest, and what was tried, these
    learning rates among it."""
    return _searched(_name(RemediesInParts), RemediesInParts, history, rates)


@shared()
def _boundaries(history: History) -> bytes:
    return call(packed_boundaries, history)


@shared()
def _computed(name: str, _function: Callable, *args):
    return call(_function, *args)


@shared()
def _searched(name: str, _search: Callable, *args):
    return call_in_parts(_search, *args)


@shared(max_entries=CHARTS)
def _drawn(name: str, _chart: Callable[..., dict], *args) -> dict:
    return call(_chart, *args)


def _name(function: Callable) -> str:
    return f"{function.__module__}.{function.__qualname__}"
