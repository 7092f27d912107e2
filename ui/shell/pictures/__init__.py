"""Pictures of the data's plane, one for each network, drawn by the browser: as many in a row as there is room for.

They follow the replay bar and what is highlighted on the page, by events of the document (see `ui.shell.linked`), and
nothing of it goes to the server.  Type and marks are larger while the document's root element has the attribute
`data-present`.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.shell.components import component

_pictures = component(Path(__file__).parent, "pictures", "marks", "layout", "download")


def show_pictures(drawn: bytes, key: str, on_open: Callable[[int], None] | None = None) -> None:
    """The pictures, from `packed` of `ui.charts.boundaries`; a click calls `on_open` with the place of a network."""

    def opened() -> None:
        place = st.session_state[key].opened
        if on_open and place is not None:
            on_open(int(place))

    _pictures(key=key, data=drawn, on_opened_change=opened)
