"""Which language is spoken where: by a thread, in a worker, and what is kept of it."""

import re
import subprocess
import sys

import pytest

from core import DatasetSpec, Experiment, Grid, Run
from core.notes import Note
from tests import ROOT
from ui.jobs import results
from ui.shell.language import LANGUAGES, N_, _, plural, said, said_in, speak, speaking, spoken
from ui.shell.numbers import count, percent
from ui.shell.readers import between, one_of, or_none, some_of
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


@pytest.mark.parametrize(
    ("ask", "in_english", "names"),
    [
        (lambda: one_of(Note("optimizer"), ("adam", "sgd"))(["adm"]),
         "unknown optimizer 'adm'; did you mean 'adam'? Choices: adam, sgd", {"adm", "adam", "sgd"}),
        (lambda: some_of(one_of(Note("seed"), (1, 2)))(["3"]), "seed is '3', and must be one of 1, 2", set()),
        (lambda: one_of(Note("seed"), ("", 1, 2))(["3"]), "seed is '3', and must be one of 1, 2", set()),
        (lambda: between(Note("batch size"), 1, 5)(["2.5"]),
         "batch size is '2.5', and must be a whole number between 1 and 5", set()),
        (lambda: or_none(between(Note("learning rate"), 0.1, 10.0), "default")(["-1"]),
         "learning rate is '-1', and must be a number between 0.1 and 10, or default", {"default"}),
        (lambda: Experiment(DatasetSpec("moons"), ()),
         "the number of runs is 0, and must be a whole number between 1 and 300", set()),
        (lambda: DatasetSpec("iris", view="tsne"), "unknown view 'tsne'. Choices: pca2, all", {"tsne", "pca2", "all"}),
        (lambda: Grid({"l2": []}), "the number of values of l2 is 0, and must be a whole number between 1 and 400",
         {"l2"}),
        (lambda: Run("=x +"), "expected a number, a name or '(' (character 4 of 'x +')", {"x"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_it_but_for_names(ask, in_english, names):
    """Whoever has found it: a reader of the address, a dataclass of `core`, or the reader of a formula."""
    with pytest.raises(ValueError) as error:
        ask()
    assert said(error.value) == str(error.value) == in_english
    in_korean = said_in("ko", said, error.value)
    assert set(re.findall(r"\w*[A-Za-z]\w*", in_korean, re.ASCII)) == names, in_korean


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
