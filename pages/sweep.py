"""Sweep: every combination of a few choices, from several seeds, and what each can do at its best."""

import streamlit as st

from core import Results
from ui.compare.arriving import open_in_compare
from ui.jobs import results
from ui.shell.address import Address
from ui.shell.page import open_page
from ui.sweep import controls, running, views
from ui.sweep.chosen import choose, chosen, show_chosen
from ui.sweep.presets import choose_preset
from ui.sweep.settings import SETTINGS


def show_results(found: Results) -> None:
    """What there is, and what of it is chosen."""
    grid = found.grid
    views.show(found, chosen(grid), lambda cell: choose(grid, cell), lambda: show_chosen(grid, open_in_compare))


results.start_workers()
with open_page("sweep"):
    address = Address("sweep", beside=False, known=SETTINGS)
    start = st.container()
    grid = controls.choose(address)
    if grid is not None:
        views.keep_settings(address, grid)
    address.write()
    with start:
        choose_preset(address)
    if grid is None:
        st.stop()
    running.show(grid, show_results)
