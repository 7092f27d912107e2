"""A room may let nobody new in."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    op.add_column("rooms", sa.Column("admits", sa.Boolean, nullable=False, server_default=sa.true()))
