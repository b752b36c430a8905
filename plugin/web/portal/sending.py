"""The shopper says on the page of their claim that the goods are on their way, and shows it."""

from datetime import date

from flask import Response, request

from plugin.domain.claim.commands.sending import tracking_number
from plugin.domain.claim.errors import ProofOfSendingNeeded
from plugin.domain.errors import Conflict, Invalid, NotFound
from plugin.domain.ids import ClaimDraftId
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.hear_shopper import SentGoods, tell_sent
from plugin.web.deps import deps
from plugin.web.portal import status
from plugin.web.portal.visit import typed
from plugin.web.portal.whole_files import bound_form, take_files
from plugin.web.problems import error_text

_LONGEST_CARRIER = 60
_LONGEST_TRACKING = 60


def tell(shop_key: str, token: str) -> Response:
    """Keep what was sent, when and how; what nothing shows stays on the page with what is missing."""
    bound_form()
    at, view = status.opened(shop_key, token)
    person = status.person_of(at, view)
    fault = take_files(at, ClaimDraftId(view.claim.id), person) if person else None
    if fault:
        return status.page(at, view, token, sent_fault=fault, **_entered())
    try:
        tell_sent(view.claim.id, _told(), desk=desk_of(deps(), at.shop.merchant), now=deps().clock.now())
    except ProofOfSendingNeeded as error:
        return status.page(at, view, token, sent_fault=error_text(at.words, error.code), **_entered())
    except (Conflict, Invalid, NotFound):  # too late, or of another claim: the page shows what is true now
        pass
    return at.see("status", token=token)


def _told() -> SentGoods:
    """Raises `ProofOfSendingNeeded` for what is no day."""
    entered = _entered()
    try:
        sent_on = date.fromisoformat(entered["sent_on"])
        lines = tuple(int(typed(each, 9)) for each in request.form.getlist("line"))
    except ValueError as error:
        raise ProofOfSendingNeeded({"field": "sent_on"}) from error
    return SentGoods(lines, sent_on, entered["carrier"], tracking_number(entered["tracking"]))


def _entered() -> dict[str, str]:
    bounds = {"carrier": _LONGEST_CARRIER, "tracking": _LONGEST_TRACKING, "sent_on": 10}
    return {name: typed(request.form.get(name, ""), most) for name, most in bounds.items()}
