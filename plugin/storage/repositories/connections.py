"""Live connections of one merchant; the keys are sealed, and forgotten with the row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from plugin.domain.connection import Connection, Credentials
from plugin.domain.decoding import decoder
from plugin.domain.first_reading import FirstReading
from plugin.domain.ids import ShopId
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import connections
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "connections", "credentials"
_decoder = decoder(Credentials)
_first = decoder(FirstReading)


class SqlConnections:
    """`plugin.ports.connections.Connections`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def save(self, connection: Connection) -> None:
        """Insert, or put in the place of the shop's last one, which nobody holds a lease of any more."""
        plain = msgspec.json.encode(connection.credentials)
        row = {
            "shop_id": connection.shop,
            "credentials": self._vault.seal(_TABLE, connection.shop, _COLUMN, plain),
            "connected_at": connection.connected_at,
            "leased_until": None,
            **_progress(connection),
            **_outcome(connection),
        }
        self._scope.upsert(connections, [row], ["shop_id"])

    def get(self, shop: ShopId) -> Connection | None:
        """The shop's connection; None: not connected."""
        row = self._scope.row(self._scope.select(connections, *connections.c).where(connections.c.shop_id == shop))
        return self._connection(row) if row else None

    def all(self) -> Sequence[Connection]:
        """Every connection, by shop."""
        statement = self._scope.select(connections, *connections.c).order_by(connections.c.shop_id)
        return [self._connection(row) for row in self._scope.rows(statement)]

    def advance(self, connection: Connection, leased_until: datetime) -> bool:
        """Record how far reading came, and renew its lease; False when this connection was replaced or removed."""
        return self._update(connection, {**_progress(connection), "leased_until": leased_until})

    def settle(self, connection: Connection) -> bool:
        """Record how a poll ended and give its lease back; False when this connection was replaced or removed."""
        return self._update(connection, {**_outcome(connection), "leased_until": None})

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        """Have it due then, one that rests too; whoever is reading it has it still. False: not connected."""
        soon = self._scope.update(connections).where(connections.c.shop_id == shop)
        return self._scope.run(soon.values(due_at=at)) == 1

    def remove(self, shop: ShopId) -> None:
        """Forget the keys with all there is about the connection."""
        self._scope.run(self._scope.delete(connections).where(connections.c.shop_id == shop))

    def _update(self, connection: Connection, values: Values) -> bool:
        is_this = (connections.c.shop_id == connection.shop) & (connections.c.connected_at == connection.connected_at)
        return self._scope.run(self._scope.update(connections).where(is_this).values(**values)) == 1

    def _connection(self, row: Row[Any]) -> Connection:
        return Connection(
            shop=row.shop_id,
            credentials=_decoder.decode(self._vault.unseal(_TABLE, row.shop_id, _COLUMN, row.credentials)),
            connected_at=row.connected_at,
            read_until=row.read_until,
            catalogue_at=row.catalogue_at,
            polled_at=row.polled_at,
            due_at=row.due_at,
            failures=row.failures,
            failing_since=row.failing_since,
            fault=row.fault,
            fault_detail=row.fault_detail,
            first=_first.decode(row.first_reading) if row.first_reading else None,
        )


def _progress(connection: Connection) -> Values:
    """How far reading has come."""
    first = msgspec.json.encode(connection.first).decode() if connection.first else None
    return {"read_until": connection.read_until, "catalogue_at": connection.catalogue_at, "first_reading": first}


def _outcome(connection: Connection) -> Values:
    """How the last poll ended."""
    return {
        "polled_at": connection.polled_at,
        "due_at": connection.due_at,
        "failures": connection.failures,
        "failing_since": connection.failing_since,
        "fault": connection.fault,
        "fault_detail": connection.fault_detail,
    }
