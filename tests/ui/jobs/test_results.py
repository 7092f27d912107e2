"""What the pages share; the trainings themselves: test_trainings.py."""

import pytest
import streamlit as st

from core import DatasetSpec, Experiment, History, Run, train
from tests.ui.jobs.test_trainings import until
from ui.jobs import results


def test_trainings_stay_when_a_browser_asks_for_empty_caches():
    """Any client may send `clear_cache`, which does this."""
    before = results._trainings()
    st.cache_data.clear()
    st.cache_resource.clear()
    assert results._trainings() is before


def label_and_loss(label: str, history: History) -> tuple[str, float]:
    return label, float(history.test_loss[0, -1])


@pytest.mark.usefixtures("no_worker_processes")
def test_what_follows_a_training_is_there_once_both_are_done_and_stays_longer_than_the_training():
    experiment = Experiment(DatasetSpec("moons", samples=50, seed=4711), (Run("tanh"),), hidden=(2,), epochs=3)
    until(lambda: results.after_training(label_and_loss, "label", experiment) is not None)
    expected = label_and_loss("label", train(experiment))
    assert results.after_training(label_and_loss, "label", experiment) == expected
    results._trainings().drop(experiment)
    assert results.after_training(label_and_loss, "label", experiment) == expected
    assert experiment not in results._trainings()._jobs, "it is not trained again"
