"""Withdrawals as they were declared, the words sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
INDEXES = {
    "ix_declarations_person": ["merchant_id", "person_id", "received_at"],
    "ix_declarations_caller": ["merchant_id", "caller", "received_at"],
    "ix_declarations_order": ["merchant_id", "order_id", "received_at"],
}


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "declarations",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("form", KEY, nullable=False),
        sa.Column("caller", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("zone", KEY, nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("country", KEY, nullable=True),
        sa.Column("order_id", KEY, nullable=True),
        sa.Column("proof", KEY, nullable=False),
        sa.Column("proven_at", INSTANT, nullable=True),
        sa.Column("proven_by", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["merchant_id", column], [f"{table}.merchant_id", f"{table}.id"], name=op.f(f"fk_declarations_{table}")
            )
            for table, column in (("shops", "shop_id"), ("people", "person_id"), ("orders", "order_id"))
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_declarations")),
        sa.UniqueConstraint("merchant_id", "form", name=op.f("uq_declarations_merchant_id_form")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "declarations", columns, unique=False)


def downgrade() -> None:
    set_lock_timeout()
    for name in INDEXES:
        op.drop_index(name, table_name="declarations")
    op.drop_table("declarations")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
