"""The way from another page to Compare, with networks that were chosen there."""

from collections.abc import Sequence

import streamlit as st

from core import Experiment
from ui.compare import opened, pinned
from ui.shell.address import of_all_pages
from ui.shell.language import N_, _
from ui.shell.page import PAGES

_OPEN = N_("Open in Compare")


def open_in_compare(experiments: Sequence[Experiment]) -> None:
    """A link to the last of these, where an address says all of it; else a button, which has Compare hold what no
    control can say, and pin what comes before the last."""
    compare = PAGES["compare"]
    address = opened.link_to(experiments[0]) if len(experiments) == 1 else None
    if address is not None:
        st.page_link(compare.path, label=_(_OPEN), icon=compare.icon, query_params=address | of_all_pages())
    elif st.button(_(_OPEN), key="open in compare", icon=compare.icon, type="primary"):
        for experiment in experiments[:-1]:
            pinned.pin(experiment)
        st.switch_page(compare.path, query_params=opened.address_of(experiments[-1]))
