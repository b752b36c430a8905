"""Connect the companion plugin of a shop that is on record, by a one-time code of its merchant's owner."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import JoinCodeUnusable, Token
from plugin.domain.companion import CompanionShopUnknown
from plugin.domain.shop import Shop
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.companion_secret import companion_secret
from plugin.usecases.install_shop import known_code, use_code


@dataclass(frozen=True, slots=True)
class ConnectedCompanion:
    """The shop, and the secret its plugin signs with: told once, to whoever brought the code."""

    shop: Shop
    secret: str


def connect_companion(code: str, address: str, *, units: Units, secrets: Secrets, now: datetime) -> ConnectedCompanion:
    """The code is used up; a plugin that was connected before has to be connected anew.

    The code is the merchant's side of the proof; the shop's side was given when the shop was connected, at the very
    address the plugin runs at. Raises `JoinCodeUnusable`, and `CompanionShopUnknown` with the code still good.
    """
    token = Token.parse(code.strip())
    if token is None:
        raise JoinCodeUnusable
    with units(token.merchant) as unit:
        known = known_code(token, unit, secrets)
        shop = _shop_at(address, unit)
        use_code(known, unit, now)
        unit.shops.connect_companion(shop.id, now)
        connected = unit.shops.get(shop.id)
        unit.commit()
    secret = companion_secret(connected, secrets)
    if secret is None:
        raise CompanionShopUnknown
    return ConnectedCompanion(connected, secret)


def _shop_at(address: str, unit: UnitOfWork) -> Shop:
    """The scheme aside: behind a proxy that ends TLS a store may not know its own."""
    wanted = _bare(address)
    found = [shop for shop in unit.shops.all() if shop.address and _bare(shop.address) == wanted]
    if not found:
        raise CompanionShopUnknown
    return found[0]


def _bare(address: str) -> str:
    return address.strip().rstrip("/").partition("://")[2].lower()
