"""The result of a question on a participant's page: what they said, what came out of their own networks, and why."""

from collections.abc import Mapping

import streamlit as st

from ui.missions import words
from ui.missions.mission import Choices, Mission
from ui.missions.outcome_page import show_networks
from ui.missions.outcomes import link_of
from ui.shell.language import N_, _
from ui.shell.page import PAGES, link_to
from ui.workshop.answering import say_answers
from ui.workshop.own_networks import Own
from ui.workshop.own_part import Part

_CAME_OUT = N_("With your own seed ({seed}), this came out: **{answer}**")
_NONE_FIRST = N_("With your own seed ({seed}), no network is clearly first. The whole room gives the answer.")
_SAYS_NOTHING = N_("Your own seed ({seed}) gives no answer alone. The whole room does.")


def show_result(part: Part, given: Mapping[int, str], own: Own | None) -> None:
    """What came out of a participant's networks, beside what they said before; `own` is None while it is trained."""
    st.header(_("Result"), anchor=False)
    say_answers(part.mission, given)
    if own is not None:
        st.markdown(_(came_out(part.mission, own.right), seed=part.seed, answer=own.right))
        show_networks(own.pictures, own.epochs, own.reading)


def came_out(mission: Mission, right: str) -> str:
    """The sentence for what one seed says of it, if it says anything."""
    if right:
        return _CAME_OUT
    asks_for_first = isinstance(mission.answers, Choices) and not mission.answers.bounds and not mission.cells
    return _NONE_FIRST if asks_for_first else _SAYS_NOTHING


def explain(part: Part) -> None:
    """Why it came out so, the lesson, and the participant's own networks in Compare."""
    _say_why(part.mission)
    page, query = link_of(part.mission, part.seed, part.cell)
    with st.container(horizontal=True):
        st.page_link(page, label=_("Open in Compare"), icon=PAGES["compare"].icon, query_params=query)
        if part.mission.lesson != "compare":
            link_to(part.mission.lesson)


def explain_task(mission: Mission) -> None:
    """The same of a task, which has no networks that all have."""
    _say_why(mission)
    if mission.lesson != "compare":
        link_to(mission.lesson)


def _say_why(mission: Mission) -> None:
    if reason := words.reason(mission):
        st.header(_("Why?"), anchor=False)
        st.markdown(reason)
