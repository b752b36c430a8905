"""Whichever shop a request turns out to be about, its log lines say so: no route can forget it."""

from collections.abc import Sequence

from plugin import log
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.ports.unit_of_work import Directory


class ToldDirectory:
    """`plugin.ports.unit_of_work.Directory`, told in the log."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def shop_by_key(self, key: str) -> Shop | None:
        """The shop with this public key."""
        return _told(self._directory.shop_by_key(key))

    def shop_by_address(self, platform: Platform, address: str) -> Shop | None:
        """The shop the platform has shown to be there."""
        return _told(self._directory.shop_by_address(platform, address))

    def merchants(self) -> Sequence[Merchant]:
        """Every tenant, oldest first."""
        return self._directory.merchants()


def _told(shop: Shop | None) -> Shop | None:
    if shop is not None:
        log.note(merchant=shop.merchant, shop=shop.id)
    return shop
