"""Send again what did not leave, or let it go."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units


def retry_mail(mail_ids: Sequence[str] | None, *, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many messages are queued again, of these or of all (None); those that are not stuck are passed over."""
    with units(merchant) as unit:
        revived = unit.undelivered.revive(mail_ids, now)
        for mail_id in revived:
            unit.queue.add([SendMail(merchant, mail_id)], key=f"{mail_id}:{now.isoformat()}")
        unit.commit()
    return len(revived)


def dismiss_mail(mail_ids: Sequence[str], *, merchant: MerchantId, units: Units) -> int:
    """How many stuck messages were forgotten for good."""
    with units(merchant) as unit:
        dismissed = unit.undelivered.dismiss(mail_ids)
        unit.commit()
    return dismissed
