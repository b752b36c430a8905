"""What ties the page that grants access to the browser that was sent there: nobody else's grant is taken in its place.

The browser keeps a note under a key of its own purpose, never signed with the app's secret: a note signed so could be
replayed as a webhook's signature (changelog of Shopify's JavaScript library, 13.1).
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

from plugin.domain.shop_domain import ShopDomain
from plugin.ports.secrets import Secrets, vouches

HOLDS: Final = timedelta(minutes=10)
_PURPOSE: Final = "shopify install state v1"
_PARTS: Final = 3


def begin(shop: ShopDomain, secrets: Secrets, now: datetime) -> tuple[str, str]:
    """A nonce of 32 random bytes or more for the page, and the note for the browser to keep."""
    nonce = secrets.token() + secrets.token()
    until = str(int((now + HOLDS).timestamp()))
    return nonce, f"{nonce}.{until}.{_signature(nonce, until, shop, secrets)}"


def is_ours(note: str, nonce: str, shop: ShopDomain, secrets: Secrets, now: datetime) -> bool:
    """Whether this browser was sent to this shop's page with this nonce, in the last ten minutes."""
    parts = note.split(".")
    if len(parts) != _PARTS or not note.isascii() or not nonce.isascii():
        return False
    kept, until, signature = parts
    is_signed = vouches(secrets, signature, lambda each: _signature(kept, until, shop, each))
    return is_signed and compare_digest(kept, nonce) and now.timestamp() <= int(until)


def _signature(nonce: str, until: str, shop: ShopDomain, secrets: Secrets) -> str:
    return secrets.sign(_PURPOSE, f"{nonce}|{until}|{shop}").hex()
