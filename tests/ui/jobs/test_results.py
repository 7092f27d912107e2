"""What the pages share; the trainings themselves: test_trainings.py."""

import streamlit as st

from core import Experiment
from ui.jobs import results
from ui.jobs.job import Job
from ui.jobs.visitors import VISITORS


def test_trainings_stay_when_a_browser_asks_for_empty_caches():
    """Any client may send `clear_cache`, which does this."""
    before = results._trainings()
    st.cache_data.clear()
    st.cache_resource.clear()
    assert results._trainings() is before


def test_a_page_whose_visitor_has_left_does_not_wait_for_a_training_for_ever(monkeypatch):
    monkeypatch.setattr(results, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(results, "training", Job)  # nobody trains it
    monkeypatch.setattr(VISITORS, "is_here", lambda visitor: False)
    assert results.history_of(Experiment()) is None  # where a page runs, it ends here
