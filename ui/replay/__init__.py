"""The replay bar: one slider over the recorded epochs that moves every chart of the page, in the browser alone.

Charts follow it if they have the parameter of `ui.charts.replay`.  Nothing of it goes to the server.
"""

from pathlib import Path

import streamlit as st

from core import History

_HERE = Path(__file__).parent
_bar = st.components.v2.component(
    "activation_lab_replay",
    html=(_HERE / "bar.html").read_text(),
    css=(_HERE / "bar.css").read_text(),
    js=(_HERE / "bar.js").read_text(),
)


def replay_bar(history: History, key: str) -> None:
    """The bar, at the last epoch; it stays in sight while its part of the page is."""
    _bar(key=key, data={"epochs": history.epochs.tolist()})
