"""What a page shows of a training that was stopped, or has failed."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core import DatasetSpec, Experiment, Run, train
from tests.core.train.test_parts import assert_same_bits
from ui.jobs import results, words
from ui.jobs.job import Job
from ui.jobs.words import training

pytestmark = pytest.mark.usefixtures("no_worker_processes")
EXPERIMENT = Experiment(DatasetSpec("moons", samples=40), (Run(),), epochs=9)


def page() -> None:
    import streamlit as st

    from ui.jobs.waiting import trained

    st.session_state["history"] = trained(st.session_state["asked"])


def page_of_two() -> None:
    import streamlit as st

    from ui.jobs.waiting import trained

    st.session_state["histories"] = [trained(each) for each in st.session_state["asked"]]


def page_beside() -> None:
    import streamlit as st

    from ui.jobs.waiting import trained_beside

    st.session_state["history"] = trained_beside(st.session_state["asked"], "It is trained.")


def test_a_stopped_training_is_kept_by_the_server_and_not_by_the_session(monkeypatch):
    """The session has only the names of both: their memory is bounded."""
    job = results.training(replace(EXPERIMENT, epochs=4))
    assert job.wait(60)
    under_way = Job(EXPERIMENT)
    under_way.part = job.part
    until_then = results.stop(under_way)
    assert until_then == job.experiment
    app = AppTest.from_function(page)
    app.session_state["asked"] = EXPERIMENT
    app.session_state["stopped"] = {EXPERIMENT: until_then}
    app.run(timeout=60)
    assert "epoch 4 of 9" in app.warning[0].value
    history = app.session_state["history"]
    assert history.experiment == EXPERIMENT
    assert_same_bits(history, replace(train(until_then), experiment=EXPERIMENT))
    said = []
    monkeypatch.setattr(words, "training", lambda *asked: said.append(training(*asked)) or said[-1])
    (go_on,) = app.button
    go_on.click().run(timeout=60)
    assert said == ["Continuing from epoch 4 of 9: ReLU"]
    assert_same_bits(app.session_state["history"], train(EXPERIMENT))


def test_of_several_trainings_on_a_page_each_stays_stopped():
    """As of the cells of a mission, and of a view that was changed."""
    app = AppTest.from_function(page_of_two)
    asked = [replace(EXPERIMENT, batch_size=size) for size in (10, 20)]
    app.session_state["asked"] = asked
    app.session_state["stopped"] = {each: replace(each, epochs=2) for each in asked}
    app.run(timeout=60)
    assert not app.exception and len(app.warning) == len(app.button) == 2
    app.button[0].click().run(timeout=60)
    assert len(app.warning) == 1
    assert [int(each.epochs[-1]) for each in app.session_state["histories"]] == [9, 2]


def test_what_needs_more_memory_than_there_is_is_said(monkeypatch):
    monkeypatch.setenv("ACTIVATION_LAB_MEMORY", "0.001")
    app = AppTest.from_function(page)
    app.session_state["asked"] = EXPERIMENT
    app.run(timeout=60)
    assert "the limit of this server is" in app.error[0].value
    assert app.session_state["history"] is None


def fail(*args: object) -> None:
    raise MemoryError("no room")


@pytest.mark.parametrize(("shown", "epochs"), [(page, 5), (page_beside, 6)])
def test_a_training_that_failed_can_be_tried_again(shown, epochs, monkeypatch):
    experiment = replace(EXPERIMENT, epochs=epochs)
    app = AppTest.from_function(shown)
    app.session_state["asked"] = experiment
    with monkeypatch.context() as patch:
        patch.setattr("ui.jobs.trainings.advance", fail)
        app.run(timeout=60)
    assert "no room" in app.error[0].value
    assert app.session_state["history"] is None
    app.button(key="again").click().run(timeout=60)
    assert not app.error
    assert_same_bits(app.session_state["history"], train(experiment))
