"""Connect the companion plugin of a shop that is on record, by a one-time code of its merchant's owner."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import JoinCodeUnusable, Token, is_secret_of
from plugin.domain.companion import CompanionShopUnknown, bound_to, challenge_of
from plugin.domain.shop import JoinCode, Shop
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.companion_secret import companion_secret
from plugin.usecases.install_shop import known_code, use_code


@dataclass(frozen=True, slots=True)
class ConnectedCompanion:
    """The shop, and the secret its plugin signs with: told once, to whoever brought the code."""

    shop: Shop
    secret: str


def connect_companion(
    code: str, address: str, verifier: str = "", *, units: Units, secrets: Secrets, now: datetime
) -> ConnectedCompanion:
    """The code is used up; a plugin that was connected before has to be connected anew.

    The code is the merchant's side of the proof; the shop's side was given when the shop was connected, at the very
    address the plugin runs at. A code made for a plugin that asked (`admit_companion`) takes the plugin's own secret,
    `verifier`, as well. Raises `JoinCodeUnusable`, and `CompanionShopUnknown` with the code still good.
    """
    token = Token.parse(code.strip())
    if token is None:
        raise JoinCodeUnusable
    with units(token.merchant) as unit:
        if unit.staff.join_code(token.record) is None:
            raise JoinCodeUnusable
        known = None if verifier else known_code(token, unit, secrets)
        shop = shop_at(address, unit)
        known = known or _known_for(shop, token, verifier, unit, secrets)
        use_code(known, unit, now)
        unit.shops.connect_companion(shop.id, now)
        connected = unit.shops.get(shop.id)
        unit.commit()
    secret = companion_secret(connected, secrets)
    if secret is None:
        raise CompanionShopUnknown
    return ConnectedCompanion(connected, secret)


def shop_at(address: str, unit: UnitOfWork) -> Shop:
    """The merchant's shop at this address; raises `CompanionShopUnknown`.

    The scheme aside: behind a proxy that ends TLS a store may not know its own; and `/index.php` aside, below which the
    API of a store is that rewrites no addresses.
    """
    wanted = _bare(address)
    found = [shop for shop in unit.shops.all() if shop.address and _bare(shop.address) == wanted]
    if not found:
        raise CompanionShopUnknown
    return found[0]


def _bare(address: str) -> str:
    return address.strip().rstrip("/").partition("://")[2].lower().removesuffix("/index.php")


def _known_for(shop: Shop, token: Token, verifier: str, unit: UnitOfWork, secrets: Secrets) -> JoinCode:
    """The code on record that was made for this shop's plugin alone."""
    code = unit.staff.join_code(token.record)
    mine = bound_to(token.secret, shop.id, challenge_of(verifier))
    if code is None or not is_secret_of(code, secrets.hash(mine)):
        raise JoinCodeUnusable
    return code
