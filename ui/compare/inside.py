"""Inside a network: one of those that are compared, drawn with its weights and with what every unit computes.

Choosing another one runs this part of the page alone.
"""

import streamlit as st

from core import Experiment, History
from core.analysis.inside import MOST_UNITS
from core.analysis.repeats import one_of_each, setting_names
from core.analysis.summary import network_names
from ui.compare.controls import Comparison
from ui.compare.drawings import drawings
from ui.compare.network_chart import MOST_INPUTS, MOST_WEIGHTS
from ui.jobs import results
from ui.shell.address import Address
from ui.shell.fixed import any_shown, control, is_fixed
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.page import BOUNDED, SCROLLED
from ui.shell.readers import read_by
from ui.shell.settings import SETTINGS

_INSIDE = SETTINGS["inside"]
_CHOOSE = N_("Choose a network to see its weights and what each unit computes")
_READING = N_(
    "Each small picture shows what one unit computes across the plane of the data. The strongest colour is the largest "
    "value in its layer. Each line is a weight. A wider line is a larger weight. Blue: above 0. Orange: below 0. The "
    "outputs have the colours of the classes. Red frame: dead unit. Point at a unit to read its bias, and at a line to "
    "read its weight."
)
_LEFT_OUT = N_(
    "The drawing shows at most {inputs} inputs, {units} units per layer, and the {weights} strongest weights between "
    "them."
)

_NO_STATE = N_(
    "This network has no finite state. The drawing shows its initial weights. There are no gradients and no "
    "predictions."
)


def network_to_look_into(address: Address, asked: Comparison | None) -> None:
    """Keeps the choice of `show_inside` in the address; a network that is no longer compared is none."""
    if asked is None:
        address.apart(_INSIDE.key, None, read_by(str))
        return
    names = setting_names(asked.experiment)
    if st.session_state.get(_INSIDE.key) not in names:
        st.session_state.pop(_INSIDE.key, None)
    address.apart(_INSIDE.key, None, _INSIDE.parse(names))


def open_inside(experiment: Experiment, place: int) -> None:
    """Chooses the network at that place, for a callback: what is drawn after it is its inside."""
    if not is_fixed(_INSIDE.key):
        st.session_state[_INSIDE.key] = setting_names(experiment)[place]


@st.fragment
def show_inside(address: Address, history: History, repeat: int) -> None:
    """A choice of the networks of that repeat and, of the chosen one, its drawing, distributions and confusion matrix;
    nothing if a link hides the choice and has none."""
    if not any_shown([_INSIDE.key]) and st.session_state[_INSIDE.key] is None:
        return
    st.header(_("Inside a network"))
    shown = one_of_each(history, repeat)  # not given to this part, which keeps what it is given: that would be a copy
    labels = dict(zip(network_names(shown.experiment), network_labels(shown.experiment)))
    name = control(
        st.selectbox, _(_INSIDE.label), list(labels), key=_INSIDE.key, index=None, format_func=labels.get,
        placeholder=_(_CHOOSE), label_visibility="collapsed",
    )  # fmt: skip
    address.follow()
    if name is None:
        return
    of_network = shown.select([list(labels).index(name)])
    drawn = results.computed(drawings, of_network, labels[name])
    left_out = _(_LEFT_OUT, inputs=MOST_INPUTS, units=MOST_UNITS, weights=MOST_WEIGHTS)
    st.markdown(f"{_(_READING)} {left_out}" if drawn.is_partial else _(_READING))
    on_a_phone = {SCROLLED: [drawn.network, drawn.gradients], f"{BOUNDED} inside": [drawn.outputs, drawn.confusion]}
    for size, found in on_a_phone.items():
        with st.container(key=size):
            for chart, text in filter(None, found):
                st.vega_lite_chart(chart, width="content", alt=text)
    if drawn.confusion is None:
        st.info(_(_NO_STATE))
