"""A PostgreSQL for all tests of this folder.  Where there is none, they are skipped, but fail in CI."""

import os
from collections.abc import Iterator

import pytest

from tests.classroom.conftest import clock, rooms
from tests.postgres.serving import Postgres, postgres

__all__ = ["clock", "rooms"]


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A server."""
    try:
        with postgres() as server:
            yield server
    except FileNotFoundError as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@pytest.fixture
def database(server: Postgres) -> str:
    """The address of an empty database of it."""
    return server.new_database()
