"""The merchant's own record and their shops."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select

from plugin.domain.errors import NotAllowed, NotFound
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.storage.scope import Scope
from plugin.storage.tables import merchants, shops
from plugin.storage.vault import Vault


class SqlShops:
    """`plugin.ports.unit_of_work.Shops`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add_merchant(self, merchant: Merchant) -> None:
        """Record the tenant, and give it its data key; raises `NotAllowed` for another tenant than the unit's."""
        self._own(merchant.id)
        self._scope.insert(merchants, [{"name": merchant.name, "created_at": merchant.created_at}])
        self._vault.create()

    def add(self, shop: Shop) -> None:
        """Record a new shop; raises `NotAllowed` for another tenant's."""
        self._own(shop.merchant)
        row = {
            "id": shop.id,
            "name": shop.name,
            "platform": shop.platform.value,
            "key": shop.key,
            "created_at": shop.created_at,
            "is_demo": shop.is_demo,
            "address": shop.address,
            "withdrawal_since": shop.withdrawal_since,
            "companion_since": shop.companion_since,
            "delivered_statuses": " ".join(shop.delivered_statuses) or None,
        }
        self._scope.insert(shops, [row])

    def get(self, shop: ShopId) -> Shop:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(shops.c.id == shop))
        if row is None:
            raise NotFound({"shop": shop})
        return shop_of(row)

    def by_name(self, name: str) -> Shop | None:
        """The shop the merchant calls this."""
        row = self._scope.row(self._select().where(shops.c.name == name))
        return shop_of(row) if row else None

    def all(self) -> Sequence[Shop]:
        """Every shop, by name."""
        return [shop_of(row) for row in self._scope.rows(self._select().order_by(shops.c.name))]

    def switch_withdrawal(self, shop: ShopId, since: datetime | None) -> None:
        """Keep since when the withdrawal function is on; raises `NotFound`."""
        self._set(shop, withdrawal_since=since)

    def connect_companion(self, shop: ShopId, since: datetime | None) -> None:
        """Keep since when the companion plugin is connected; raises `NotFound`."""
        self._set(shop, companion_since=since)

    def name_statuses(self, shop: ShopId, statuses: Sequence[str]) -> None:
        """Keep which of its statuses mean that all has arrived; raises `NotFound`."""
        self._set(shop, delivered_statuses=" ".join(statuses) or None)

    def _set(self, shop: ShopId, **values: datetime | str | None) -> None:
        if self._scope.run(self._scope.update(shops).where(shops.c.id == shop).values(**values)) != 1:
            raise NotFound({"shop": shop})

    def _select(self) -> Select[Any]:
        return self._scope.select(shops, *shops.c)

    def _own(self, merchant: MerchantId) -> None:
        if merchant != self._scope.merchant:
            raise NotAllowed({"merchant": merchant})


def shop_of(row: Row[Any]) -> Shop:
    """The shop in a row of all columns."""
    return Shop(
        id=row.id,
        merchant=row.merchant_id,
        name=row.name,
        platform=Platform(row.platform),
        key=row.key,
        created_at=row.created_at,
        is_demo=row.is_demo,
        address=row.address,
        withdrawal_since=row.withdrawal_since,
        companion_since=row.companion_since,
        delivered_statuses=tuple((row.delivered_statuses or "").split()),
    )
