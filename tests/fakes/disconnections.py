"""Shops that were let go, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.disconnection import Disconnection
from plugin.domain.ids import ShopId
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeDisconnections:
    tables: Tables

    def save(self, disconnection: Disconnection) -> None:
        self.tables.disconnections[disconnection.shop] = disconnection

    def get(self, shop: ShopId) -> Disconnection | None:
        return self.tables.disconnections.get(shop)

    def all(self) -> Sequence[Disconnection]:
        return [self.tables.disconnections[shop] for shop in sorted(self.tables.disconnections)]

    def due(self, now: datetime, limit: int) -> Sequence[ShopId]:
        due = [(each.due_at, each.shop) for each in self.tables.disconnections.values() if each.due_at]
        return [shop for at, shop in sorted(due) if at <= now][:limit]

    def remove(self, shop: ShopId) -> None:
        self.tables.disconnections.pop(shop, None)
