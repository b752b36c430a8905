"""Shops one merchant let go; their keys are sealed as long as they are needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from plugin.domain.connection import Credentials
from plugin.domain.decoding import decoder
from plugin.domain.disconnection import Disconnection
from plugin.domain.ids import ShopId
from plugin.storage.scope import Scope
from plugin.storage.tables import disconnections
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "disconnections", "credentials"
_columns = disconnections.c
_decoder = decoder(Credentials)


class SqlDisconnections:
    """`plugin.ports.disconnections.Disconnections`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def save(self, disconnection: Disconnection) -> None:
        """Insert, or put in the place of the shop's last one."""
        row = {
            "shop_id": disconnection.shop,
            "began_at": disconnection.began_at,
            "key_ending": disconnection.key_ending,
            "credentials": self._sealed(disconnection),
            "due_at": disconnection.due_at,
            "attempts": disconnection.attempts,
            "fault": disconnection.fault,
            "fault_detail": disconnection.fault_detail,
        }
        self._scope.upsert(disconnections, [row], ["shop_id"])

    def get(self, shop: ShopId) -> Disconnection | None:
        """None: the shop was not let go, or was connected again, or how it ended was seen."""
        row = self._scope.row(self._scope.select(disconnections, *_columns).where(_columns.shop_id == shop))
        return self._disconnection(row) if row else None

    def all(self) -> Sequence[Disconnection]:
        """Every one, by shop."""
        statement = self._scope.select(disconnections, *_columns).order_by(_columns.shop_id)
        return [self._disconnection(row) for row in self._scope.rows(statement)]

    def due(self, now: datetime, limit: int) -> Sequence[ShopId]:
        """Shops that may be asked by now, longest due first."""
        found = self._scope.select(disconnections, _columns.shop_id).where(_columns.due_at <= now)
        rows = self._scope.rows(found.order_by(_columns.due_at, _columns.shop_id).limit(limit))
        return [ShopId(row.shop_id) for row in rows]

    def remove(self, shop: ShopId) -> None:
        """Forget it, keys included; of a shop that has none nothing changes."""
        self._scope.run(self._scope.delete(disconnections).where(_columns.shop_id == shop))

    def _sealed(self, disconnection: Disconnection) -> bytes | None:
        if disconnection.credentials is None:
            return None
        plain = msgspec.json.encode(disconnection.credentials)
        return self._vault.seal(_TABLE, disconnection.shop, _COLUMN, plain)

    def _disconnection(self, row: Row[Any]) -> Disconnection:
        sealed = row.credentials
        opened = None if sealed is None else self._vault.unseal(_TABLE, row.shop_id, _COLUMN, sealed)
        return Disconnection(
            shop=row.shop_id,
            began_at=row.began_at,
            key_ending=row.key_ending,
            credentials=None if opened is None else _decoder.decode(opened),
            due_at=row.due_at,
            attempts=row.attempts,
            fault=row.fault,
            fault_detail=row.fault_detail,
        )
