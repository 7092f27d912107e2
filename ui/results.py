"""What the pages ask of core, computed by workers and shared by all sessions.  Shared values are read-only."""

import gc
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from functools import partial, wraps

import streamlit as st

from core import Experiment, History, grid, load
from core.blowup import BlowUp, Remedy, blow_ups, remedy
from core.frames import frames
from core.inside import look_inside
from core.summary import network_names
from core.work import history_so_far
from ui.charts.boundaries import RESOLUTION, boundary_chart
from ui.charts.inside import Drawings, drawings
from ui.trainings import Job, Trainings
from ui.workers import call

ENTRIES = 32  # of each kind; pictures and drawings of usual experiments take less than 1 MB, of the largest 2
_LOST = (
    "**The process that computed this was stopped from outside, again and again.** Your settings are kept: reload the "
    "page to try once more."
)


def _key(experiment: Experiment) -> tuple[str, str]:
    """Streamlit would look at every cell of a user's own data, for half a second."""
    table = experiment.dataset.table
    return repr(experiment), table.digest if table else ""


_shared = partial(st.cache_resource, max_entries=ENTRIES, show_spinner=False, hash_funcs={Experiment: _key})


@st.cache_resource(show_spinner=False)
def _trainings() -> Trainings:
    gc.collect()
    gc.freeze()  # Streamlit collects garbage after every run of a script: what was imported need not be looked at
    return Trainings()


def training(experiment: Experiment) -> Job:
    """The training of this experiment, which goes on as long as somebody asks for it."""
    return _trainings().ask(experiment)


def train_again(experiment: Experiment) -> None:
    """After it has failed."""
    _trainings().forget(experiment)


def stop(job: Job) -> History:
    """What a training has recorded until now; it goes on only if somebody else waits for it."""
    _trainings().let_go(job.experiment)
    return job.history or call(history_so_far, job.part.state)


def _or_a_sentence(function: Callable) -> Callable:
    """The page says so if the workers are killed again and again, and ends there."""

    @wraps(function)
    def asked(*args):
        try:
            return function(*args)
        except BrokenExecutor:
            st.error(_LOST)
            st.stop()

    return asked


@_or_a_sentence
def boundaries(history: History) -> dict:
    """The chart of the networks' decision boundaries."""
    return _boundaries(history.experiment, int(history.epochs[-1]), history)


@_or_a_sentence
def inside(history: History, name: str) -> Drawings:
    """Of the network of that name."""
    return _inside(history.experiment, int(history.epochs[-1]), name, history)


@_or_a_sentence
def why_it_blew_up(history: History) -> dict[int, BlowUp]:
    return _blow_ups(history.experiment, int(history.epochs[-1]), history)


@_or_a_sentence
def what_would_help(history: History, rates: tuple[float, ...]) -> Remedy | None:
    return _remedy(history.experiment, int(history.epochs[-1]), rates, history)


@_shared()
def _boundaries(experiment: Experiment, epoch: int, _history: History) -> dict:
    data = load(experiment.dataset)
    window = grid(data, RESOLUTION)
    return boundary_chart(_history, data, window, call(frames, _history, data, window))


@_shared()
def _inside(experiment: Experiment, epoch: int, name: str, _history: History) -> Drawings:
    run = network_names(experiment).index(name)
    return drawings(call(look_inside, _history.select([run]), 0), load(experiment.dataset), name)


@_shared()
def _blow_ups(experiment: Experiment, epoch: int, _history: History) -> dict[int, BlowUp]:
    return call(blow_ups, _history) if (_history.diverged_at >= 0).any() else {}


@_shared()
def _remedy(experiment: Experiment, epoch: int, rates: tuple[float, ...], _history: History) -> Remedy | None:
    return call(remedy, _history, rates)
