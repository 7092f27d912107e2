"""The card of a mission: its question, large, what the view is, and the answers as large buttons.

Nothing in it tells the outcome.
"""

from collections.abc import Callable

import streamlit as st

from ui.missions import words
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission, Scale
from ui.shell.language import N_, _

ANSWERS = "answers"  # the key of the buttons' container begins with it: see missions.css
_PREDICT = N_("This is my prediction")
_ALL_SETTINGS = N_("All settings")


def show_question(mission: Mission) -> None:
    """The question, and the view that it is about."""
    st.header(words.question(mission), anchor=False)
    st.markdown(words.view(mission))
    with st.expander(_(_ALL_SETTINGS)):
        st.markdown(words.facts(mission))


def ask(mission: Mission, key: str, on_answer: Callable[[str], None], disabled: bool = False) -> None:
    """The answers; `on_answer` is called with the text of the one that is given, before the page runs again."""
    with st.container(key=f"{ANSWERS} {key}", gap="small"):
        if isinstance(mission.answers, Scale):
            _scale(mission, key, on_answer, disabled)
            return
        for place, text in enumerate(words.answers(mission)):
            st.button(
                text, key=f"{key} {place}", on_click=on_answer, args=[str(place)], disabled=disabled, width="stretch"
            )


def _scale(mission: Mission, key: str, on_answer: Callable[[str], None], disabled: bool) -> None:
    scale, measure = mission.answers, MEASURES[mission.measure]
    number = st.slider(
        _(measure.label), scale.low, scale.high, (scale.low + scale.high) / 2, scale.step, key=f"{key} number",
        disabled=disabled,
    )  # fmt: skip
    st.button(
        _(_PREDICT), key=f"{key} predict", on_click=on_answer, args=[repr(number)], disabled=disabled, width="stretch"
    )
