"""Effects that ran out of tries, when each worker was last heard of, and what is counted of letters and refunds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
COUNTED = (
    ("ix_mails_waiting", "mails", "queued_at", "sent_at IS NULL AND content IS NOT NULL"),
    ("ix_refund_intents_failed", "refund_intents", "changed_at", "state = 'failed'"),
)
MERCHANT = ["merchants.merchant_id"]


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "failed_effects",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("fault", KEY, nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("failed_at", INSTANT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("request", KEY, nullable=True),
        sa.Column("retried_at", INSTANT, nullable=True),
        sa.Column("dismissed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("merchant_id", "id", name="pk_failed_effects"),
        sa.ForeignKeyConstraint(["merchant_id"], MERCHANT, name="fk_failed_effects_merchants"),
    )
    op.create_index("ix_failed_effects_first", "failed_effects", ["merchant_id", "first_at", "id"])
    op.create_table(
        "worker_slots",
        sa.Column("slot", KEY, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("beat_at", INSTANT, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_worker_slots"),
    )
    for name, table, column, where in COUNTED:
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    set_lock_timeout()
    for name, table, _column, _where in COUNTED:
        op.drop_index(name, table_name=table)
    op.drop_table("worker_slots")
    op.drop_table("failed_effects")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
