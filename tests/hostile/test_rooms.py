"""Hostile codes, secrets, questions and missions in the addresses of a workshop's pages: each page stands, shows no
traceback, and nothing of a stranger's words is Markdown."""

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from classroom import Opened, State
from tests import ROOT
from tests.hostile.kinds import SHOWN, TEXTS, bounded
from tests.page import COMPARE
from ui.jobs.rooms import DATABASE, rooms
from ui.shell.plain import plain

pytestmark = pytest.mark.usefixtures("no_worker_processes", "own_rooms")

GOOD = {"question": "Which is best?", "activations": ["relu", "tanh"], "epochs": "1", "samples": "50"}
MARKED = {name: text for name, text in TEXTS.items() if any(mark in text for mark in "[]`*_$<>#")}
SHOWN_AS = ("markdown", "title", "header", "subheader", "caption", "warning", "error", "info", "success", "button")


@pytest.fixture
def own_rooms(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database of this test's: who guesses codes here is a stranger elsewhere."""
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    rooms.cache_clear()
    yield
    rooms().dispose()
    rooms.cache_clear()


def opened(path: str, asked: dict[str, str | list[str]]) -> list[str]:
    """What a page shows at an address."""
    page = AppTest.from_file(str(ROOT / COMPARE), default_timeout=300)
    page.switch_page(f"pages/{path}.py")
    for key, value in asked.items():
        page.query_params[key] = value
    with bounded(f"{path}: {str(asked)[:300]}"):
        page.run()
    return read(page)


def read(page: AppTest) -> list[str]:
    """All texts on a page, which shows no traceback."""
    assert not page.exception, page.exception
    texts = [getattr(each, "label" if kind == "button" else "value") for kind in SHOWN_AS for each in page.get(kind)]
    return [text for text in texts if "<style>" not in text]


def is_harmless(texts: list[str]) -> bool:
    """Whether none of a stranger's texts is on the page as it was written."""
    return not any(foreign.strip() in text for text in texts for foreign in MARKED.values())


@pytest.mark.parametrize("path, key", [("join", "room"), ("screen", "room"), ("workshop", "leader")])
def test_a_code_or_a_secret_of_any_kind_leads_nowhere(path, key):
    nowhere = opened(path, {key: "nowhere"})
    for kind, text in TEXTS.items():
        texts = opened(path, {key: text[:10_000]})
        assert is_harmless(texts), kind
        assert sum(map(len, texts)) < sum(map(len, nowhere)) + SHOWN, kind


def test_a_mission_of_any_kind_is_shown_or_refused():
    keys = cycle(["mission", "measure", "bounds", "goal", "cost", "free", "lesson", "activations", "dataset", "hide"])
    for kind, text in TEXTS.items():
        for key in ("question", next(keys)):
            assert is_harmless(opened("mission", GOOD | {key: text[:10_000]})), (kind, key)


@pytest.mark.parametrize("state", [State.OPEN, State.REVEALED])
def test_the_words_of_a_rooms_question_are_shown_as_they_are(state):
    for question, reason in zip(list(MARKED.values())[::2], list(MARKED.values())[1::2]):
        room = rooms().open([urlencode(GOOD | {"question": question[:300], "reason": reason[:300]}, doseq=True)])
        texts = _shown_to_all(room, state)
        assert is_harmless(texts), question
        assert any(plain(question[:300].strip()) in text for text in texts), question


def test_a_room_with_a_question_that_cannot_be_asked_stands():
    """One that another version of the program has kept, or that somebody has written into the database."""
    for kind, text in list(TEXTS.items())[::3]:
        if len(text[:1000].strip()) > 0 and "\0" not in text:
            assert is_harmless(_shown_to_all(rooms().open([text[:1000]]), State.OPEN)), kind


def _shown_to_all(room: Opened, state: State) -> list[str]:
    rooms().go_to(room.secret, 0, state)
    return opened("screen", {"room": room.code}) + opened("workshop", {"leader": room.secret}) + _joined(room)


def _joined(room: Opened) -> list[str]:
    page = AppTest.from_file(str(ROOT / COMPARE), default_timeout=300)
    page.switch_page("pages/join.py")
    page.query_params["room"] = room.code
    page.run()
    page.button[-1].click()
    return read(page.run())
