"""Connected shops: they answer, take our keys, and their clocks agree with ours."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from integrations.reach import reach
from plugin.doctor.finding import Finding, failed, ok, unknown, warning
from plugin.doctor.skew import judged
from plugin.domain.connection import Connection
from plugin.domain.connection_faults import ShopFault
from plugin.domain.shop import Shop
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.deps import Deps
from plugin.ports.errors import Unavailable
from plugin.settings import Settings

MOST: Final = 25
"""Shops that are asked, those with trouble first: each may keep us waiting for half a minute."""


def look(settings: Settings, deps: Deps) -> Iterator[Finding]:
    """Every shop, or as many as `MOST`; the clock by the first that tells the time."""
    connected = sorted(_connected(deps), key=lambda pair: (pair[1].fault is None, pair[0].name))
    if not connected:
        yield warning("shops", "no shop is connected", "connect one on the shops page, or by `aftercare connect`")
    for shop, connection in connected[:MOST]:
        yield _proved(shop, connection, deps)
    if len(connected) > MOST:
        yield unknown("shops", f"{len(connected) - MOST} more are connected")
    yield from _clock(settings, [shop.address for shop, _ in connected[:MOST] if shop.address])


def _connected(deps: Deps) -> Iterator[tuple[Shop, Connection]]:
    for merchant in deps.directory.merchants():
        with deps.units.read(merchant.id) as unit:
            yield from [(unit.shops.get(known.shop), known) for known in unit.connections.all()]


def _proved(shop: Shop, connection: Connection, deps: Deps) -> Finding:
    check, source = f"shop {shop.name}", deps.sources.get(shop.platform)
    if source is None or shop.address is None:
        return failed(check, f"this installation does not read {shop.platform}", "set SHOPIFY_CLIENT_ID and its secret")
    try:
        source.prove(shop.address, connection.credentials)
    except ShopFault as fault:
        return failed(check, catalogue(FALLBACK).text(f"connection.{fault.code}"), _advice(fault))
    if connection.due_at is None:
        return warning(check, "answers, but is not read any more", "connect the same address again")
    return ok(check, "answers and takes our keys")


def _advice(fault: ShopFault) -> str:
    return "connect the same address again" if fault.is_final else "look at the shop; it is asked again by itself"


def _clock(settings: Settings, addresses: list[str]) -> Iterator[Finding]:
    for address in addresses:
        try:
            date = reach(address, allows_private=settings.allows_private_shops).date
        except Unavailable:
            continue
        if date is not None:
            yield judged("clock of a shop", date - datetime.now(UTC))
            return
    if settings.sqlite_file:  # PostgreSQL has a clock of its own
        yield unknown("clock", "no shop told the time; see that this machine's is set by NTP (timedatectl)")
