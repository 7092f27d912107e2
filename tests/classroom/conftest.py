"""Rooms on SQLite, with a clock that only tests move; `tests/postgres` runs the same tests on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.rooms import Rooms


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 27, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty database."""
    return f"sqlite:///{tmp_path / 'rooms.sqlite'}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(database: str, clock: Clock) -> Iterator[Rooms]:
    """The rooms of an empty database."""
    rooms = Rooms(database, clock=clock)
    yield rooms
    rooms.dispose()
