"""A PostgreSQL for all tests of this folder.  Where there is none, they are skipped, but fail in CI."""

from collections.abc import Iterator

import pytest

from tests.classroom.conftest import clock, rooms
from tests.postgres.serving import Postgres, postgres

__all__ = ["clock", "rooms"]


@pytest.fixture(scope="session")
def server(without) -> Iterator[Postgres]:
    """A server."""
    try:
        with postgres() as server:
            yield server
    except FileNotFoundError as missing:
        without(missing)


@pytest.fixture
def database(server: Postgres) -> str:
    """The address of an empty database of it."""
    return server.new_database()
