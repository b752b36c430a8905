"""Have a connected shop send us webhooks, and see that it goes on doing so: part of every poll."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from plugin.domain.connection_faults import KeysRefused, NeedsPublicAddress, NotConnected, ShopFault
from plugin.domain.hooks import hooks_path
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.ports.webhooks import KeptHooks, WantedHooks, Webhooks

NOT_DUE = "not_due"
KEPT = "kept"
MENDED = "mended"
LET_GO = "let_go"


def keep_hooks(  # noqa: PLR0913 - whose, where they go, and the ports it takes
    shop: ShopId,
    *,
    merchant: MerchantId,
    public_url: str | None,
    webhooks: Mapping[Platform, Webhooks],
    units: Units,
    secrets: Secrets,
    now: datetime,
) -> str:
    """What became of it, in a word. Why it could not be done is kept with the shop, for the merchant to see."""
    with units.read(merchant) as unit:
        here, connection, known = unit.shops.get(shop), unit.connections.get(shop), unit.hooks.get(shop)
    platform = webhooks.get(here.platform)
    if connection is not None and platform is None and known is None:
        _opened(here, units, secrets)  # the app's own webhooks need no keeping; what is heard and compared is on record
    is_due = known is None or known.is_check_due(now)
    if connection is None or platform is None or here.address is None or not is_due:
        return NOT_DUE
    secret = known.secret if known else _opened(here, units, secrets)
    try:
        wanted = WantedHooks(_url(public_url, here), secret)
        kept = platform.keep(here.address, connection.credentials, wanted)
    except ShopFault as fault:
        return _failed(here, fault, units, now)
    is_rotated = known is not None and known.previous is not None
    if _keep(here, kept, units, now, is_rotated=is_rotated):
        return MENDED if kept.was_mended else KEPT
    with suppress(ShopFault):  # as far as it can be done: they are refused, and in the end switched off
        platform.remove(here.address, connection.credentials, hooks_path(here))
    return LET_GO


def fresh_secret(secrets: Secrets) -> str:
    """Hexadecimal: what HTML means something by would be decoded before signing."""
    return secrets.hash(secrets.token()).hex()


def _opened(shop: Shop, units: Units, secrets: Secrets) -> str:
    """The shop's secret from now on."""
    with units(shop.merchant) as unit:
        unit.hooks.open(shop.id, fresh_secret(secrets))
        found = unit.hooks.get(shop.id)
        unit.commit()
    if found is None:
        raise NotConnected
    return found.secret


def _url(public_url: str | None, shop: Shop) -> str:
    if public_url is None or not public_url.startswith("https://"):
        raise NeedsPublicAddress
    return public_url + hooks_path(shop)


def _failed(shop: Shop, fault: ShopFault, units: Units, now: datetime) -> str:
    """Keep the fault. Keys that are refused meanwhile are for a poll to judge, which is due at once."""
    with units(shop.merchant) as unit:
        unit.hooks.unchecked(shop.id, fault.code, fault.detail, now)
        if isinstance(fault, KeysRefused):
            unit.connections.hasten(shop.id, now)
        unit.commit()
    return fault.code


def _keep(shop: Shop, kept: KeptHooks, units: Units, now: datetime, *, is_rotated: bool) -> bool:
    """Keep how they stand; False: the shop was let go meanwhile, and what was just made has to go again.

    After a rotation they are made anew, and nobody had switched them off. The secret before it counts until a look
    finds them all as they are to be: what was on its way has come by then.
    """
    with units(shop.merchant) as unit:
        if unit.connections.get(shop.id) is None:
            return False
        unit.hooks.checked(shop.id, kept.hooks, now, was_mended=kept.was_mended and not is_rotated)
        if is_rotated and not kept.was_mended:
            unit.hooks.forget_previous(shop.id)
        unit.commit()
    return True
