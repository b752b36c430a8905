"""Send a test mail while somebody waits, so that who typed the settings sees at once whether they hold."""

from datetime import datetime
from typing import Final

from plugin.domain.ids import MerchantId
from plugin.ports.ids import Ids
from plugin.ports.mailer import Mail, Mailer, Route
from plugin.ports.unit_of_work import Units

_PATIENCE: Final = 20.0
"""Seconds: a page is waiting, and so is one of the web's few threads."""


def send_test_mail(mail: Mail, *, merchant: MerchantId, units: Units, mailer: Mailer, ids: Ids, now: datetime) -> Route:
    """How it went. A mail that left is put on record; one that was kept on this machine proves nothing.

    Raises `Unavailable` or `Rejected`.
    """
    with units.read(merchant) as unit:
        sender = unit.senders.get()
    mailer.send(mail, sender=sender, idempotency_key=ids.new(), within=_PATIENCE)
    route = mailer.route(sender)
    if route is not Route.KEPT:
        with units(merchant) as unit:
            if unit.senders.get() == sender:
                unit.senders.tested(now)
                unit.commit()
    return route
