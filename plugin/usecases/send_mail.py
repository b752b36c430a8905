"""Hand a queued message to the mailer, and keep what became of it."""

from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import MerchantId
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mailer
from plugin.ports.unit_of_work import Units


class Sent(StrEnum):
    """What became of a message."""

    NOW = "sent"
    BEFORE = "sent_before"
    """Nothing to do: it has left, was dismissed, or is parked."""
    PARKED = "parked"
    """Refused for good; it waits for the merchant."""


def send_mail(mail_id: str, *, merchant: MerchantId, units: Units, mailer: Mailer, now: datetime) -> Sent:
    """Send it as the merchant; a message that is sent and forgotten is not sent again.

    The mailer gets the message's id as its key, so a job that dies between sending and forgetting doubles nothing
    where the transport can tell. Raises `Unavailable`; the message is then still queued, its fault on record.
    """
    with units.read(merchant) as unit:
        mail, sender = unit.mails.get(mail_id), unit.senders.get()
    if mail is None:
        return Sent.BEFORE
    try:
        mailer.send(mail, sender=sender, idempotency_key=mail_id)
    except Rejected as refusal:
        _record(mail_id, refusal.code, refusal.detail, merchant, units, now, is_final=True)
        return Sent.PARKED
    except Unavailable as failure:
        _record(mail_id, failure.reason, failure.detail, merchant, units, now, is_final=False)
        raise
    with units(merchant) as unit:
        unit.mails.sent(mail_id, now)
        unit.commit()
    return Sent.NOW


def _record(  # noqa: PLR0913 - what went wrong, and where it is kept
    mail_id: str, fault: str, detail: str, merchant: MerchantId, units: Units, now: datetime, *, is_final: bool
) -> None:
    with units(merchant) as unit:
        unit.undelivered.failed(mail_id, fault, detail, now)
        if is_final:
            unit.undelivered.park(mail_id, now)
        unit.commit()
