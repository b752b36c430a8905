"""Keys one merchant's shops were asked for, sealed as long as they are to be proved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, Select

from plugin.domain.connection import Credentials
from plugin.domain.decoding import decoder
from plugin.domain.errors import NotFound
from plugin.domain.key_request import KeyRequest, KeyState
from plugin.storage.scope import Scope
from plugin.storage.tables import key_requests
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "key_requests", "keys"
_columns = key_requests.c
_decoder = decoder(Credentials)


class SqlKeyRequests:
    """`plugin.ports.key_requests.KeyRequests`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def save(self, request: KeyRequest) -> None:
        """Insert, or put in the place of the one with its id."""
        plain = msgspec.json.encode(request.keys) if request.keys else None
        row = {
            "id": request.id,
            "address": request.address,
            "name_hash": request.name_hash,
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            "expires_at": request.expires_at,
            "state": request.state.value,
            "keys": None if plain is None else self._vault.seal(_TABLE, request.id, _COLUMN, plain),
            "due_at": request.due_at,
            "attempts": request.attempts,
            "fault": request.fault,
            "fault_detail": request.fault_detail,
            "shop_id": request.shop,
            "companion": request.companion,
        }
        self._scope.upsert(key_requests, [row], ["id"])

    def get(self, request: str) -> KeyRequest:
        """The asking. Raises `NotFound`."""
        return self._found(request, self._select().where(_columns.id == request))

    def hold(self, request: str) -> KeyRequest:
        """The same, and nobody else's to change until the unit ends. Raises `NotFound`."""
        return self._found(request, self._select().where(_columns.id == request).with_for_update())

    def since(self, at: datetime) -> Sequence[KeyRequest]:
        """Those asked at or after this instant, newest first."""
        found = self._select().where(_columns.asked_at >= at).order_by(_columns.asked_at.desc(), _columns.id.desc())
        return [self._request(row) for row in self._scope.rows(found)]

    def due(self, now: datetime, limit: int) -> Sequence[str]:
        """Those with keys that may be tried now, longest due first."""
        found = self._scope.select(key_requests, _columns.id).where(_columns.due_at <= now)
        return [row.id for row in self._scope.rows(found.order_by(_columns.due_at, _columns.id).limit(limit))]

    def forget(self, before: datetime) -> int:
        """Forget those asked before; how many."""
        return self._scope.run(self._scope.delete(key_requests).where(_columns.asked_at < before))

    def _found(self, request: str, statement: Select[Any]) -> KeyRequest:
        row = self._scope.row(statement)
        if row is None:
            raise NotFound({"key_request": request})
        return self._request(row)

    def _select(self) -> Select[Any]:
        return self._scope.select(key_requests, *_columns)

    def _request(self, row: Row[Any]) -> KeyRequest:
        sealed = row._mapping[_COLUMN]  # noqa: SLF001 - `keys` is also a method of rows
        return KeyRequest(
            id=row.id,
            address=row.address,
            name_hash=row.name_hash,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            expires_at=row.expires_at,
            state=KeyState(row.state),
            keys=None if sealed is None else _decoder.decode(self._vault.unseal(_TABLE, row.id, _COLUMN, sealed)),
            due_at=row.due_at,
            attempts=row.attempts,
            fault=row.fault,
            fault_detail=row.fault_detail,
            shop=row.shop_id,
            companion=row.companion,
        )
