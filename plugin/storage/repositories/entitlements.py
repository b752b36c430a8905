"""Stored projections of entitlements: instants, inputs and versions of every clock."""

import zlib
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Row

from plugin.domain.entitlement import Clock, LineEntitlements
from plugin.domain.ids import OrderId
from plugin.storage.scope import Scope
from plugin.storage.tables import entitlements

_FASTEST = 1
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Clock)


class SqlEntitlements:
    """`plugin.ports.unit_of_work.Entitlements`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def replace(self, order: OrderId, lines: Sequence[LineEntitlements]) -> None:
        """Replace an order's projection."""
        self._scope.run(self._scope.delete(entitlements).where(entitlements.c.order_id == order))
        clocks = ((line, clock) for line in lines for clock in line.clocks)
        rows = [_row(order, position, line, clock) for position, (line, clock) in enumerate(clocks)]
        self._scope.insert(entitlements, rows)

    def of(self, order: OrderId) -> Sequence[LineEntitlements]:
        """An order's projection as stored, empty when none."""
        statement = self._scope.select(entitlements, *entitlements.c).where(entitlements.c.order_id == order)
        rows = self._scope.rows(statement.order_by(entitlements.c.position))
        return [_line(list(group)) for _, group in groupby(rows, lambda row: row.line_id)]


def _row(order: OrderId, position: int, line: LineEntitlements, clock: Clock) -> dict[str, Any]:
    return {
        "order_id": order,
        "line_id": line.line,
        "right": clock.right.value,
        "position": position,
        "starts_at": clock.starts.at if clock.starts else None,
        "source": clock.starts.source.value if clock.starts else None,
        "event_day": clock.event_day,
        "last_day": clock.last_day,
        "closes_at": clock.closes_at,
        "absent": clock.absent,
        "rulebook_version": line.rulebook_version,
        "calendar_version": line.calendar_version,
        "policy_version": line.policy_version,
        "zone": line.zone,
        "clock": zlib.compress(_encoder.encode(clock), _FASTEST),
    }


def _line(rows: Sequence[Row[Any]]) -> LineEntitlements:
    first = rows[0]
    return LineEntitlements(
        line=first.line_id,
        clocks=tuple(_decoder.decode(zlib.decompress(row.clock)) for row in rows),
        rulebook_version=first.rulebook_version,
        calendar_version=first.calendar_version,
        policy_version=first.policy_version,
        zone=first.zone,
    )
