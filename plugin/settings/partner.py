"""What whoever sells the app by Shopify App Pricing sets; nobody else, and then nobody pays."""

import re

from plugin.domain.subscription import Feature
from plugin.ports.partner_app import PartnerApp
from plugin.settings.reader import Reader

_ALL = ("SHOPIFY_PARTNER_ORGANISATION", "SHOPIFY_PARTNER_TOKEN", "SHOPIFY_APP_ID", "SHOPIFY_APP_HANDLE")
_NUMBER = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_TOKEN = re.compile(r"[!-~]{16,200}")
_HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}", re.ASCII)


def partner_app(reader: Reader) -> PartnerApp | None:
    """All four or none; features that take a plan only with them."""
    organisation, app = (reader.parsed(name, None, _number) for name in (_ALL[0], _ALL[2]))
    token, handle = reader.parsed(_ALL[1], None, _token), reader.parsed(_ALL[3], None, _handle)
    none: frozenset[Feature] = frozenset()
    paid = reader.parsed("SHOPIFY_PAID_FEATURES", none, _features)
    given = [bool(reader.text(name)) for name in _ALL]
    if any(given) and not all(given):
        reader.faults.append(f"{', '.join(_ALL)} must be set together or not at all")
    if reader.text("SHOPIFY_PAID_FEATURES") and not all(given):
        reader.faults.append("SHOPIFY_PAID_FEATURES needs SHOPIFY_PARTNER_TOKEN: without it nobody can have a plan")
    if any(given) and not reader.text("SHOPIFY_CLIENT_ID"):
        reader.faults.append("SHOPIFY_PARTNER_TOKEN needs SHOPIFY_CLIENT_ID")
    if organisation and app and token and handle:
        return PartnerApp(organisation, token, app, handle, paid)
    return None


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError("must be the number that the Partner Dashboard shows in its address")
    return text


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise ValueError("must be the access token of a Partner API client that may manage apps")
    return text


def _handle(text: str) -> str:
    if not _HANDLE.fullmatch(text):
        raise ValueError("must be the app's handle: what stands for it in addresses of Shopify's admin")
    return text


def _features(text: str) -> frozenset[Feature]:
    try:
        return frozenset(Feature(each.strip()) for each in text.split(","))
    except ValueError:
        raise ValueError(f"must name some of: {', '.join(Feature)}; what law gives is never for sale") from None
