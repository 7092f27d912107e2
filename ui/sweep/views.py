"""What there is to see of a sweep's results."""

from collections.abc import Callable, Sequence

import streamlit as st

from core import Results
from ui.charts.choice import with_chosen
from ui.jobs import results
from ui.shell.choosing import choosing
from ui.sweep.heat_map import heat_map_chart, heat_map_text
from ui.sweep.shown import usual


def show(found: Results, chosen: Sequence[int], on_choice: Callable[[int], None]) -> None:
    """All views; a click on a setting, of which these are `chosen`, calls `on_choice` with its number."""
    choosing("choosing", on_choice)
    shown = usual(found.grid)
    chart = results.drawn(heat_map_chart, found, shown)
    st.vega_lite_chart(
        with_chosen(chart, chosen), alt=results.computed(heat_map_text, found, shown), key="heat map", width="stretch"
    )
