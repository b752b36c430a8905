"""Grants to call shops' APIs, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import ShopId
from plugin.domain.shop_token import ShopToken
from tests.fakes.tables import Granted, Tables


@dataclass(slots=True)
class FakeShopTokens:
    tables: Tables

    def save(self, token: ShopToken) -> None:
        self.tables.shop_tokens[token.shop] = Granted(token)

    def get(self, shop: ShopId) -> ShopToken | None:
        row = self.tables.shop_tokens.get(shop)
        return row.token if row else None

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> ShopToken | None:
        row = self.tables.shop_tokens.get(shop)
        if row is None or (row.leased_until is not None and row.leased_until > now):
            return None
        self.tables.shop_tokens[shop] = replace(row, leased_until=until)
        return row.token

    def settle(self, token: ShopToken, lease: datetime) -> bool:
        row = self.tables.shop_tokens.get(token.shop)
        if row is None or row.leased_until != lease:
            return False
        self.save(token)
        return True

    def due(self, now: datetime) -> Sequence[ShopId]:
        due = [(row.token.keep_at, shop) for shop, row in self.tables.shop_tokens.items() if row.token.keep_at]
        return [shop for at, shop in sorted(due) if at <= now]

    def remove(self, shop: ShopId) -> None:
        self.tables.shop_tokens.pop(shop, None)
