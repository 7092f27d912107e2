"""The tables.  `migrations` brings a database to them; a test holds the two together.

Everything of a room goes with its row.  Tokens and secrets are kept as SHA-256 only.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Moment(sa.TypeDecorator[datetime]):
    """A time that knows its zone, kept as UTC: SQLite keeps no zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


metadata = sa.MetaData()


def _of_room() -> sa.Column[int]:
    return sa.Column("room", sa.ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True)


def _of_person() -> sa.Column[int]:
    return sa.Column("person", sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)


rooms = sa.Table(
    "rooms", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(5), nullable=False, unique=True),
    sa.Column("leader", sa.String(64), nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("together", sa.Boolean, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer),
    sa.Column("shows_names", sa.Boolean, nullable=False),
    sa.Column("admits", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("people", sa.Integer, nullable=False),  # who ever joined: the next one's number
    sa.Column("opened", Moment, nullable=False, index=True),
)  # fmt: skip
questions = sa.Table(
    "questions", metadata,
    _of_room(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
)  # fmt: skip
people = sa.Table(
    "people", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("room", sa.ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("token", sa.String(64), nullable=False, unique=True),
    sa.Column("stuck", sa.Boolean, nullable=False),
    sa.UniqueConstraint("room", "number"),
    sa.UniqueConstraint("room", "name"),
)  # fmt: skip
answers = sa.Table(
    "answers", metadata,
    _of_person(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("vote", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)  # fmt: skip
found = sa.Table(
    "found", metadata,
    _of_person(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("cell", sa.Text),  # JSON, as are the values: a column of PostgreSQL's own type for it has no infinity
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("values", sa.Text, nullable=False),
    sa.Column("right", sa.Text),
)  # fmt: skip
goals = sa.Table(
    "goals", metadata,
    _of_person(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("settings", sa.Text, nullable=False),
    sa.Column("cost", sa.Double, nullable=False),
    sa.Column("reached", sa.Integer, nullable=False),
    sa.Column("of", sa.Integer, nullable=False),
)  # fmt: skip
wrong_codes = sa.Table(
    "wrong_codes", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)  # fmt: skip
sources = sa.Table(
    "sources", metadata,
    _of_room(),
    sa.Column("source", sa.Integer, primary_key=True, autoincrement=False),
)  # fmt: skip
