"""Connect a shop with keys its merchant pasted: prove them at the shop, take the shop in, have it read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.connection import Connection, Credentials
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop, Shop
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.shop_source import FoundShop, ShopSource
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.install_shop import install_shop


@dataclass(frozen=True, slots=True)
class Connected:
    """The shop on record, and what was found at its address."""

    shop: Shop
    found: FoundShop


def connect_shop(  # noqa: PLR0913 - what was pasted, the proofs of both sides, and the ports it takes
    address: str,
    credentials: Credentials,
    *,
    owner: MerchantId | None,
    join_code: str | None,
    sources: Mapping[Platform, ShopSource],
    directory: Directory,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
) -> Connected:
    """The shop, its first poll due now. Keys that work prove the shop's side; `install_shop` wants the merchant's.

    Connecting a connected shop replaces its keys and reads on from where it stood. Raises what `ShopSource.prove` and
    `install_shop` raise; nothing is stored then.
    """
    found = sources[Platform.WOOCOMMERCE].prove(address, credentials)
    proven = ProvenShop(Platform.WOOCOMMERCE, found.address, found.name)
    shop = install_shop(
        proven,
        owner=owner,
        join_code=join_code,
        directory=directory,
        units=units,
        ids=ids,
        secrets=secrets,
        now=now,
    )
    with units(shop.merchant) as unit:
        fresh = Connection(shop.id, found.credentials, connected_at=now, due_at=now)
        known = unit.connections.get(shop.id)
        unit.disconnections.remove(shop.id)
        unit.connections.save(_going_on(fresh, known) if known else fresh)
        unit.commit()
    return Connected(shop, found)


def _going_on(fresh: Connection, known: Connection) -> Connection:
    return replace(
        fresh,
        read_until=known.read_until,
        catalogue_at=known.catalogue_at,
        polled_at=known.polled_at,
        first=known.first,
    )
