"""Cached access to core.  The cached values are shared by all sessions and read-only."""

import streamlit as st

from core import Experiment, History, load
from core import train as train_uncached
from ui.charts.boundaries import boundary_chart

# Of the largest experiments that core.limits lets through, this many fit in 8 GB; usual ones take less than 1 MB each.
ENTRIES = 32


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def train(experiment: Experiment) -> History:
    return train_uncached(experiment)


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def boundaries(experiment: Experiment) -> dict:
    """The chart of the trained networks' decision boundaries."""
    return boundary_chart(train(experiment), load(experiment.dataset))
