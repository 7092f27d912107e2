"""Inside a network: one of those that are compared, drawn with its weights and with what every unit computes."""

import streamlit as st

from core import History, load
from core.summary import network_names
from ui import results
from ui.address import Address, one_of
from ui.charts.network import MOST_WEIGHTS, left_out, network_chart, network_text
from ui.charts.spread import (
    confusion_chart,
    confusion_text,
    gradients_chart,
    gradients_text,
    outputs_chart,
    outputs_text,
)
from ui.frame import ENLARGED

_KEY = "inside"
_CHOOSE = "Choose a network, to see its weights and what each of its units computes"
_READING = (
    "Each small picture is the plane of the data, and its colour is what that unit makes of it: blue above 0, orange "
    "below, relative to the largest of its layer. Lines are weights, the wider the larger, blue above 0, orange below. "
    "A red frame is a dead unit. Point at a unit for its bias, at a line for its weight. The replay's bar moves it all."
)
_LEFT_OUT = f"At most 16 inputs and 16 units of each layer are drawn, with their {MOST_WEIGHTS} strongest weights."


def network_to_look_into(address: Address, names: list[str]) -> None:
    """Keeps the choice of `show_inside` in the address; a network that is no longer compared is none."""
    if st.session_state.get(_KEY) not in names:
        st.session_state.pop(_KEY, None)
    address.later(_KEY, None, one_of("network", names))


def show_inside(shown: History) -> None:
    """A choice of the networks shown and, of the chosen one, its drawing, distributions and confusion matrix."""
    names = network_names(shown.experiment)
    name = st.selectbox("Network", names, key=_KEY, index=None, placeholder=_CHOOSE, label_visibility="collapsed")
    if name is None:
        return
    inside = results.inside(shown, names.index(name))
    data = load(shown.experiment.dataset)
    st.caption(f"{_READING} {_LEFT_OUT}" if left_out(inside) else _READING)
    with st.container(key=f"{ENLARGED} network"):
        st.vega_lite_chart(network_chart(inside, data), width="content", alt=network_text(name, inside))
    with st.container(key=f"{ENLARGED} spread"):
        if inside.dead:
            st.vega_lite_chart(outputs_chart(inside), width="content", alt=outputs_text(inside))
        st.vega_lite_chart(gradients_chart(inside), width="content", alt=gradients_text(inside))
        st.vega_lite_chart(confusion_chart(inside, data), width="content", alt=confusion_text(inside, data))
