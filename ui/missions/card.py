"""The card of a mission: its question, large, what the view is, and the answers as large buttons.

Nothing in it tells the outcome.
"""

from collections.abc import Callable

import streamlit as st

from ui.jobs import results
from ui.missions import words
from ui.missions.charts import data_chart, data_text
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission, Scale
from ui.missions.outcomes import cells, experiment_of
from ui.shell.language import N_, _
from ui.shell.page import ANSWERS, ENLARGED

_PREDICT = N_("This is my prediction")
_ALL_SETTINGS = N_("All settings")


def show_question(mission: Mission) -> None:
    """The question, and the view that it is about."""
    st.header(words.question(mission), anchor=False)
    st.markdown(words.view(mission))


def ask(mission: Mission, key: str, on_answer: Callable[[str], None], disabled: bool = False) -> None:
    """The answers; `on_answer` is called with the text of the one that is given, before the page runs again."""
    with st.container(key=ANSWERS, gap="small"):
        if isinstance(mission.answers, Scale):
            _scale(mission, key, on_answer, disabled)
            return
        for place, text in enumerate(words.answers(mission)):
            st.button(
                text, key=f"{key} {place}", on_click=on_answer, args=[str(place)], disabled=disabled, width="stretch"
            )


def show_data(mission: Mission) -> None:
    """The data, and all settings, for those who want to know more before they answer."""
    show_points(mission)
    with st.expander(_(_ALL_SETTINGS)):
        st.markdown(results.computed(words.facts, mission))


def show_points(mission: Mission) -> None:
    """A picture of the data, where it has two features."""
    spec = experiment_of(mission, 0, cells(mission)[0]).dataset
    if spec.size.features == 2 + len(spec.made_features):
        with st.container(key=ENLARGED):
            st.vega_lite_chart(results.drawn(data_chart, spec), width="content", alt=data_text(spec))


def _scale(mission: Mission, key: str, on_answer: Callable[[str], None], disabled: bool) -> None:
    scale, number = mission.answers, f"{key} number"
    low, high, step = (float(each) if scale.step % 1 else int(each) for each in (scale.low, scale.high, scale.step))
    middle = low + step * round((high - low) / 2 / step)
    label = _(MEASURES[mission.measure].label)
    chosen = st.slider(label, low, high, middle, step, key=number, disabled=disabled)
    st.button(
        _(_PREDICT), key=f"{key} predict", on_click=on_answer, args=[repr(chosen)], disabled=disabled, width="stretch"
    )
