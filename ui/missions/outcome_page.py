"""The page of a mission after the prediction: what happened, what else there is to see, and why."""

import numpy as np
import streamlit as st

from core import Experiment, History
from ui.jobs import results
from ui.jobs import words as jobs
from ui.jobs.limits import limits
from ui.jobs.waiting import trained
from ui.jobs.words import NEVER_FINITE
from ui.missions import outcome_words, words
from ui.missions.mission import Mission, Scale
from ui.missions.outcomes import SEEDS, cells, experiment_of, link_of
from ui.missions.view import Seen, seen
from ui.shell.address import of_all_pages
from ui.shell.boxes import choose
from ui.shell.language import N_, _
from ui.shell.linked import network_legend
from ui.shell.page import PAGES, REPLAY, link_to
from ui.shell.pictures import show_pictures
from ui.shell.replay import replay_bar

_SHOWN = N_("Networks shown")
_WHY, _EVERY_SEED = N_("Why?"), N_("Every seed")
_OPEN = N_("Open in Compare")
_LEGEND = N_("Point at a network to highlight it everywhere. Untick it to hide its curve.")


def begin_training(mission: Mission) -> None:
    """Has all networks trained while the person thinks."""
    for experiment in _experiments(mission):
        if not jobs.over(limits(), experiment):
            results.training(experiment)


def histories(mission: Mission) -> tuple[History, ...] | None:
    """The history of several seeds for each cell; None while they are trained, which the page then says."""
    found = []
    for experiment in _experiments(mission):
        history = trained(experiment)
        if history is None:
            return None
        found.append(history)
    return tuple(found)


def show_outcome(mission: Mission, prediction: str, found: tuple[History, ...]) -> None:
    """The prediction beside what happened."""
    seen_first = _seen(mission, prediction, found, shown=0)
    st.info(outcome_words.beside(mission, prediction, seen_first.outcome), icon=":material/visibility:")


def show_view(mission: Mission, prediction: str, found: tuple[History, ...], is_changed: bool) -> None:
    """The networks, every seed's value, and the curve of what was measured."""
    made = _seen(mission, prediction, found, _shown_cell(mission))
    if is_changed:
        st.info(outcome_words.of_changed(mission, made.outcome), icon=":material/tune:")
    show_networks(made.pictures, made.epochs, made.reading)
    st.subheader(_(_EVERY_SEED), anchor=False)
    show_every_seed(made)
    if made.curve:
        chart, text = made.curve
        if len(made.looks) > 1:
            network_legend(made.looks, "legend", _(_LEGEND))
        st.markdown(made.reading_curve)
        st.vega_lite_chart(chart, alt=text)


def show_networks(pictures: bytes | None, epochs: np.ndarray, reading: str) -> None:
    """The decision boundaries of networks, with the bar that goes through their training and how to read them; None of
    those without any finite state."""
    if pictures is None:
        st.info(_(NEVER_FINITE))
        return
    with st.container(key=REPLAY):
        replay_bar(epochs, "bar")
    show_pictures(pictures, "pictures")
    st.markdown(reading)


def show_every_seed(made: Seen) -> None:
    """What was measured from each seed, and of which networks nothing can be drawn."""
    chart, text = made.strip
    st.markdown(made.reading_strip)
    st.vega_lite_chart(chart, alt=text)


def explain(mission: Mission, shown: Mission) -> None:
    """Why it came out so, the lesson, and the same networks in Compare: those of the view that is shown."""
    if reason := words.reason(mission):
        st.subheader(_(_WHY), anchor=False)
        st.markdown(reason)
    page, query = link_of(shown, 0, cells(shown)[0], SEEDS)
    with st.container(horizontal=True):
        st.page_link(page, label=_(_OPEN), icon=PAGES["compare"].icon, query_params=query | of_all_pages())
        if mission.lesson != "compare":
            link_to(mission.lesson)


def _seen(mission: Mission, prediction: str, found: tuple[History, ...], shown: int) -> Seen:
    """Made once, whatever of it is shown."""
    number = float(prediction) if isinstance(mission.answers, Scale) else None
    return results.computed(seen, mission, found, shown, number)


def _experiments(mission: Mission) -> list[Experiment]:
    return [experiment_of(mission, 0, cell, SEEDS) for cell in cells(mission)]


def _shown_cell(mission: Mission) -> int:
    """The place of the cell whose networks are shown: the first, or one that was chosen."""
    if not mission.cells:
        return 0
    every, key = cells(mission), f"shown cell of {mission.cells}"
    st.session_state.setdefault(key, 0)
    return choose(
        st.segmented_control, _(_SHOWN), range(len(every)), format_func=lambda place: words.cell(every[place]), key=key,
        required=True, persist_state="page",  # nothing is drawn while networks are trained
    )  # fmt: skip
