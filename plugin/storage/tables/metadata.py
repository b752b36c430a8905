"""The schema's root: names of constraints follow one pattern, so that migrations can drop them by name."""

from sqlalchemy import Column, ColumnElement, ForeignKeyConstraint, Index, MetaData, Table

from plugin.storage.column_types import Key

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


def merchant_id() -> Column[str]:
    """The tenant a row belongs to: first part of every primary key."""
    return Column("merchant_id", Key, primary_key=True)


def own_id() -> Column[str]:
    """The row's own identifier within its merchant."""
    return Column("id", Key, primary_key=True)


def belongs_to(table: str, *columns: str) -> ForeignKeyConstraint:
    """A reference to another row of the same merchant; `columns` name its key after the merchant."""
    target = ["id"] if len(columns) == 1 else list(columns)
    return ForeignKeyConstraint(
        ["merchant_id", *columns], [f"{table}.merchant_id", *(f"{table}.{name}" for name in target)]
    )


def of_merchant() -> ForeignKeyConstraint:
    """A reference to the tenant itself."""
    return ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"])


def whose_turn(table: Table, column: str, only: ColumnElement[bool] | None = None) -> Index:
    """An index across merchants, of those rows alone: whose turn it is, is asked once for all (`due_merchants`)."""
    named = f"ix_{table.name}_{column}_of_all"
    return Index(named, table.c[column], table.c.merchant_id, sqlite_where=only, postgresql_where=only)
