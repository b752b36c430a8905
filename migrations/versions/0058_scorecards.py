"""Scores of carriers that were made beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "scorecards",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_scorecards_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "days", name=op.f("pk_scorecards")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("scorecards")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
