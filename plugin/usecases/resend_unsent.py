"""Queue again what should have been mailed by now, park what waited too long: nothing is lost, and nothing silent."""

from datetime import UTC, datetime, timedelta

from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_LATE = timedelta(hours=1)
"""By then a job has made all its attempts."""
_GIVE_UP = timedelta(days=5)
"""As long as mail servers go on trying (RFC 5321 section 4.5.4.1); what is older waits for the merchant."""
_MOST = 1_000
"""In one sweep; the newest come first, so that what is refused again and again keeps nothing else waiting."""


def resend_unsent(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many messages were queued again.

    Each sweep enqueues under a key of its own; the mailer's key stays the message's id, so a message whose first job
    lives after all is delivered once. Carried out again for the same `now`, it queues nothing twice.
    """
    with units.read(merchant) as unit:
        if not unit.mails.unsent(_EVER, now - _LATE, 1):
            return 0
    with units(merchant) as unit:
        unit.undelivered.give_up(now - _GIVE_UP, now)
        unsent = unit.mails.unsent(now - _GIVE_UP, now - _LATE, _MOST)
        for mail_id in unsent:
            unit.queue.add([SendMail(merchant, mail_id)], key=f"{mail_id}:{now.isoformat()}")
        unit.commit()
    return len(unsent)
