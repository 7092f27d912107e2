"""Rooms, their questions and people, what these answered and found, and wrong codes."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def _key(name: str, table: str) -> sa.Column:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)


def _position(name: str = "position") -> sa.Column:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(5), nullable=False, unique=True),
        sa.Column("leader", sa.String(64), nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("together", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer),
        sa.Column("shows_names", sa.Boolean, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("opened", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "questions",
        _key("room", "rooms"),
        _position(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("room", sa.Integer, sa.ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("seen", sa.DateTime, nullable=False),
        sa.Column("stuck", sa.Boolean, nullable=False),
        sa.UniqueConstraint("room", "number"),
        sa.UniqueConstraint("room", "name"),
    )
    op.create_table(
        "answers",
        _key("person", "people"),
        _position(),
        _position("vote"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "found",
        _key("person", "people"),
        _position(),
        sa.Column("cell", sa.Text),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("values", sa.Text, nullable=False),
        sa.Column("right", sa.Text),
    )
    op.create_table(
        "goals",
        _key("person", "people"),
        _position(),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("cost", sa.Double, nullable=False),
        sa.Column("reached", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
    )
    op.create_table(
        "wrong_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table("sources", _key("room", "rooms"), _position("source"))
