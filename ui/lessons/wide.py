"""Charts of several panels, which Vega lays out in fixed pixels: the browser makes the drawing fit the page."""

import streamlit as st

from ui.shell.page import BOUNDED

WINDOW, MOST = 1500, 1150  # pixels: of windows that have room to spare, and of a drawing, whose letters grow with it
_STYLE = """<style>
@media (min-width: {window}px) {{
    .st-key-{key} :has(svg.marks), .st-key-{key} svg.marks {{ width: 100%; max-width: {most}px; height: auto; }}
}}
</style>"""


def wide_chart(specification: dict, text: str, key: str) -> None:
    """The chart, smaller in a window that is too narrow for it and larger in a wide one; `text` is its alternative
    text."""
    key = f"{BOUNDED} {key}"
    with st.container(key=key):
        st.html(_STYLE.format(key=key.replace(" ", "-"), window=WINDOW, most=MOST))
        st.vega_lite_chart(specification, width="content", alt=text)
