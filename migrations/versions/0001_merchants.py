"""Tenants, their data keys, shops and policy versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "merchants",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_merchants")),
    )
    op.create_table(
        "merchant_keys",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("key_id", KEY, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_merchant_keys_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_merchant_keys")),
    )
    op.create_table(
        "policies",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("effective_from", INSTANT, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_policies_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_policies")),
    )
    op.create_index("ix_policies_effective", "policies", ["merchant_id", "effective_from"], unique=False)
    op.create_table(
        "shops",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("platform", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_shops_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_shops")),
        sa.UniqueConstraint("key", name=op.f("uq_shops_key")),
        sa.UniqueConstraint("merchant_id", "name", name=op.f("uq_shops_merchant_id_name")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("shops")
    op.drop_index("ix_policies_effective", table_name="policies")
    op.drop_table("policies")
    op.drop_table("merchant_keys")
    op.drop_table("merchants")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
