"""Inbox, parked records and mails."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "mails",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_mails_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_mails")),
    )
    op.create_index("ix_mails_unsent", "mails", ["merchant_id", "sent_at", "queued_at"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("platform", KEY, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("delivery_key", KEY, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_inbox_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "merchant_id", "shop_id", "delivery_key", name=op.f("uq_inbox_merchant_id_shop_id_delivery_key")
        ),
    )
    op.create_index("ix_inbox_due", "inbox", ["due_at", "id"], unique=False)
    op.create_table(
        "parked",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("platform", KEY, nullable=False),
        sa.Column("topic", KEY, nullable=False),
        sa.Column("code", KEY, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("parked_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("subject", KEY, nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_parked_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_parked")),
        sa.UniqueConstraint(
            "merchant_id", "shop_id", "topic", "body_hash", name=op.f("uq_parked_merchant_id_shop_id_topic_body_hash")
        ),
    )
    op.create_index("ix_parked_age", "parked", ["merchant_id", "parked_at", "id"], unique=False)
    op.create_index("ix_parked_subject", "parked", ["merchant_id", "shop_id", "subject"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_parked_subject", table_name="parked")
    op.drop_index("ix_parked_age", table_name="parked")
    op.drop_table("parked")
    op.drop_index("ix_inbox_due", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("ix_mails_unsent", table_name="mails")
    op.drop_table("mails")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
