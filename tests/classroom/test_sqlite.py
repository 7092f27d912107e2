"""What is SQLite's alone."""

import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from classroom import State
from classroom.database import PATIENCE, _on_connect
from classroom.rooms import Rooms

FILES, CONNECTIONS = 20, 8
GUARD = 60  # seconds, after which a test that hangs fails


def test_what_is_committed_is_on_the_disk_and_readers_do_not_wait(rooms: Rooms):
    with rooms._writing() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 20_000,
    }  # fmt: skip


def test_connections_that_come_at_once_to_a_new_file_wait_for_each_other(tmp_path: Path):
    """SQLite itself says "database is locked" to about every fiftieth of these."""
    start = threading.Barrier(CONNECTIONS)

    def connect(file: Path) -> str:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
            start.wait(GUARD)
            _on_connect(connection, None)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE IF NOT EXISTS one (it)")
            connection.execute("COMMIT")
            return connection.execute("PRAGMA journal_mode").fetchone()[0]

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        for number in range(FILES):
            assert set(threads.map(connect, [tmp_path / f"{number}.sqlite"] * CONNECTIONS)) == {"wal"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no rights of this kind")
def test_nobody_else_on_the_machine_can_read_the_files_unless_the_host_lets_them(rooms: Rooms, tmp_path: Path):
    rooms.open(["first"])
    rights = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("rooms.sqlite*")}
    assert rights == dict.fromkeys(["rooms.sqlite", "rooms.sqlite-wal", "rooms.sqlite-shm"], 0o600)
    shared = tmp_path / "shared.sqlite"
    shared.touch()
    shared.chmod(0o660)
    Rooms(f"sqlite:///{shared}").dispose()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o660


def test_the_file_has_no_token_no_secret_and_no_address_and_after_the_end_no_answer(rooms: Rooms, tmp_path: Path):
    source, answer = "203.0.113.9", "an answer that is found if it is there"
    opened = rooms.open(["first"], source)
    token = rooms.join(opened.code, source).token
    rooms.go_to(opened.secret, 0, State.OPEN)
    rooms.answer(token, 0, answer)

    def written() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("rooms.sqlite*"))

    assert answer.encode() in written()
    assert not [text for text in (token, opened.secret, source) if text.encode() in written()]
    rooms.close(opened.secret)
    rooms.dispose()
    assert answer.encode() not in written()
