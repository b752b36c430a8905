"""Send again what did not leave, or let it go."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.effects import SendMail
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def retry_mail(mail_ids: Sequence[str] | None, *, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many messages are queued again, of these or of all (None).

    Those that have left meanwhile are passed over; raises `NotFound` when none of these is stuck.
    """
    with units(merchant) as unit:
        revived = unit.undelivered.revive(mail_ids, now)
        if mail_ids and not revived:
            raise NotFound({"mail": mail_ids[0]})
        for mail_id in revived:
            unit.queue.add([SendMail(merchant, mail_id)], key=f"{mail_id}:{now.isoformat()}")
        unit.commit()
    return len(revived)


def dismiss_mail(mail_ids: Sequence[str], *, merchant: MerchantId, units: Units) -> int:
    """How many stuck messages were forgotten for good; raises `NotFound` when none of these is stuck."""
    with units(merchant) as unit:
        dismissed = unit.undelivered.dismiss(mail_ids)
        if not dismissed:
            raise NotFound({"mail": next(iter(mail_ids), "")})
        unit.commit()
    return dismissed
