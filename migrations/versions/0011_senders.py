"""Who a merchant's mail comes from, and what became of mail that did not leave at once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "senders",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", INSTANT, nullable=True),
        sa.Column("tested_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_senders_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_senders")),
    )
    op.add_column("mails", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("mails", sa.Column("failed_at", INSTANT, nullable=True))
    op.add_column("mails", sa.Column("fault", KEY, nullable=True))
    op.add_column("mails", sa.Column("detail", sa.LargeBinary(), nullable=True))
    op.add_column("mails", sa.Column("parked_at", INSTANT, nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    for column in ("parked_at", "detail", "fault", "failed_at", "attempts"):
        op.drop_column("mails", column)
    op.drop_table("senders")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
