"""Take somebody's wish for a link to their orders by mail; nothing is looked up here, so nothing can be learnt here."""

from datetime import datetime, timedelta
from typing import Final

from plugin.domain.attempts import Limit
from plugin.domain.effects import SendClaimLink
from plugin.domain.shop import Shop
from plugin.ports.claim_drafts import LinkPurpose, LinkRequest
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.limit_attempts import Counted, limit_attempts

_EACH: Final = Limit(5, timedelta(minutes=10))
_ALL: Final = Limit(300, timedelta(minutes=10))
_MAILBOX: Final = Limit(3, timedelta(hours=1))
"""Nobody's mailbox is flooded through us; counted for every address, known or not."""


def request_claim_link(  # noqa: PLR0913 - who asks, and the ports it takes
    email: str,
    language: str,
    caller: str,
    shop: Shop,
    purpose: LinkPurpose = LinkPurpose.CLAIM,
    *,
    units: Units,
    ids: Ids,
    now: datetime,
) -> None:
    """Queue it for the worker. Raises `TooManyAttempts`."""
    request = LinkRequest(ids.new(), shop.id, email, language, now, purpose)
    with units(shop.merchant) as unit:
        each = Counted("claim link", f"{shop.id} {caller}", _EACH)
        mailbox = Counted("claim link to", f"{shop.id} {email.casefold()}", _MAILBOX)
        limit_attempts((each, mailbox, Counted("claim link", shop.id, _ALL)), unit, now)
        unit.link_requests.add(request)
        unit.queue.add([SendClaimLink(shop.merchant, request.id)], key=request.id)
        unit.commit()
