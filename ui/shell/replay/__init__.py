"""The replay bar: one slider over what is recorded that moves every chart of the page, in the browser alone.

Charts follow it if they have the parameter of `ui.charts.replay`.  Nothing of it goes to the server.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_bar = st.components.v2.component(
    "activation_lab_replay",
    html=(_HERE / "bar.html").read_text(),
    css=(_HERE / "bar.css").read_text(),
    js=(_HERE / "bar.js").read_text(),
)


def replay_bar(moments: Sequence[int], key: str, noun: str = "Epoch") -> None:
    """The bar over the recorded epochs (or whatever the `noun` says), at the last; it stays in sight while its part of
    the page is.  It moves the charts that have as many records."""
    _bar(key=key, data={"moments": [int(moment) for moment in moments], "noun": noun})
