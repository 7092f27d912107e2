"""Loss and accuracy: the curves, and a choice of the axis of the losses, which runs this part of the page alone."""

import streamlit as st

from core import History
from ui.charts.curves import automatic_scale
from ui.charts.palette import setting_looks
from ui.compare import pinned
from ui.compare.drawings import Drawing, curves
from ui.compare.pairs import show_in_pairs
from ui.jobs import results
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.language import _
from ui.shell.linked import network_legend
from ui.shell.settings import SETTINGS

_LOG = SETTINGS["log"]
_SWITCH = "log switch"  # key of the control, which also shows what was chosen for the person


def keep_scale(address: Address) -> None:
    """Keeps the choice of `show_curves` in the address."""
    address.apart(_LOG.key, _LOG.default, _LOG.parse())


@st.fragment
def show_curves(address: Address, history: History, beside: History | None, suiting: tuple[str, list[Drawing]]) -> None:
    """The curves, beneath them the losses of the networks `beside`; `suiting` are those on the axis that suits them."""
    log = _choose_scale(history)
    address.follow()
    scale = pinned.scale_of_both(history, beside, log)
    is_first = scale is None and log == automatic_scale(history)
    reading, drawn = suiting if is_first else results.computed(curves, history, log, scale)
    st.markdown(reading)
    network_legend(setting_looks(history.experiment), "legend")
    show_in_pairs(drawn)
    pinned.show_pinned_losses(beside, log, scale)


def _choose_scale(history: History) -> bool:
    """The control that gives the losses a logarithmic axis, and whether they have one; as long as it is not used, what
    suits the losses."""
    suiting, chosen = automatic_scale(history), st.session_state[_LOG.key]
    log = suiting if chosen is None else chosen
    st.session_state[_SWITCH] = log
    control(st.toggle, _(_LOG.label), key=_SWITCH, of=_LOG.key, on_change=_set_scale, args=[suiting])
    return log


def _set_scale(suiting: bool) -> None:
    log = st.session_state[_SWITCH]
    st.session_state[_LOG.key] = None if log == suiting else log
