"""What a host may set: what is wrong is said with the variable's name, before anything is computed with it."""

import re

import pytest

from tests.page import opened
from ui.jobs import limits, memory, rooms, variables, workers

WRONG = {
    workers.WORKERS: ["abc", "-1", "1.5", "2 cores"],
    memory.MEMORY: ["2GB", "0", "-5", "nan", "inf"],
    limits.PUBLIC: ["yes", "true", "2"],
    rooms.DATABASE: [
        "mysql://me:hush@host/name",
        "rooms.sqlite",
        "sqlite://",
        "postgresql://me:h@ush@host/name",
        "postgresql://me:hush:5432/name",
    ],
}
ADDRESSES = (
    "sqlite:////folder/rooms.sqlite",
    "sqlite:///rooms.sqlite",
    "postgres://host/name",
    "postgresql+psycopg://me@host/name",
    "postgresql://me:p%40ss@host:5432/name?sslmode=require",
    "postgresql://me@server:hush@[::1]:5432/name",
    "postgresql://me:hush@/name?host=one:5432&host=other:5432",
    "postgresql:///name",
)


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in WRONG:
        monkeypatch.delenv(name, raising=False)
    variables.check_variables.cache_clear()
    yield
    variables.check_variables.cache_clear()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_variable_is_named_with_its_value_and_what_it_must_be(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=f"^The environment variable {name} .*must be .*\\.$") as error:
        variables.check_variables()
    is_secret = name == rooms.DATABASE
    assert (repr(value) in str(error.value)) is not is_secret
    assert not re.search("hush|ush@", str(error.value))


@pytest.mark.parametrize(
    ("name", "read", "values"),
    [
        (workers.WORKERS, workers.wanted_processes, {"3": 3, " 0 ": 0}),
        (memory.MEMORY, memory.megabytes, {"150": 150, "0.5": 0.5, "": None}),
        (limits.PUBLIC, limits.is_public, {"1": True, "0": False, "": False}),
        (rooms.DATABASE, rooms.database, {"": ""} | {address: address for address in ADDRESSES}),
    ],
)
def test_a_right_one_is_what_it_says(monkeypatch, name, read, values):
    for text, value in values.items():
        monkeypatch.setenv(name, text)
        assert read() == value
        variables.check_variables()


def test_a_page_says_it_and_ends(monkeypatch):
    """As of `streamlit run app.py`, which has no start of its own: every page begins with this."""
    monkeypatch.setattr("ui.jobs.results.runtime.exists", lambda: True)
    monkeypatch.setenv(memory.MEMORY, "2GB")
    page = opened("pages/neuron.py")
    assert [each.value for each in page.error] == [
        "The environment variable ACTIVATION_LAB_MEMORY is '2GB', and must be a number of megabytes above 0, such as "
        "150, without its unit."
    ]
    assert not page.title
