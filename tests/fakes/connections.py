"""Live connections, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.connection import Connection
from plugin.domain.ids import ShopId
from tests.fakes.tables import Connected, Tables


@dataclass(slots=True)
class FakeConnections:
    tables: Tables

    def save(self, connection: Connection) -> None:
        self.tables.connections[connection.shop] = Connected(connection)

    def get(self, shop: ShopId) -> Connection | None:
        row = self.tables.connections.get(shop)
        return row.connection if row else None

    def all(self) -> Sequence[Connection]:
        return [self.tables.connections[shop].connection for shop in sorted(self.tables.connections)]

    def advance(self, connection: Connection, leased_until: datetime) -> bool:
        row = self._this(connection)
        if row is None:
            return False
        known = _read(row.connection, connection)
        self.tables.connections[connection.shop] = replace(row, connection=known, leased_until=leased_until)
        return True

    def settle(self, connection: Connection) -> bool:
        row = self._this(connection)
        if row is None:
            return False
        settled = _read(replace(connection, credentials=row.connection.credentials), row.connection)
        self.tables.connections[connection.shop] = Connected(settled)
        return True

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        row = self.tables.connections.get(shop)
        if row is None:
            return False
        self.tables.connections[shop] = replace(row, connection=replace(row.connection, due_at=at))
        return True

    def remove(self, shop: ShopId) -> None:
        self.tables.connections.pop(shop, None)

    def _this(self, connection: Connection) -> Connected | None:
        row = self.tables.connections.get(connection.shop)
        return row if row and row.connection.connected_at == connection.connected_at else None


def _read(known: Connection, by: Connection) -> Connection:
    """The one, read as far as the other."""
    return replace(known, read_until=by.read_until, catalogue_at=by.catalogue_at, first=by.first)
