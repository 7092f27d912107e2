"""What the browser says is drawn, and when that is news."""

import pytest

from ui.shell import drawing


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict:
    """That of a session."""
    state: dict = {}
    monkeypatch.setattr(drawing.st, "session_state", state)
    return state


def test_what_the_browser_says_is_news_once(state):
    assert drawing.news_of("canvas") is None
    state["canvas"] = {}
    assert drawing.news_of("canvas") is None
    for text in ("AAA", "AAA.e5V", "AAA"):
        state["canvas"] = {"points": text}
        assert [drawing.news_of("canvas") for _run in range(2)] == [text, None]


def test_a_canvas_that_comes_again_has_no_news_in_what_it_said_before(state):
    state["canvas"] = {"points": "AAA"}
    drawing.news_of("canvas")
    del state["canvas"]
    assert drawing.news_of("canvas") is None
    state["canvas"] = {"points": "AAA"}
    assert drawing.news_of("canvas") is None
