"""Stored projections of entitlements: one blob per order to read back, one flat row per clock to select by."""

import zlib
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement

from plugin.domain.decoding import decoder
from plugin.domain.entitlement import Clock, LineEntitlements
from plugin.domain.ids import OrderId
from plugin.storage.scope import Scope
from plugin.storage.tables import entitlements, projections

_FASTEST = 1
_encoder = msgspec.json.Encoder()
_decoder = decoder(tuple[LineEntitlements, ...])


class SqlEntitlements:
    """`plugin.ports.unit_of_work.Entitlements`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def replace(self, order: OrderId, lines: Sequence[LineEntitlements]) -> None:
        """Replace an order's projection; one that is the same as before costs a look."""
        blob = zlib.compress(_encoder.encode(lines), _FASTEST)
        if blob == self._blob(order):
            return
        law = _law(lines[0].rulebook_version, lines[0].calendar_version) if lines else None
        self._scope.upsert(projections, [{"order_id": order, "lines": blob, "law": law}], ["order_id"])
        self._scope.run(self._scope.delete(entitlements).where(entitlements.c.order_id == order))
        self._scope.insert(entitlements, [_row(order, line, clock) for line in lines for clock in line.clocks])

    def of(self, order: OrderId) -> Sequence[LineEntitlements]:
        """An order's projection as stored, empty when none."""
        blob = self._blob(order)
        return _decoder.decode(zlib.decompress(blob)) if blob else ()

    def outdated(self, rulebook_version: str, calendar_version: str, limit: int) -> Sequence[OrderId]:
        """Orders whose projection comes from another rulebook or calendar, in no order that matters.

        Two looks into the index, below and above the versions asked for: a plain "not equal" would walk all of it.
        """
        law = _law(rulebook_version, calendar_version)
        below, above = self._from(projections.c.law < law, limit), self._from(projections.c.law > law, limit)
        return [*below, *above][:limit]

    def _from(self, is_other: ColumnElement[bool], limit: int) -> list[OrderId]:
        statement = self._scope.select(projections, projections.c.order_id).where(is_other)
        rows = self._scope.rows(statement.order_by(projections.c.law, projections.c.order_id).limit(limit))
        return [row.order_id for row in rows]

    def _blob(self, order: OrderId) -> bytes | None:
        statement = self._scope.select(projections, projections.c.lines).where(projections.c.order_id == order)
        row = self._scope.row(statement)
        return row.lines if row else None


def _law(rulebook_version: str, calendar_version: str) -> str:
    return f"{rulebook_version} {calendar_version}"


def _row(order: OrderId, line: LineEntitlements, clock: Clock) -> dict[str, Any]:
    return {
        "order_id": order,
        "line_id": line.line,
        "right": clock.right.value,
        "starts_at": clock.starts.at if clock.starts else None,
        "source": clock.starts.source.value if clock.starts else None,
        "event_day": clock.event_day,
        "last_day": clock.last_day,
        "closes_at": clock.closes_at,
        "absent": clock.absent,
        "rulebook_version": line.rulebook_version,
        "calendar_version": line.calendar_version,
        "policy_version": line.policy_version,
    }
