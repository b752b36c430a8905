"""Tell the merchant's owners by mail that a document of products needs a successor: before it expires, and when it has.

Each owner gets one message for each document and turn, however often this runs: the message's id says which it is.
"""

from collections.abc import Iterator
from datetime import date, datetime

from plugin.domain.certificates import due
from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role
from plugin.ports.letters import ExpiryLetter
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork, Units


def alert_expiring(*, merchant: MerchantId, units: Units, letter: ExpiryLetter, now: datetime) -> int:
    """How many messages were queued. A day on which it did not run is made up for by the next (days are UTC's)."""
    with units.read(merchant) as unit:
        if not any(_untold(unit, letter, now.date())):
            return 0
    with units(merchant) as unit:
        untold = dict(_untold(unit, letter, now.date()))
        for mail_id, mail in untold.items():
            unit.mails.add(mail_id, mail, now)
            unit.queue.add([SendMail(merchant, mail_id)], key=mail_id)
        unit.commit()
    return len(untold)


def _untold(unit: UnitOfWork, letter: ExpiryLetter, day: date) -> Iterator[tuple[str, Mail]]:
    """The messages nobody has been sent yet, by id."""
    expiring = due(unit.certificates.all(), day)
    owners = [member for member in unit.staff.all() if member.role is Role.OWNER] if expiring else []
    for certificate, expiry in expiring:
        for owner in owners:
            mail_id = f"{certificate.id}-{expiry}-{owner.id}"
            if not unit.mails.is_known(mail_id):
                yield mail_id, letter(owner, certificate, expiry)
