"""Across merchants, read only: who a public name belongs to."""

from collections.abc import Sequence

from sqlalchemy import Engine, select

from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.storage.errors import translated_errors
from plugin.storage.repositories.shops import shop_of
from plugin.storage.tables import merchants, shops


class SqlDirectory:
    """`plugin.ports.unit_of_work.Directory`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def shop_by_key(self, key: str) -> Shop | None:
        """The shop with this public key."""
        with translated_errors(), self._engine.connect() as connection:
            row = connection.execute(select(*shops.c).where(shops.c.key == key)).first()
        return shop_of(row) if row else None

    def shop_by_address(self, platform: Platform, address: str) -> Shop | None:
        """The shop the platform has shown to be there."""
        is_it = (shops.c.platform == platform.value) & (shops.c.address == address)
        with translated_errors(), self._engine.connect() as connection:
            row = connection.execute(select(*shops.c).where(is_it)).first()
        return shop_of(row) if row else None

    def merchants(self) -> Sequence[Merchant]:
        """Every tenant, oldest first."""
        with translated_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(*merchants.c).order_by(merchants.c.created_at, merchants.c.merchant_id))
            return [Merchant(row.merchant_id, row.name, row.created_at) for row in rows]
