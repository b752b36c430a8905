"""Take in a shop that granted the app access, however it came: from Shopify's admin or by the page that grants access.

Both end in `install_shop`: a shop that is here already stays whose it is, and its new grant takes the old one's place.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from plugin.domain.connection import Connection, Credentials
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Directory, UnitOfWork, Units
from plugin.usecases.install_shop import install_shop

BY_TOKEN: Final = Credentials("shop_tokens", "", "token")
"""Of a connection whose keys are renewed by themselves: they are kept apart."""


@dataclass(frozen=True, slots=True)
class InstallMeans:
    """The ports that taking in takes."""

    directory: Directory
    units: Units
    ids: Ids
    secrets: Secrets


def take_in_shop(domain: ShopDomain, grant: Grant, means: InstallMeans, now: datetime) -> Shop:
    """The shop with its grant on record, to be read from now on, or from where reading stood."""
    shop = install_shop(
        ProvenShop(Platform.SHOPIFY, domain.name, domain.name.partition(".")[0]),
        owner=None,
        join_code=None,
        directory=means.directory,
        units=means.units,
        ids=means.ids,
        secrets=means.secrets,
        now=now,
    )
    with means.units(shop.merchant) as unit:
        unit.shop_tokens.save(ShopToken.of(shop.id, grant, now))
        _connect(shop, unit, now)
        unit.commit()
    return shop


def _connect(shop: Shop, unit: UnitOfWork, now: datetime) -> None:
    known = unit.connections.get(shop.id) or Connection(shop.id, BY_TOKEN, connected_at=now)
    anew = replace(known, credentials=BY_TOKEN, connected_at=now, due_at=now)
    unit.disconnections.remove(shop.id)
    unit.connections.save(replace(anew, failures=0, fault=None, fault_detail=None))
