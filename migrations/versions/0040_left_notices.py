"""Notices for pages that keep no cookies."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "left_notices",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("left_at", INSTANT, nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("has_undo", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "staff_id"], ["staff.merchant_id", "staff.id"], name=op.f("fk_left_notices_staff")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "staff_id", "name", name=op.f("pk_left_notices")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("left_notices")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
