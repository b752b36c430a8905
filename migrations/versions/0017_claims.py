"""Claims: the entries of their records, and the flat rows they are listed by."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OPEN = "is_open"
"""A condition of partial indices, of which the two databases write the truth differently."""
INDEXES = {
    "ix_claims_order": (["order_id"], None),
    "ix_claims_opened": (["opened_at", "id"], None),
    "ix_claims_shop": (["shop_id", "opened_at", "id"], None),
    "ix_claims_status": (["status", "opened_at", "id"], None),
    "ix_claims_country": (["country", "opened_at", "id"], None),
    "ix_claims_due": (["due_order", "id"], OPEN),
    "ix_claims_assignee": (["assignee", "due_order", "id"], OPEN),
    "ix_claims_tier": (["tier", "due_order", "id"], OPEN),
    "ix_claims_open_status": (["status", "due_order", "id"], OPEN),
    "ix_claims_turn": (["waits_for_answer", "due_order", "id"], OPEN),
    "ix_claims_wakes": (["wakes_at", "id"], "wakes_at IS NOT NULL"),
    "ix_claims_stuck": (["money_stuck_at", "id"], "money_stuck_at IS NOT NULL"),
}


def upgrade() -> None:
    set_lock_timeout()
    create_entries()
    create_claims()
    create_lines()


def create_entries() -> None:
    op.create_table(
        "claim_entries",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_claim_entries_merchants")),
        reference("claim_entries", "people", "person_id"),
        sa.PrimaryKeyConstraint("merchant_id", "claim_id", "seq", name=op.f("pk_claim_entries")),
    )
    create_index("ix_claim_entries_first", "claim_entries", ["claim_id"], "seq = 1", unique=True)
    create_index("ix_claim_entries_person", "claim_entries", ["person_id"], "person_id IS NOT NULL")


def create_claims() -> None:
    keys = ("shop_id", "order_id", "number", "track", "status", "tier", "language", "timer")
    flags = ("is_open", "needs_person", "waits_for_answer", "has_failed_refund")
    op.create_table(
        "claims",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in keys),
        *(sa.Column(name, KEY, nullable=True) for name in ("country", "assignee")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in flags),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("due_order", "opened_at", "changed_at")),
        *(
            sa.Column(name, INSTANT, nullable=True)
            for name in ("answer_due_at", "wakes_at", "money_due_at", "money_stuck_at")
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        reference("claims", "shops", "shop_id"),
        reference("claims", "orders", "order_id"),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_claims")),
        sa.UniqueConstraint("merchant_id", "number", name=op.f("uq_claims_merchant_id_number")),
    )
    for name, (columns, condition) in INDEXES.items():
        create_index(name, "claims", columns, condition)


def create_lines() -> None:
    keys = ("order_line", "fault", "ground", "wanted", "decision", "remedy_state", "leg", "inspection", "disposition")
    op.create_table(
        "claim_lines",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in (*keys, "currency")),
        *(sa.Column(name, KEY, nullable=True) for name in ("reason", "remedy")),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        reference("claim_lines", "claims", "claim_id"),
        sa.PrimaryKeyConstraint("merchant_id", "claim_id", "no", name=op.f("pk_claim_lines")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("claim_lines")
    for name in reversed(INDEXES):
        op.drop_index(name, table_name="claims")
    op.drop_table("claims")
    for name in ("ix_claim_entries_person", "ix_claim_entries_first"):
        op.drop_index(name, table_name="claim_entries")
    op.drop_table("claim_entries")


def reference(table: str, to: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["merchant_id", column], [f"{to}.merchant_id", f"{to}.id"], name=op.f(f"fk_{table}_{to}")
    )


def create_index(name: str, table: str, columns: list[str], condition: str | None, *, unique: bool = False) -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    written = (f"{OPEN} = true" if is_postgres else f"{OPEN} = 1") if condition == OPEN else condition
    where = {f"{op.get_bind().dialect.name}_where": sa.text(written)} if written else {}
    op.create_index(name, table, ["merchant_id", *columns], unique=unique, **where)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
