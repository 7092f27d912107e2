"""Cached access to core.  The cached values are shared by all sessions and read-only."""

import streamlit as st

from core import Experiment, History, load
from core import train as train_uncached
from ui.charts.boundaries import boundary_chart

# Histories of the largest experiments that core.limits lets through take 200 MB each, usual ones less than 1 MB.
ENTRIES = 32


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def train(experiment: Experiment) -> History:
    return train_uncached(experiment)


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def boundaries(experiment: Experiment) -> dict:
    """The chart of the trained networks' decision boundaries."""
    return boundary_chart(train(experiment), load(experiment.dataset))
