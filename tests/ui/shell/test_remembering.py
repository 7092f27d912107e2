"""What a browser keeps for the app: what may be kept, and whom the session believes."""

import pytest
from streamlit.testing.v1 import AppTest

COOKIES = {"activation_lab_room": "of-the-browser", "activation_lab_odd": "<b>\n"}


def page_that_remembers():
    import streamlit as st

    from ui.shell import remembering

    wanted = st.query_params.get("do")
    if wanted == "remember":
        remembering.remember("room", "of-the-session", days=1)
    if wanted == "forget":
        remembering.forget("room")
    st.text(remembering.remembered("room"))
    st.text(remembering.remembered("odd"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page in a browser with these cookies."""
    monkeypatch.setattr("ui.shell.remembering._cookies", lambda: COOKIES)
    return AppTest.from_function(page_that_remembers)


def said(page: AppTest, do: str) -> str:
    page.query_params["do"] = do
    page.run()
    assert not page.exception
    return page.text[0].value


def test_the_session_is_believed_before_the_browser(page):
    assert said(page, "") == "of-the-browser"
    assert said(page, "remember") == "of-the-session"
    assert said(page, "") == "of-the-session"
    assert said(page, "forget") == "None", "though the browser still sends its cookie"
    assert said(page, "") == "None"


def test_a_cookie_that_was_never_ours_is_none(page):
    assert said(page, "") and page.text[1].value == "None"


@pytest.mark.parametrize("value", ["", "a b", "a;path=/", "a\nb", "ü", "x" * 201])
def test_only_what_stands_in_a_cookie_as_it_is_can_be_remembered(value):
    from ui.shell.remembering import remember

    with pytest.raises(ValueError, match="letters"):
        remember("room", value, days=1)
