"""What the tests of `classroom` show of rooms in SQLite holds in PostgreSQL."""

from tests.classroom.test_answering import *  # noqa: F403
