"""Queue again the wishes for a link by mail whose job was lost, for as long as the shopper may be waiting for it."""

from datetime import datetime, timedelta

from plugin.domain.backoff import attempt_key
from plugin.domain.effects import SendClaimLink
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units

_LATE = timedelta(minutes=15)
"""Longer than all attempts of the job."""
_MOST = 500


def resend_links(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many were queued; each once an hour, until it is answered or forgotten a day later (`sweep_portal`)."""
    with units.read(merchant) as unit:
        lost = unit.link_requests.waiting(now - _LATE, _MOST)
    if lost:
        with units(merchant) as unit:
            for request, asked_at in lost:
                unit.queue.add([SendClaimLink(merchant, request)], key=attempt_key(request, asked_at, now))
            unit.commit()
    return len(lost)
