"""Charts of Compare that stand side by side."""

from collections.abc import Sequence

import streamlit as st

from ui.compare.drawings import Drawing


def show_in_pairs(drawings: Sequence[Drawing]) -> None:
    """Two in a row, under each other where the page is narrow."""
    for number in range(0, len(drawings), 2):
        for place, (chart, text) in zip(st.columns(2), drawings[number : number + 2]):
            place.vega_lite_chart(chart, alt=text)
