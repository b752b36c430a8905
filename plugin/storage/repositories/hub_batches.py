"""Batches of hubs and their parcels; constraints keep a hub to one open batch and a parcel to one batch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_

from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.decoding import decoder
from plugin.domain.errors import Conflict
from plugin.domain.ids import BatchId, ClaimId
from plugin.domain.returning.batch import BatchedParcel, BatchState, HubBatch
from plugin.domain.returning.errors import UnknownBatch
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import claim_lines, hub_batches, hub_parcels

_columns = hub_batches.c
_parcels = hub_parcels.c
_UNTOLD = {
    BatchState.DISPATCHED: (ReturnState.AT_HUB,),
    BatchState.RECEIVED: (ReturnState.AT_HUB, ReturnState.IN_TRANSIT, ReturnState.HELD, ReturnState.DELIVERED),
}
"""Where goods are said to be that a batch in this state has moved on."""
_encoder = msgspec.json.Encoder()
_decoder = decoder(HubBatch)
_parcel_decoder = decoder(BatchedParcel)


class SqlHubBatches:
    """`plugin.ports.hub_batches.HubBatches`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, batch: BatchId) -> HubBatch:
        """Raises `UnknownBatch`."""
        found = self._first(self._select().where(_columns.id == batch))
        if found is None:
            raise UnknownBatch({"batch": batch})
        return found

    def open_at(self, hub: str) -> HubBatch | None:
        """The one that is open at a hub."""
        return self._first(self._select().where(_columns.open_hub == hub))

    def holding(self, key: str) -> HubBatch | None:
        """The one that holds this parcel."""
        row = self._scope.row(self._scope.select(hub_parcels, _parcels.batch_id).where(_parcels.key == key))
        return self.get(row.batch_id) if row else None

    def of_claim(self, claim: ClaimId) -> Sequence[HubBatch]:
        """Those with parcels of a claim, oldest first."""
        rows = self._scope.rows(self._scope.select(hub_parcels, _parcels.batch_id).where(_parcels.claim_id == claim))
        named = {row.batch_id for row in rows}
        return self._all(self._select().where(_columns.id.in_(named)).order_by(_columns.opened_at, _columns.id))

    def open(self) -> Sequence[HubBatch]:
        """All that are open, oldest first."""
        is_open = _columns.open_hub.is_not(None)
        return self._all(self._select().where(is_open).order_by(_columns.opened_at, _columns.id))

    def latest(self, limit: int) -> Sequence[HubBatch]:
        """Newest first, whatever their state."""
        return self._all(self._select().order_by(_columns.opened_at.desc(), _columns.id.desc()).limit(limit))

    def untold(self, limit: int) -> Sequence[BatchId]:
        """Those that left or arrived, with goods in their claims that another state is known of; newest first."""
        known = or_(*(and_(_columns.state == state.value, self._leg(*legs)) for state, legs in _UNTOLD.items()))
        found = self._scope.select(hub_batches, _columns.id).where(known)
        return [row.id for row in self._scope.rows(found.order_by(_columns.opened_at.desc(), _columns.id).limit(limit))]

    def last_number(self, hub: str) -> int:
        """The highest number a batch of the hub has; 0 without any."""
        highest = func.coalesce(func.max(_columns.number), 0).label("highest")
        row = self._scope.row(self._scope.select(hub_batches, highest).where(_columns.hub_id == hub))
        return int(row.highest) if row else 0

    def save(self, batch: HubBatch) -> None:
        """All or nothing: raises `Conflict` as the port says."""
        with self._scope.savepoint():
            if batch.version == 0:
                self._scope.insert(hub_batches, [_row(batch)])
            else:
                self._update(batch)
            known = self._keys(batch.id)
            new = [_parcel_row(batch, at, each) for at, each in enumerate(batch.parcels) if each.key not in known]
            self._scope.insert(hub_parcels, new)

    def _leg(self, *states: ReturnState) -> ColumnElement[bool]:
        """Whether goods of one of the batch's claims are known to be there."""
        held = self._scope.select(hub_parcels, _parcels.key).where(_parcels.batch_id == _columns.id)
        lines = self._scope.select(claim_lines, claim_lines.c.no).where(claim_lines.c.claim_id == _parcels.claim_id)
        return held.where(lines.where(claim_lines.c.leg.in_([state.value for state in states])).exists()).exists()

    def _update(self, batch: HubBatch) -> None:
        is_this = (_columns.id == batch.id) & (_columns.version == batch.version)
        if self._scope.run(self._scope.update(hub_batches).where(is_this).values(**_row(batch))) != 1:
            raise Conflict({"what": "batch"})

    def _keys(self, batch: BatchId) -> set[str]:
        rows = self._scope.rows(self._scope.select(hub_parcels, _parcels.key).where(_parcels.batch_id == batch))
        return {row.key for row in rows}

    def _first(self, statement: Select[Any]) -> HubBatch | None:
        return next(iter(self._all(statement.limit(1))), None)

    def _all(self, statement: Select[Any]) -> Sequence[HubBatch]:
        rows = self._scope.rows(statement)
        held = self._parcels_of([row.id for row in rows])
        return [_batch(row, held[row.id]) for row in rows]

    def _parcels_of(self, ids: Sequence[BatchId]) -> dict[BatchId, list[BatchedParcel]]:
        found: dict[BatchId, list[BatchedParcel]] = defaultdict(list)
        for some in batches(ids):
            statement = self._scope.select(hub_parcels, _parcels.batch_id, _parcels.record)
            for row in self._scope.rows(statement.where(_parcels.batch_id.in_(some)).order_by(_parcels.position)):
                found[row.batch_id].append(_parcel_decoder.decode(row.record))
        return found

    def _select(self) -> Select[Any]:
        return self._scope.select(hub_batches, _columns.id, _columns.record, _columns.version)


def _row(batch: HubBatch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "hub_id": batch.hub.id,
        "number": batch.number,
        "state": batch.state.value,
        "open_hub": batch.hub.id if batch.state is BatchState.OPEN else None,
        "opened_at": batch.opened_at,
        "version": batch.version + 1,
        "record": _encoder.encode(replace(batch, parcels=())),
    }


def _parcel_row(batch: HubBatch, position: int, parcel: BatchedParcel) -> dict[str, Any]:
    return {
        "key": parcel.key,
        "batch_id": batch.id,
        "position": position,
        "order_id": parcel.order,
        "claim_id": parcel.claim,
        "received_at": parcel.received_at,
        "grams": parcel.grams,
        "record": _encoder.encode(parcel),
    }


def _batch(row: Row[Any], parcels: Sequence[BatchedParcel]) -> HubBatch:
    return replace(_decoder.decode(row.record), parcels=tuple(parcels), version=row.version)
