"""Charts of several panels, which Vega lays out in fixed pixels: the browser makes the drawing fit the page."""

import streamlit as st

from ui.shell.page import WIDE


def wide_chart(specification: dict, text: str, key: str) -> None:
    """The chart, smaller in a window that is too narrow for it and larger in a wide one; `text` is its alternative
    text."""
    with st.container(key=f"{WIDE} {key}"):
        st.vega_lite_chart(specification, width="content", alt=text)
