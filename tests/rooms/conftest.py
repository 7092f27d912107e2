"""A database for the servers of a test: SQLite in a file, or PostgreSQL."""

from pathlib import Path

import pytest

from tests.postgres.conftest import server
from tests.postgres.serving import Postgres

__all__ = ["server"]


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'rooms.sqlite'}"


@pytest.fixture
def postgresql(server: Postgres) -> str:
    """The address of an empty database."""
    return server.new_database()
