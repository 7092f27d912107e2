"""What the pages share; the trainings themselves: test_trainings.py."""

import streamlit as st

from ui.jobs import results


def test_trainings_stay_when_a_browser_asks_for_empty_caches():
    """Any client may send `clear_cache`, which does this."""
    before = results._trainings()
    st.cache_data.clear()
    st.cache_resource.clear()
    assert results._trainings() is before
