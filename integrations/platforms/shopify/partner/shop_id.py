"""What the Partner API calls a shop."""

import msgspec
from requests import Session

from integrations.platforms.shopify.admin_api.client import Access, AdminClient, Line
from integrations.platforms.shopify.documents import query


class _Shop(msgspec.Struct):
    id: str


class _Said(msgspec.Struct):
    shop: _Shop


def shop_id(access: Access, session: Session, line: Line | None = None) -> str:
    """`gid://shopify/Shop/1`, as the shop itself says. Raises `ShopFault`."""
    with AdminClient(access, session, line or Line()) as client:
        return client.ask(query("shop_id", "ShopId")).read(_Said).shop.id
