"""While an experiment trains: nothing for a moment, then how far it is, with a button to stop it.

history = trained(experiment)  # None: the page has what there is to see, and nothing else should be drawn
"""

from dataclasses import replace

import streamlit as st

from core import Experiment, History
from ui.charts.arrow import finished
from ui.charts.curves import progress_chart
from ui.jobs import results, words
from ui.jobs.job import Job
from ui.jobs.limits import limits
from ui.shell.language import _

AT_ONCE = 1.2  # seconds within which most are done, and no progress is shown
LOOK_AGAIN = 0.6  # seconds between two looks at one that goes on
OFTEN = 4  # others that train at the same time, for each so many of whom a page waits as long again
_STOPPED = "stopped"  # key of the session's state: by experiment, the same with as many epochs as were trained


def trained(experiment: Experiment) -> History | None:
    """The history of an experiment: of all epochs, or of those until it was stopped, which the page then says."""
    if too_much := words.over(limits(), experiment):
        st.error(too_much)
        return None
    if until_then := _stopped().get(experiment):
        return _until_stopped(experiment, until_then)
    job = results.training(experiment)
    place = st.empty()
    with place, st.spinner(words.training(experiment, job.epoch)):
        job.wait(AT_ONCE)
    history = job.history
    if history is None:
        # Each look costs the server's one interpreter a chart: where many wait, nobody's bar moves fast.
        seconds = LOOK_AGAIN * (1 + results.place(job).others / OFTEN)
        with place.container():
            st.fragment(_progress, run_every=seconds)(experiment)
    return history


def trained_beside(experiment: Experiment, meanwhile: str) -> History | None:
    """The history of an experiment that stands beside what the page is about; None while it is trained, with that
    sentence in its place."""
    if too_much := words.over(limits(), experiment):
        st.error(too_much)
        return None
    job = results.training(experiment)
    job.wait(AT_ONCE)
    history = job.history
    if job.error:
        _say_failed(job)
    elif history is None:
        _look_again(experiment, meanwhile)
    return history


@st.fragment(run_every=LOOK_AGAIN)
def _look_again(experiment: Experiment, meanwhile: str) -> None:
    job = results.training(experiment)
    if job.error or job.history is not None:
        st.rerun()
    st.info(meanwhile)


def _progress(experiment: Experiment) -> None:
    job = results.training(experiment)
    if job.error:
        _say_failed(job)
        return
    if job.history is not None:
        st.rerun()
    st.progress(job.epoch / experiment.epochs, words.progress(experiment, job.epoch))
    if sentence := words.place(results.place(job)):
        st.caption(sentence)
    if st.button(_("Stop here"), key="stop", disabled=job.part is None):
        _stop(job)
        st.rerun()
    if job.part is not None:
        st.vega_lite_chart(finished(progress_chart, experiment, job.part), alt=words.progress(experiment, job.epoch))


def _say_failed(job: Job) -> None:
    st.error(words.failed(job.error))
    st.button(_("Try again"), key="again", on_click=results.train_again, args=[job.experiment])


def _stopped() -> dict[Experiment, Experiment]:
    """Those that were stopped in this session: a page may have several."""
    return st.session_state.setdefault(_STOPPED, {})


def _stop(job: Job) -> None:
    if job.history is None:  # else it was done meanwhile
        _stopped()[job.experiment] = results.stop(job)


def _until_stopped(experiment: Experiment, until_then: Experiment) -> History | None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(words.stopped(experiment, until_then.epochs))
        key = f"continue {hash(experiment)}"
        st.button(_("Continue"), key=key, on_click=_stopped().pop, args=[experiment, None])
    history = trained_beside(until_then, words.training(until_then))
    return history and replace(history, experiment=experiment)
