"""What the pages ask of core, computed by workers and shared by all sessions.  Shared values are read-only."""

import gc
import hashlib
import pickle
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import fields, is_dataclass, replace
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np
import streamlit as st
from streamlit import runtime

import ui.jobs.files  # noqa: F401  # bounds what people send
from core import Experiment, History, Results
from core.analysis.failures import Divergence, DivergencesInParts
from core.analysis.what_helps import Remedies, RemediesInParts
from ui.charts.arrow import finished
from ui.charts.boundaries import packed_boundaries
from ui.jobs import tidying
from ui.jobs.job import Job
from ui.jobs.memory import TRAININGS, Kept, measured, memory, size_of
from ui.jobs.once import once
from ui.jobs.trainings import Place, Trainings
from ui.jobs.variables import check_variables
from ui.jobs.workers import call, call_in_parts, executor
from ui.shell.language import N_, _, read_catalogues, said, said_in, spoken

_LOST = N_(
    "**The process that computed this was stopped from outside several times.** Your settings are kept. Reload the "
    "page to try again."
)


@once
def _trainings() -> Trainings:
    gc.collect()
    gc.freeze()  # what was imported need not be looked at
    trainings = Trainings(megabytes=TRAININGS * memory().limit / 1e6)
    memory().others = lambda: trainings.bytes
    return trainings


@once
def kept() -> Kept:
    """All results that are no trainings."""
    return Kept(memory())


def start_workers() -> None:
    """Starts the worker processes; each page calls it first, so that they get ready while the page is being built.
    It does nothing where they run already, and where no server does, as in a test.  The page ends here with a sentence
    where an environment variable cannot be what it is."""
    if runtime.exists():
        try:
            check_variables()
        except ValueError as wrong:
            st.error(said(wrong))
            st.stop()
        executor()
        tidying.start()
        _read_catalogues()


@once
def _read_catalogues() -> threading.Thread:
    thread = threading.Thread(target=read_catalogues, daemon=True, name="catalogues")
    thread.start()
    return thread


def training(experiment: Experiment) -> Job:
    """The training of this experiment, which goes on as long as somebody asks for it."""
    job = _trainings().ask(experiment)
    if experiment.dataset.table is not None:  # a line without a size: trainings bound themselves
        name = ("training", _key(experiment))
        memory().keep(name, 0, lambda: _trainings().drop(experiment), is_private=True)
    return job


def train_again(experiment: Experiment) -> None:
    """Forgets that the training of this experiment has failed, so that it is tried when it is next asked for."""
    _trainings().forget(experiment)


def place(job: Job) -> Place:
    """Where a training under way stands among those that take turns."""
    return _trainings().place(job)


def stop(job: Job) -> Experiment:
    """Lets a training go on only if somebody else waits for it; gives the experiment that it was until now, which is
    trained already."""
    _trainings().let_go(job.experiment)
    until_now = replace(job.experiment, epochs=job.epoch)
    training(until_now)
    return until_now


def computed(function: Callable, *args):
    """What a pure function gives for these arguments: computed by a worker once, and kept for all sessions that speak
    one language."""
    return _kept(function, args, lambda: call(measured, function, args))


def after_training(function: Callable, about: object, experiment: Experiment):
    """What a pure function gives for `about` and the history of an experiment; None until both are computed.

    Nobody waits here: it goes on as long as somebody asks.  It is kept longer than the history.
    """

    name = function, spoken(), _key(about), _key(experiment)
    if (found := kept().look(name)) is not None:
        return found
    if (history := training(experiment).history) is None:
        return None
    submit = partial(executor().submit, said_in, spoken(), measured, function, (about, history))
    return kept().ready(name, submit, _is_private(experiment))


def drawn(chart: Callable[..., dict], *args) -> dict:
    """The specification that a chart's function gives for these arguments, with its rows as they are sent."""
    return computed(finished, chart, *args)


def boundaries(history: History) -> bytes:
    """The networks' decision boundaries for `show_pictures`, drawn once for all sessions."""
    return computed(packed_boundaries, history)


def why_it_diverged(history: History) -> dict[int, Divergence]:
    """Where and when each run that diverged became infinite, by the place of the run."""
    return _searched(DivergencesInParts, history) if (history.diverged_at >= 0).any() else {}


def what_would_help(history: History, rates: tuple[float, ...]) -> Remedies:
    """The change with which none of the runs diverges and the training loss gets lowest, and what was tried, these
    learning rates among it."""
    return _searched(RemediesInParts, history, rates)


def _searched(search: Callable, *args):
    def find() -> tuple[Any, int]:
        found = call_in_parts(search, *args)
        return found, size_of(found)

    return _kept(search, args, find)


def _kept(function: Callable, args: tuple, make: Callable[[], tuple[Any, int]]):
    """What was made of these arguments; the page says so and ends there if the workers are killed again and again."""
    try:
        return kept().get((function, spoken(), *map(_key, args)), make, any(map(_is_private, args)))
    except BrokenExecutor:
        st.error(_(_LOST))
        st.stop()
    except CancelledError:  # the visitor has left
        st.stop()


def _key(value: object) -> Hashable:
    """What stands for an argument: equal for equal ones, and quick to look up.

    A history is what its experiment gives until its last epoch, and results of a sweep what its grid gives where they
    are done.  Own data are known by their digest: Python would compare cell by cell.  What is no name or number is
    known by the digest of its pickle.
    """
    if isinstance(value, History):
        return _key(value.experiment), int(value.epochs[-1])
    if isinstance(value, Results):
        return value.grid, np.packbits(value.done).tobytes()
    if isinstance(value, Experiment):
        table = value.dataset.table
        return (repr(value), table.digest) if table else value
    if value is None or isinstance(value, str | int | float | FunctionType):
        return type(value), value
    if isinstance(value, tuple | list):
        return type(value), *map(_key, value)
    if is_dataclass(value):  # not its cached properties
        return type(value), *(_key(getattr(value, field.name)) for field in fields(value))
    return hashlib.sha256(pickle.dumps(value)).digest()


def _is_private(value: object) -> bool:
    experiment = value.experiment if isinstance(value, History) else value
    return isinstance(experiment, Experiment) and experiment.dataset.table is not None
