"""A part of a page that looks again must not cost the page its end, nor a click a page half drawn its settings."""

import threading
from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner

from ui.shell import running
from ui.shell.undisturbed import undisturbed


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


def test_what_is_asked_for_while_the_address_is_read_begins_after_that(monkeypatch):
    begun = []
    monkeypatch.setattr(running, "_run", lambda runner, asked: begun.append(asked))
    undisturbed.begin("mine", look=lambda: None)
    thread = threading.Thread(target=ScriptRunner._run_script, args=[SimpleNamespace(_session_id="mine"), "next"])
    thread.start()
    thread.join(0.1)
    assert begun == []
    ScriptRunner._run_script(SimpleNamespace(_session_id="theirs"), "another")  # at whose end this thread's is over
    thread.join(30)
    assert begun == ["another", "next"]


def test_streamlit_has_what_this_leans_on():
    """It gives up its runner when it has heard it to its end, and asks here for the next one."""
    names = AppSession.request_rerun.__code__.co_names
    assert "_create_scriptrunner" in names and "_scriptrunner" in names
    assert "_scriptrunner" in AppSession._handle_scriptrunner_event_on_event_loop.__code__.co_names
