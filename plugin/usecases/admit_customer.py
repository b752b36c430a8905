"""Let in a customer whom the shop's own platform has signed in: to one order of theirs, on their shop's word."""

from datetime import datetime, timedelta
from typing import Final

from plugin.domain.companion import OrderPass
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import NoSuchPage, Proof, ShopperSession
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.companion_secret import companion_secrets

HOLDS: Final = timedelta(hours=2)
"""As long as whoever gave number and e-mail address."""


def admit_customer(text: str, shop: Shop, *, units: Units, secrets: Secrets, now: datetime) -> ShopperSession:
    """The session that opens this one order.

    Raises `NoSuchPage` unless the shop's plugin signed the pass, it still holds, and the order is that customer's.
    """
    read = (OrderPass.read(text, shop.key, each, now) for each in companion_secrets(shop, secrets))
    shown = next(filter(None, read), None)
    if shown is None:
        raise NoSuchPage
    ref = OrderRef(shop.platform, shown.order)
    with units.read(shop.merchant) as unit:
        stored = unit.orders.by_ref(shop.id, [ref]).get(ref)
    if stored is None or stored.order.shopper.external_id != shown.customer:
        raise NoSuchPage
    return ShopperSession(shop.id, Proof.SIGNED_IN, (now + HOLDS).replace(microsecond=0), orders=(stored.id,))
