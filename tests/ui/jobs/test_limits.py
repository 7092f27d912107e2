"""What one visitor may ask for, the table of it in the docs, and what is said of more."""

from dataclasses import astuple

import pytest

from core import Experiment, Run
from tests import ROOT
from ui.jobs import words
from ui.jobs.limits import OF_STRANGERS, OWN, PUBLIC, limits
from ui.jobs.trainings import Place


@pytest.mark.parametrize(("value", "expected"), [(None, OWN), ("0", OWN), ("1", OF_STRANGERS)])
def test_a_public_server_has_the_limits_of_strangers(monkeypatch, value, expected):
    monkeypatch.delenv(PUBLIC, raising=False)
    if value:
        monkeypatch.setenv(PUBLIC, value)
    assert limits() == expected


def test_strangers_may_ask_for_less():
    assert all(less < most for less, most in zip(astuple(OF_STRANGERS), astuple(OWN), strict=True))


def test_the_docs_have_the_same_table():
    text = (ROOT / "docs" / "architecture.md").read_text()
    table = text.partition("#### What one visitor may ask for")[2].partition("\n\nShapes")[0]
    rows = [line.split("|")[2:4] for line in table.splitlines() if line.startswith("|")][2:]
    assert [tuple(map(float, row)) for row in rows] == [*zip(astuple(OWN), astuple(OF_STRANGERS), strict=True)]


def test_what_is_over_a_limit_is_said_with_the_limit():
    usual = Experiment()
    long = Experiment(runs=(Run("relu"),), hidden=(32,) * 12, epochs=2000, batch_size=6)
    many = tuple(Run(seed=seed) for seed in range(60))
    large = Experiment(runs=many, hidden=(64, 64, 64), epochs=60, batch_size=None)
    for each in (OWN, OF_STRANGERS):
        assert words.over(each, usual) is None
    assert long.seconds() > OF_STRANGERS.seconds
    assert "the limit of this server is 15 s" in words.over(OF_STRANGERS, long)
    assert large.megabytes() > OF_STRANGERS.megabytes
    assert "the limit of this server is 100 MB" in words.over(OF_STRANGERS, large)
    assert words.over(OWN, long) is words.over(OWN, large) is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(0, 0, 3.0), None),
        (Place(5, 3, 3.2), "3 trainings are before yours, which is ready in about 4 s."),
        (Place(1, 1, 0.2), "1 training is before yours, which is ready in about 1 s."),
        (Place(2, 0, 9.0), "2 longer trainings take turns with yours, which is ready in about 9 s."),
    ],
)
def test_the_place_is_said_in_a_sentence(place, expected):
    assert words.place(place) == expected
