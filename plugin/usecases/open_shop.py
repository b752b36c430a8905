"""Give an operator the shop they name, made with its merchant when it is new."""

from datetime import datetime

from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.create_merchant import create_merchant
from plugin.usecases.create_shop import ShopOnOtherPlatform, create_shop
from plugin.usecases.find_shop import Ambiguous, candidates, shops_named

DEFAULT_MERCHANT = "default"
"""The merchant of an installation where nobody named one."""


def open_shop(  # noqa: PLR0913 - what was named, and the ports it takes
    name: str,
    platform: Platform,
    merchant: str | None,
    *,
    directory: Directory,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
) -> Shop:
    """The shop of this name; a new one goes to the merchant named, or to the only one there is.

    Raises `Ambiguous` when several merchants could be meant, `ShopOnOtherPlatform` when the shop runs elsewhere.
    """
    found = shops_named(name.strip(), merchant, directory=directory, units=units)
    if len(found) > 1:
        raise Ambiguous({"field": "merchant", "shop": name})
    if found:
        if found[0].platform is not platform:
            raise ShopOnOtherPlatform({"field": "platform", "shop": name, "platform": found[0].platform.value})
        return found[0]
    owner = open_merchant(merchant, directory=directory, units=units, ids=ids, now=now)
    return create_shop(name, platform, merchant=owner.id, units=units, ids=ids, secrets=secrets, now=now)


def open_merchant(name: str | None, *, directory: Directory, units: Units, ids: Ids, now: datetime) -> Merchant:
    """The merchant of this name, or the only one; made when there is none. Raises `Ambiguous`."""
    owners = candidates(name, directory=directory, units=units)
    if len(owners) > 1:
        raise Ambiguous({"field": "merchant"})
    return owners[0] if owners else create_merchant(name or DEFAULT_MERCHANT, units=units, ids=ids, now=now)
