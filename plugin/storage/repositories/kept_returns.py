"""How far the platform's returns follow one merchant's claims."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, or_

from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, OrderId, ShopId
from plugin.domain.returning.kept_return import KeptReturn
from plugin.storage.scope import Scope
from plugin.storage.tables import claims, kept_returns

_columns = kept_returns.c
_encoder = msgspec.json.Encoder()
_decoder = decoder(KeptReturn)


class SqlKeptReturns:
    """`plugin.ports.kept_returns.KeptReturns`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, claim: ClaimId) -> KeptReturn | None:
        """None: the platform was never told of goods of this claim."""
        row = self._scope.row(self._scope.select(kept_returns, *_columns).where(_columns.claim_id == claim))
        return _kept(row) if row else None

    def of_order(self, order: OrderId) -> Sequence[KeptReturn]:
        """Those of all claims on an order, by claim."""
        found = self._scope.select(kept_returns, *_columns).where(_columns.order_id == order)
        return [_kept(row) for row in self._scope.rows(found.order_by(_columns.claim_id))]

    def save(self, kept: KeptReturn) -> None:
        """Insert (version 0) or compare-and-swap on version; raises `Conflict` when somebody was faster."""
        if kept.version == 0:
            self._scope.insert(kept_returns, [_row(kept)])
            return
        is_this = (_columns.claim_id == kept.claim) & (_columns.version == kept.version)
        if self._scope.run(self._scope.update(kept_returns).where(is_this).values(**_row(kept))) != 1:
            raise Conflict({"what": "kept_return"})

    def due(self, now: datetime, limit: int) -> Sequence[tuple[ClaimId, datetime]]:
        """Claims whose next attempt may begin by now, and since when, longest due first."""
        found = self._scope.select(kept_returns, _columns.claim_id, _columns.due_at).where(_columns.due_at <= now)
        rows = self._scope.rows(found.order_by(_columns.due_at, _columns.claim_id).limit(limit))
        return [(ClaimId(row.claim_id), row.due_at) for row in rows]

    def behind(
        self, shops: Sequence[ShopId], after: datetime, before: datetime, limit: int
    ) -> Sequence[tuple[ClaimId, datetime]]:
        """Claims of these shops that changed in between and that nobody has looked at since; oldest change first."""
        known = self._scope.select(kept_returns, _columns.claim_id).where(_columns.claim_id == claims.c.id)
        looked = known.where(or_(_columns.seen >= claims.c.version, _columns.due_at.is_not(None))).exists()
        changed_at = claims.c.changed_at
        of = claims.c.shop_id.in_(shops) & (changed_at >= after) & (changed_at < before)
        found = self._scope.select(claims, claims.c.id, claims.c.changed_at).where(of & ~looked)
        rows = self._scope.rows(found.order_by(claims.c.changed_at).limit(limit))
        return [(ClaimId(row.id), row.changed_at) for row in rows]


def _row(kept: KeptReturn) -> dict[str, Any]:
    return {
        "claim_id": kept.claim,
        "order_id": kept.order,
        "seen": kept.seen,
        "due_at": kept.due_at,
        "version": kept.version + 1,
        "record": _encoder.encode(kept),
    }


def _kept(row: Row[Any]) -> KeptReturn:
    return replace(_decoder.decode(row.record), version=row.version)
