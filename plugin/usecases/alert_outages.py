"""Tell the merchant's owners by mail that a shop cannot be read: once for each time, however often this runs.

The message's id says which time it is about: one that was mended and begins again is another.
"""

from collections.abc import Iterator
from datetime import datetime

from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId
from plugin.domain.outage import outage
from plugin.domain.shop import Role
from plugin.ports.letters import OutageLetter
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork, Units


def alert_outages(*, merchant: MerchantId, units: Units, letter: OutageLetter, now: datetime) -> int:
    """How many messages were queued."""
    with units.read(merchant) as unit:
        if not any(_untold(unit, letter, now)):
            return 0
    with units(merchant) as unit:
        untold = dict(_untold(unit, letter, now))
        for mail_id, mail in untold.items():
            unit.mails.add(mail_id, mail, now)
            unit.queue.add([SendMail(merchant, mail_id)], key=mail_id)
        unit.commit()
    return len(untold)


def _untold(unit: UnitOfWork, letter: OutageLetter, now: datetime) -> Iterator[tuple[str, Mail]]:
    """The messages nobody has been sent yet, by id."""
    for connection in unit.connections.all():
        found = outage(connection, now)
        if found is None:
            continue
        shop = unit.shops.get(connection.shop)
        for owner in (member for member in unit.staff.all() if member.role is Role.OWNER):
            mail_id = f"{shop.id}-{found.kind}-{found.since:%Y%m%dT%H%M%S%f}-{owner.id}"
            if not unit.mails.is_known(mail_id):
                yield mail_id, letter(owner, shop, connection, found)
