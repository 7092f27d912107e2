"""A part of a page that looks again must not cost the page its end."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData

from ui.shell import running


@pytest.fixture
def created(monkeypatch: pytest.MonkeyPatch) -> list[RerunData]:
    """The requests for which a runner was created."""
    created: list[RerunData] = []
    monkeypatch.setattr(running, "_create_runner", lambda session, asked: created.append(asked))
    return created


@pytest.mark.parametrize("is_auto_rerun", [True, False])
@pytest.mark.parametrize("runner", [None, object()])
def test_a_look_waits_until_the_run_before_is_heard_to_its_end(created, runner, is_auto_rerun):
    asked = RerunData(fragment_id="part", is_auto_rerun=is_auto_rerun)
    AppSession._create_scriptrunner(SimpleNamespace(_scriptrunner=runner), asked)
    assert created == ([] if runner and is_auto_rerun else [asked])


def test_streamlit_has_what_this_leans_on():
    """It gives up its runner when it has heard it to its end, and asks here for the next one."""
    names = AppSession.request_rerun.__code__.co_names
    assert "_create_scriptrunner" in names and "_scriptrunner" in names
    assert "_scriptrunner" in AppSession._handle_scriptrunner_event_on_event_loop.__code__.co_names
