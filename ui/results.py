"""What the pages ask of core, computed by workers and shared by all sessions.  Shared values are read-only."""

import gc
from functools import partial

import streamlit as st

from core import Experiment, History, grid, load
from core.blowup import BlowUp, Remedy, blow_ups, remedy
from core.frames import frames
from core.inside import Inside, look_inside
from core.work import history_so_far
from ui.charts.boundaries import RESOLUTION, boundary_chart
from ui.trainings import Job, Trainings
from ui.workers import call

ENTRIES = 32  # of each kind; pictures of usual experiments take less than 1 MB, the insides of the largest networks 20


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


def boundaries(history: History) -> dict:
    """The chart of the networks' decision boundaries."""
    return _boundaries(history.experiment, int(history.epochs[-1]), history)


def inside(history: History, run: int) -> Inside:
    return _inside(history.experiment, int(history.epochs[-1]), run, history)


def why_it_blew_up(history: History) -> dict[int, BlowUp]:
    return _blow_ups(history.experiment, int(history.epochs[-1]), history)


def what_would_help(history: History, rates: tuple[float, ...]) -> Remedy | None:
    return _remedy(history.experiment, int(history.epochs[-1]), rates, history)


@_shared()
def _boundaries(experiment: Experiment, epoch: int, _history: History) -> dict:
    data = load(experiment.dataset)
    window = grid(data, RESOLUTION)
    return boundary_chart(_history, data, window, call(frames, _history, data, window))


@_shared()
def _inside(experiment: Experiment, epoch: int, run: int, _history: History) -> Inside:
    return call(look_inside, _history.select([run]), 0)


@_shared()
def _blow_ups(experiment: Experiment, epoch: int, _history: History) -> dict[int, BlowUp]:
    return call(blow_ups, _history) if (_history.diverged_at >= 0).any() else {}


@_shared()
def _remedy(experiment: Experiment, epoch: int, rates: tuple[float, ...], _history: History) -> Remedy | None:
    return call(remedy, _history, rates)
