"""Inside a network: one of those that are compared, drawn with its weights and with what every unit computes."""

import streamlit as st

from core import Experiment, History
from core.analysis.repeats import setting_names
from core.analysis.summary import network_names
from ui.compare.controls import Comparison
from ui.compare.drawings import drawings
from ui.compare.network_chart import MOST_WEIGHTS
from ui.shell.address import Address, read_by
from ui.shell.page import BOUNDED, ENLARGED
from ui.shell.settings import SETTINGS

_INSIDE = SETTINGS["inside"]
_CHOOSE = "Choose a network, to see its weights and what each of its units computes"
_READING = (
    "Each small picture is the plane of the data, and its colour is what that unit makes of it: blue above 0, orange "
    "below, relative to the largest of its layer; the outputs have the classes' colours. Lines are weights, the wider "
    "the larger, blue above 0, orange below. A red frame is a dead unit. Point at a unit for its bias, at a line for "
    "its weight. The replay's bar moves it all."
)
_LEFT_OUT = f"At most 16 inputs and 16 units of each layer are drawn, with their {MOST_WEIGHTS} strongest weights."


def network_to_look_into(address: Address, asked: Comparison | None) -> None:
    """Keeps the choice of `show_inside` in the address; a network that is no longer compared is none."""
    if asked is None:
        address.later(_INSIDE.key, None, read_by(str))
        return
    names = setting_names(asked.experiment)
    if st.session_state.get(_INSIDE.key) not in names:
        st.session_state.pop(_INSIDE.key, None)
    address.later(_INSIDE.key, None, _INSIDE.parse(names))


def open_inside(experiment: Experiment, place: int) -> None:
    """Chooses the network at that place, for a callback: what is drawn after it is its inside."""
    st.session_state[_INSIDE.key] = network_names(experiment)[place]


def show_inside(shown: History) -> None:
    """A choice of the networks shown and, of the chosen one, its drawing, distributions and confusion matrix."""
    names = network_names(shown.experiment)
    name = st.selectbox(
        _INSIDE.label, names, key=_INSIDE.key, index=None, placeholder=_CHOOSE, label_visibility="collapsed"
    )
    if name is None:
        return
    drawn = drawings(shown, name)
    st.caption(f"{_READING} {_LEFT_OUT}" if drawn.is_partial else _READING)
    on_a_phone = {"network": ENLARGED, "outputs": BOUNDED, "gradients": BOUNDED, "confusion": BOUNDED}
    for place, size in on_a_phone.items():
        if drawing := getattr(drawn, place):
            chart, text = drawing
            with st.container(key=f"{size} {place}"):
                st.vega_lite_chart(chart, width="content", alt=text)
