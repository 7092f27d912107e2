"""What is said of rooms that cannot be opened at the start of a hosted server."""

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from deploy.opening import Opening
from tests.browser.running import free_port
from ui.jobs.rooms import DATABASE, rooms


@pytest.fixture
def opening(monkeypatch, caplog) -> Iterator[Opening]:
    """One that does not wait, and does not find rooms of other tests."""
    monkeypatch.setattr("deploy.opening.TRY_AGAIN", 0)
    caplog.set_level(logging.INFO, "activation_lab")
    rooms.cache_clear()
    yield Opening()
    rooms.cache_clear()


def test_a_database_that_does_not_answer_is_named_by_its_variable_once_and_never_with_its_password(
    opening, monkeypatch, caplog
):
    monkeypatch.setenv(DATABASE, f"postgresql://me:hush@127.0.0.1:{free_port()}/name")
    assert opening.lacks
    for _ in range(2):
        assert opening._try()
        assert opening.lacks == "the rooms cannot be opened, and the log says why"
    (record,) = caplog.records
    assert "in the database of DATABASE_URL, so /ready answers 503" in record.message
    assert "Connection refused" in record.message and "\n" not in record.message
    assert not record.exc_info and "hush" not in caplog.text


def test_a_database_that_comes_later_is_opened(opening, monkeypatch, caplog, tmp_path):
    folder = tmp_path / "later"
    monkeypatch.setenv(DATABASE, f"sqlite:///{folder}/rooms.sqlite")
    assert opening._try() and "unable to open database file" in caplog.text
    folder.mkdir()
    assert not opening._try() and opening.lacks is None
    assert caplog.records[-1].message == "the rooms are open"
    rooms().dispose()


def test_a_database_of_a_newer_version_is_said_to_be_one(opening, monkeypatch, caplog, tmp_path):
    address = f"sqlite:///{tmp_path}/rooms.sqlite"
    monkeypatch.setenv(DATABASE, address)
    assert not opening._try()
    rooms().dispose()
    rooms.cache_clear()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert opening._try() and opening.lacks
    assert "which a newer version of this program made" in caplog.text and "Traceback" not in caplog.text


def test_what_nobody_foresaw_has_its_traceback_in_the_log(opening, monkeypatch, caplog):
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("deploy.opening.rooms", broken)
    assert opening._try()
    assert "again every 0 s: ZeroDivisionError" in caplog.text and "Traceback" in caplog.text
