"""The language of whole pages: asked for by the address, by the switch, or by the browser."""

import re

import pytest
from streamlit.runtime.context import ContextProxy

from tests.page import address, choose, messages, opened, run
from tests.saying import texts
from tests.test_locale import OF_NO_LANGUAGE, latin
from ui.shell.language import LANGUAGES, speak, speaking
from ui.shell.page import PAGES

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_worker_processes")]
SHORT = {"epochs": "3", "activations": ["relu", "tanh"]}
STATES = {
    "compare": SHORT | {"inside": "relu", "seeds": "3"},
    "mission": {"mission": "line_on_circles"},
    "workshop": {},
    "neuron": {},
    "dead_relu": {},
    "claims": {"claim": "leaky_cure"},
}
# With the parts of an address.
NAMES = OF_NO_LANGUAGE | set(LANGUAGES.values()) | {"workshop", "leader"}
HANGUL = re.compile("[가-힣]")


@pytest.fixture(autouse=True)
def english_again():
    yield
    speak("en")


@pytest.mark.parametrize("name", STATES)
def test_a_page_speaks_one_language(name):
    korean = opened(PAGES[name].path, lang="ko", **STATES[name])
    left = {word: text for text in texts(korean) for word in latin(text) if word not in NAMES}
    assert not left
    english = opened(PAGES[name].path, lang="en", **STATES[name])
    assert not [text for text in texts(english) if HANGUL.search(text.replace("한국어", ""))]


def test_the_address_keeps_all_else_and_the_switch_changes_nothing_but_the_language():
    page = opened(lang="ko", **SHORT)
    before = address(page)
    assert before["lang"] == ["ko"] and before["activations"] == SHORT["activations"]
    assert page.title[0].value == "선택 하나가 무엇을 바꿀까요?"
    with speaking("ko"):  # AppTest says the choices of the last run here, in this thread
        choose(page, "button_group", "language", "en")
    assert address(page) == before | {"lang": ["en"]}
    assert page.title[0].value == "What does one choice change?"
    choose(page, "button_group", "language", "ko")
    assert address(page) == before


def test_an_address_of_before_the_switch_that_still_comes_changes_nothing():
    page = opened(lang="en", **SHORT)
    choose(page, "button_group", "language", "ko")
    page.query_params["lang"] = "en"  # a part of the page has looked again before its browser knew
    with speaking("ko"):
        run(page)
    assert page.title[0].value == "선택 하나가 무엇을 바꿀까요?"
    assert address(page)["lang"] == ["ko"]


def test_another_page_of_the_session_speaks_it_too():
    page = opened(lang="ko", **SHORT)
    page.query_params.clear()
    page.switch_page(PAGES["neuron"].path)
    with speaking("ko"):
        run(page)
    assert page.title[0].value == "뉴런 하나는 무엇을 할까요?"


def test_an_unknown_language_is_said_with_the_choices():
    page = opened(lang="xx", **SHORT)
    assert any("'xx'" in message and "en, ko" in message for message in messages(page))
    assert page.title[0].value == "What does one choice change?"


def test_the_browser_is_followed_and_the_address_comes_first(monkeypatch):
    monkeypatch.setattr(ContextProxy, "locale", property(lambda self: "ko-KR"))
    page = opened(**SHORT)
    assert page.title[0].value == "선택 하나가 무엇을 바꿀까요?"
    assert "lang" not in address(page)
    assert opened(lang="en", **SHORT).title[0].value == "What does one choice change?"
