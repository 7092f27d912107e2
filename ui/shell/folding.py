"""Folded boxes whose content comes when somebody unfolds them, and stays: no page waits for it when it opens."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

COME_LATER = "comes later: "  # keys of the session's state, with the key of a box behind
_UNFOLDED = "was unfolded: "


def folded_box(title: str, key: str, at_once: bool = False) -> tuple[DeltaGenerator, bool]:
    """A folded box, and whether its content is to be drawn in this run.

    `at_once` says that it does not come later; what is said when the session first draws the box holds for all of it.
    """
    if not st.session_state.setdefault(COME_LATER + key, not at_once):
        return st.expander(title), True
    box = st.expander(title, key=key, on_change="rerun")
    if box.open:
        st.session_state[_UNFOLDED + key] = True
    return box, _UNFOLDED + key in st.session_state


@st.fragment
def folded_part(title: str, key: str, draw: Callable[[], None]) -> None:
    """A folded box with what `draw` draws, which comes without the rest of the page."""
    box, is_drawn = folded_box(title, key)
    if is_drawn:
        with box:
            draw()
