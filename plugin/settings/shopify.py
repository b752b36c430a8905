"""The app at Shopify that this installation is, as its owner made it in Shopify's Dev Dashboard."""

import re

from plugin.ports.shopify_identity import AppKeys
from plugin.settings.reader import Reader

_CLIENT = re.compile(r"[A-Za-z0-9]{16,64}")
_SECRET = re.compile(r"[!-~]{32,200}")


def shopify_app(reader: Reader) -> AppKeys | None:
    """Id and secret or neither; the previous secret while callers may still sign with it."""
    client = reader.parsed("SHOPIFY_CLIENT_ID", None, client_id)
    secret = reader.parsed("SHOPIFY_CLIENT_SECRET", None, client_secret)
    previous = reader.parsed("SHOPIFY_PREVIOUS_SECRET", None, client_secret)
    if bool(reader.text("SHOPIFY_CLIENT_ID")) != bool(reader.text("SHOPIFY_CLIENT_SECRET")):
        reader.faults.append("SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET must be set together or not at all")
    if reader.text("SHOPIFY_PREVIOUS_SECRET") and not reader.text("SHOPIFY_CLIENT_SECRET"):
        reader.faults.append("SHOPIFY_PREVIOUS_SECRET needs SHOPIFY_CLIENT_SECRET")
    return AppKeys(client, secret, previous) if client and secret else None


def client_id(text: str) -> str:
    """The app's public name, 32 letters and digits as of 2026."""
    if not _CLIENT.fullmatch(text):
        raise ValueError("must be the client id that Shopify shows, letters and digits alone")
    return text


def client_secret(text: str) -> str:
    """What callers and grants are signed with; 32 characters after `shpss_` as of 2026."""
    if not _SECRET.fullmatch(text):
        raise ValueError("must be the client secret that Shopify shows, 32 characters or more")
    return text
