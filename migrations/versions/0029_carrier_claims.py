"""What carriers are asked for goods damaged on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "carrier_claims",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("notice_by", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            *(["merchant_id", "claim_id"], ["claims.merchant_id", "claims.id"]),
            name=op.f("fk_carrier_claims_claims"),
        ),
        sa.ForeignKeyConstraint(
            *(["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"]),
            name=op.f("fk_carrier_claims_orders"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "claim_id", name=op.f("pk_carrier_claims")),
    )
    op.create_index("ix_carrier_claims_state", "carrier_claims", ["merchant_id", "state", "notice_by"], unique=False)
    op.create_index("ix_carrier_claims_order", "carrier_claims", ["merchant_id", "order_id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_carrier_claims_order", table_name="carrier_claims")
    op.drop_index("ix_carrier_claims_state", table_name="carrier_claims")
    op.drop_table("carrier_claims")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
