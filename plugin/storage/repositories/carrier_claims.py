"""Records of what carriers are asked for; a claim has one at most."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Row, Select

from plugin.domain.carrier_claim import CarrierClaim, CarrierClaimState
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId
from plugin.storage.scope import Scope
from plugin.storage.tables import carrier_claims

_columns = carrier_claims.c
_encoder = msgspec.json.Encoder()
_decoder = decoder(CarrierClaim)


class SqlCarrierClaims:
    """`plugin.ports.carrier_claims.CarrierClaims`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of(self, claim: ClaimId) -> CarrierClaim | None:
        """That of a claim."""
        row = self._scope.row(self._select().where(_columns.claim_id == claim))
        return _record(row) if row else None

    def listed(self, states: Collection[CarrierClaimState], limit: int) -> Sequence[CarrierClaim]:
        """The first to be told of first."""
        found = self._select().where(_columns.state.in_(sorted(state.value for state in states)))
        rows = self._scope.rows(found.order_by(_columns.notice_by, _columns.claim_id).limit(limit))
        return [_record(row) for row in rows]

    def save(self, changed: CarrierClaim) -> None:
        """All or nothing: raises `Conflict` as the port says."""
        with self._scope.savepoint():
            if changed.version == 0:
                self._scope.insert(carrier_claims, [_row(changed)])
                return
            is_this = (_columns.claim_id == changed.claim) & (_columns.version == changed.version)
            if self._scope.run(self._scope.update(carrier_claims).where(is_this).values(**_row(changed))) != 1:
                raise Conflict({"what": "carrier_claim"})

    def _select(self) -> Select[Any]:
        return self._scope.select(carrier_claims, _columns.record, _columns.version)


def _row(record: CarrierClaim) -> dict[str, Any]:
    """One row at its next version."""
    return {
        "claim_id": record.claim,
        "order_id": record.order,
        "state": record.state.value,
        "notice_by": record.notice_by,
        "version": record.version + 1,
        "record": _encoder.encode(record),
    }


def _record(row: Row[Any]) -> CarrierClaim:
    return replace(_decoder.decode(row.record), version=row.version)
