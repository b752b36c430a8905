"""What no clock lets go of: orders that are held, and those with an open claim."""

from sqlalchemy import ColumnElement, Exists, FromClause, exists, or_

from plugin.storage.tables import claims, legal_holds

Condition = ColumnElement[bool]


def is_needed(table: FromClause) -> Condition:
    """A claim about the row's order is open, or the order is held."""
    is_of_it = claims.c.merchant_id == table.c.merchant_id, claims.c.order_id == table.c.order_id
    return or_(exists().where(*is_of_it, claims.c.is_open), is_held(table.c.merchant_id, table.c.order_id))


def is_held(merchant: ColumnElement[str], order: ColumnElement[str]) -> Exists:
    """The order is held."""
    return exists().where(legal_holds.c.merchant_id == merchant, legal_holds.c.order_id == order)
