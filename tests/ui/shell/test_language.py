"""Which language is spoken where: by a thread, in a worker, and what is kept of it."""

import subprocess
import sys

import pytest

from core.notes import Note
from tests import ROOT
from ui.jobs import results
from ui.shell.language import LANGUAGES, N_, _, plural, said, said_in, speak, speaking, spoken
from ui.shell.numbers import count, percent
from ui.shell.speaking import _of_browser

_SEED = N_("Seed")


@pytest.fixture(autouse=True)
def english():
    yield
    speak("en")


def test_a_message_is_said_in_the_language_that_is_spoken():
    with speaking("ko"):
        assert (_(_SEED), count(3, "epoch"), percent(0.5)) == ("시드", "3에포크", "50.0%")
    assert (_(_SEED), count(3, "epoch"), percent(0.5)) == ("Seed", "3 epochs", "50.0 %")
    assert plural("{number} network", "{number} networks", 1) == "1 network"


def test_what_core_says_is_said_in_it_with_its_fields():
    note = Note("{name} is moved and scaled to fit into the square.", name="x")
    assert said(ValueError(note)) == "x is moved and scaled to fit into the square."
    assert "x" in said_in("ko", said, note) and "moved" not in said_in("ko", said, note)


def test_no_text_of_a_person_is_taken_for_a_message_in_a_field():
    with speaking("ko"):
        assert "{class}" in _("Room {code}", code="{class}")


def test_one_language_does_not_leave_the_call_that_speaks_it():
    speak("en")
    with pytest.raises(ZeroDivisionError):
        said_in("ko", lambda: 1 / 0)
    assert spoken() == "en"


@pytest.mark.usefixtures("no_worker_processes")
def test_results_are_kept_by_language():
    """Whoever asks second, in another language, does not get the words that were made for the first."""
    told = []
    for language in ("ko", "en", "ko"):
        with speaking(language):
            told.append(results.computed(_told, 0.25))
    assert told == ["25.0%", "25.0 %", "25.0%"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ko-KR", "ko"), ("ko", "ko"), ("KO_kr", "ko"), ("en-GB", "en"), ("de-AT", "en"), ("", "en"), (None, "en")],
)
def test_the_browser_is_followed_where_it_speaks_one_of_ours(locale, language):
    assert _of_browser(locale) == language
    assert language in LANGUAGES


def test_who_speaks_english_waits_for_no_catalogue():
    """Reading one takes a library that is slow to import."""
    code = "import sys, ui.shell.numbers as n; n.count(2, 'seed'); assert not [m for m in sys.modules if 'babel' in m]"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def _told(share: float) -> str:
    return percent(share)
