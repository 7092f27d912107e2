"""How a hosted server starts, when it does not, and what it answers where something goes wrong."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from classroom.limits import LIFE
from classroom.rooms import Rooms
from tests.browser.running import PATIENCE, answers, wait_until
from tests.deploy.serving import Server, fetch, server

pytestmark = pytest.mark.slow


def ready(running: Server) -> tuple[int, str]:
    """What it answers to who asks whether people can be sent to it; (0, "") before it answers at all."""
    try:
        answer = fetch(f"{running.url}/ready")
    except OSError:
        return 0, ""
    return answer.status, answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACTIVATION_LAB_WORKERS", "abc"),
        ("ACTIVATION_LAB_WARM_UP", "everything"),
        ("ACTIVATION_LAB_FRAME_ANCESTORS", "self"),
        ("DATABASE_URL", "mysql://me:hush@host/name"),
    ],
)
def test_a_wrong_variable_ends_it_with_a_sentence(tmp_path, name, value):
    log = tmp_path / "log.txt"
    with server(log, **{name: value}) as running:
        assert running.process.wait(PATIENCE)
    text = log.read_text()
    assert f"The server does not start. The environment variable {name} " in text
    assert "Traceback" not in text and "hush" not in text


def test_rooms_that_are_past_their_time_are_deleted_though_nobody_needs_a_room(tmp_path):
    file = tmp_path / "rooms.sqlite"
    before = Rooms(f"sqlite:///{file}", clock=lambda: datetime.now(UTC) - LIFE - timedelta(days=1))
    before.join(before.open(["first"]).code, "here")
    before.dispose()

    def left() -> list[int]:
        with closing(sqlite3.connect(file)) as kept:
            return [kept.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("rooms", "people")]

    assert left() == [1, 1]
    with server(tmp_path / "log.txt", DATABASE_URL=f"sqlite:///{file}"):
        wait_until(lambda: left() == [0, 0])


def test_it_is_not_ready_until_the_rooms_can_be_opened(tmp_path):
    log, folder = tmp_path / "log.txt", tmp_path / "later"
    with server(log, DATABASE_URL=f"sqlite:///{folder}/rooms.sqlite") as running:
        wait_until(lambda: ready(running) == (503, "the rooms cannot be opened, and the log says why"), 3 * PATIENCE)
        assert fetch(f"{running.url}/health").status == 200
        folder.mkdir()
        wait_until(lambda: ready(running) == (200, "ready"))
    text = log.read_text()
    assert text.count("the rooms cannot be opened in the database of DATABASE_URL") == 1
    assert "unable to open database file" in text and "Traceback" not in text


def test_an_error_that_no_page_shows_is_a_number_in_the_answer_and_all_of_it_in_the_log(tmp_path):
    log = tmp_path / "log.txt"
    with server(log, ["uvicorn", "tests.deploy.erring:app"]) as running:
        wait_until(lambda: answers(f"{running.url}/health"))
        answer = fetch(f"{running.url}/wrong")
    assert answer.status == 500
    assert answer.headers["x-content-type-options"] == "nosniff", "it has the headers of every answer"
    (number,) = re.fullmatch(r"Something went wrong\. Error number: (\w+)", answer.text).groups()
    (_, told) = log.read_text().split(f"error number {number}\nTraceback")
    assert "ValueError: a secret of the server" in told
