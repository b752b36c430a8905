"""Hand a queued message to the mailer, once."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.ports.mailer import Mailer
from plugin.ports.unit_of_work import Units


def send_mail(mail_id: str, *, merchant: MerchantId, units: Units, mailer: Mailer, now: datetime) -> bool:
    """Whether there was something to send: a message that is sent and forgotten is not sent again.

    The mailer gets the message's id as its key, so a job that dies between sending and forgetting doubles nothing
    where the transport can tell. Raises what `Mailer.send` raises; the message is then still queued.
    """
    with units.read(merchant) as unit:
        mail = unit.mails.get(mail_id)
    if mail is None:
        return False
    mailer.send(mail, idempotency_key=mail_id)
    with units(merchant) as unit:
        unit.mails.sent(mail_id, now)
        unit.commit()
    return True
