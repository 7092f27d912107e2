"""Choosing what a chart's mark stands for by a click on it, in all charts of a page at once.

The marks' data have a field `cell`, a whole number.  What is chosen is the page's matter: see `ui.charts.choice` for
how the charts show it.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_choosing = st.components.v2.component(
    "activation_lab_choosing", js=(Path(__file__).parent / "choosing.js").read_text()
)


def choosing(key: str, on_choice: Callable[[int], None]) -> None:
    """Calls `on_choice` with the cell of a mark that was clicked, before the page runs again."""

    def chosen() -> None:
        if (cell := st.session_state[key].get("chosen")) is not None:
            on_choice(int(cell))

    _choosing(key=key, height=1, on_chosen_change=chosen)
