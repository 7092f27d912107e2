"""When participants were last there is not kept any more: nobody has asked for it."""

from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.drop_column("people", "seen")
