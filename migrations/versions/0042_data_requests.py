"""Requests for all that is kept about somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "data_requests",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("through", KEY, nullable=False),
        sa.Column("asked_by", KEY, nullable=True),
        sa.Column("reference", KEY, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("sought", sa.LargeBinary(), nullable=True),
        sa.Column("packed_at", INSTANT, nullable=True),
        sa.Column("object", KEY, nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("handed_over_at", INSTANT, nullable=True),
        sa.Column("handed_over_by", KEY, nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "person_id"], ["people.merchant_id", "people.id"], name=op.f("fk_data_requests_people")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_data_requests_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_data_requests")),
    )
    for name, column in INDEXES.items():
        op.create_index(name, "data_requests", ["merchant_id", column], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    for name in INDEXES:
        op.drop_index(name, table_name="data_requests")
    op.drop_table("data_requests")


INDEXES = {
    "ix_data_requests_asked": "asked_at",
    "ix_data_requests_person": "person_id",
    "ix_data_requests_dropped": "is_dropped",
}


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
