"""What is counted of our own tables across merchants, each along an index of what waits, and no further than `MOST`."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Table, case, func, literal, select, text, true

from plugin.domain.outage import SILENT_AFTER
from plugin.domain.refund.intent import STOPPED
from plugin.domain.tracking.breaking import CarrierFault
from plugin.ports.vitals import Measure
from plugin.storage.repositories.failed_effects import is_waiting
from plugin.storage.tables import (
    carrier_accounts,
    carrier_pushes,
    claims,
    connections,
    failed_effects,
    inbox,
    mails,
    parked,
    refund_intents,
    shops,
)

MOST: Final = 100_000
"""A count that has reached it says "at least"."""
_DUE_SOON: Final = timedelta(days=1)
_HALTING: Final = (CarrierFault.BAD_KEYS.value, CarrierFault.NOT_ALLOWED.value)


def _deliveries(at: Connection, now: datetime) -> Iterator[Measure]:
    """What shops told us and nobody has applied yet."""
    yield Measure("aftercare_deliveries_waiting", _count(at, inbox, true()))
    yield Measure("aftercare_delivery_oldest_seconds", _age(at, inbox.c.due_at, true(), now, of=inbox.c.received_at))
    yield Measure("aftercare_records_parked", _count(at, parked, true()))


def _pushes(at: Connection, now: datetime) -> Iterator[Measure]:
    """What carriers told us."""
    is_waiting_ = carrier_pushes.c.due_at.is_not(None)
    yield Measure("aftercare_carrier_pushes_waiting", _count(at, carrier_pushes, is_waiting_))
    oldest = _age(at, carrier_pushes.c.due_at, is_waiting_, now, of=carrier_pushes.c.received_at)
    yield Measure("aftercare_carrier_push_oldest_seconds", oldest)


def _letters(at: Connection, now: datetime) -> Iterator[Measure]:
    """What is to be sent; what was parked waits for a person, and ages no more."""
    is_here = mails.c.sent_at.is_(None) & mails.c.content.is_not(None)
    is_parked = mails.c.parked_at.is_not(None)
    for state, is_it in (("waiting", ~is_parked), ("parked", is_parked)):
        yield Measure("aftercare_letters", _count(at, mails, is_here & is_it), {"state": state})
    yield Measure("aftercare_letter_oldest_seconds", _age(at, mails.c.queued_at, is_here & ~is_parked, now))


def _failures(at: Connection, now: datetime) -> Iterator[Measure]:
    """What ran out of tries."""
    yield Measure("aftercare_effects_failed", _count(at, failed_effects, is_waiting(now)))


def _refunds(at: Connection, _now: datetime) -> Iterator[Measure]:
    """Refunds that a person has to look at."""
    has_failed = refund_intents.c.state == text("'failed'")
    is_stuck = refund_intents.c.code.is_(None) | (refund_intents.c.code != STOPPED)
    yield Measure("aftercare_refunds_failed", _count(at, refund_intents, has_failed & is_stuck))


def _connections(at: Connection, now: datetime) -> Iterator[Measure]:
    """Whether connected shops can be read."""
    columns = connections.c
    state = case(
        (columns.fault.is_(None), "works"),
        (columns.due_at.is_(None), "stopped"),
        (columns.failing_since <= now - SILENT_AFTER, "silent"),
        else_="failing",
    )
    joined = connections.join(shops)
    yield from _grouped(at, "aftercare_shop_connections", joined, {"platform": shops.c.platform, "state": state})


def _carriers(at: Connection, now: datetime) -> Iterator[Measure]:
    """Accounts with carriers, by their breakers; and those whose quota lets them follow nothing new."""
    columns = carrier_accounts.c
    state = case(
        (~columns.is_on, "off"),
        (columns.fault.in_(_HALTING), "halted"),
        (columns.open_until > now, "resting"),
        (columns.fault.is_not(None), "failing"),
        else_="works",
    )
    yield from _grouped(at, "aftercare_carrier_accounts", carrier_accounts, {"kind": columns.kind, "state": state})
    quota = case((columns.fault == CarrierFault.NO_QUOTA.value, "none"), else_="left")
    yield from _grouped(at, "aftercare_carrier_quota", carrier_accounts, {"kind": columns.kind, "quota": quota})


def _claims(at: Connection, now: datetime) -> Iterator[Measure]:
    """Open claims by how urgent they are and whether what is due is."""
    due = claims.c.due_order
    state = case((due <= now, "overdue"), (due <= now + _DUE_SOON, "due"), else_="later")
    is_open = claims.c.is_open == true()
    yield from _grouped(at, "aftercare_claims_open", claims, {"tier": claims.c.tier, "state": state}, is_open)


def _database(at: Connection, _now: datetime) -> Iterator[Measure]:
    """Connections to PostgreSQL, of all our processes; an SQLite file has none that could run out."""
    if at.dialect.name != "postgresql":
        return
    asked = text(
        "SELECT coalesce(state, 'other') AS state, count(*) AS found FROM pg_stat_activity "
        "WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1"
    )
    for row in at.execute(asked):
        yield Measure("aftercare_database_connections", row.found, {"state": row.state.replace(" ", "_")})
    most = at.execute(text("SELECT current_setting('max_connections')::int")).scalar_one()
    yield Measure("aftercare_database_connections_most", most)


COUNTED: Final = {
    "deliveries": _deliveries,
    "pushes": _pushes,
    "letters": _letters,
    "failures": _failures,
    "refunds": _refunds,
    "connections": _connections,
    "carriers": _carriers,
    "claims": _claims,
    "database": _database,
}


def _count(at: Connection, table: Table, is_meant: ColumnElement[bool]) -> int:
    found = select(literal(1).label("one")).select_from(table).where(is_meant).limit(MOST).subquery()
    return int(at.execute(select(func.count(found.c.one))).scalar_one())


def _age(
    at: Connection,
    by: ColumnElement[datetime],
    is_meant: ColumnElement[bool],
    now: datetime,
    of: ColumnElement[datetime] | None = None,
) -> float:
    """How long the one that is first by that column waits, in seconds; 0: nothing waits."""
    first = select(by if of is None else of).where(is_meant).order_by(by).limit(1)
    since = at.execute(first).scalar()
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _grouped(
    at: Connection,
    name: str,
    source: FromClause,
    labels: Mapping[str, ColumnElement[Any]],
    is_meant: ColumnElement[bool] | None = None,
) -> Iterator[Measure]:
    columns = [column.label(label) for label, column in labels.items()]
    rows = select(*columns).select_from(source).where(true() if is_meant is None else is_meant).limit(MOST).subquery()
    found = select(*rows.c, func.count().label("found")).group_by(*rows.c)
    for row in at.execute(found):
        yield Measure(name, row.found, {label: str(getattr(row, label)) for label in labels})
