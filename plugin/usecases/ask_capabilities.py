"""Ask a shop's platform what it can do with an order, so that the shopper's pages offer nothing it forbids.

Runs in the worker: no page waits for a platform. Asking twice learns the same.
"""

from datetime import datetime, timedelta

from plugin.domain.claim_draft import ClaimDraft, UnknownDraft
from plugin.domain.effects import AskCapabilities
from plugin.domain.ids import ClaimDraftId, MerchantId
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf
from plugin.ports.unit_of_work import UnitOfWork, Units

_A_DAY = timedelta(days=1)


def queue_asking(draft: ClaimDraft, unit: UnitOfWork, now: datetime) -> None:
    """Have the platform asked, for each draft once a day; the caller commits."""
    days = (now - draft.created_at) // _A_DAY
    unit.queue.add([AskCapabilities(unit.merchant, draft.id)], key=f"capabilities:{draft.id}:{days}")


def ask_capabilities(draft: ClaimDraftId, *, merchant: MerchantId, units: Units, actions: ActionsOf) -> str:
    """`asked`, or why nothing is known now. Raises `Unavailable`: the job is given again."""
    with units(merchant) as unit:  # PostgreSQL locks no row where only reading is allowed
        try:
            held = unit.claim_drafts.hold(draft)
        except UnknownDraft as error:
            return error.code
        order, shop = unit.orders.get(held.order).order, unit.shops.get(held.shop)
    try:
        can = actions(shop).capabilities(order)
    except Rejected as error:
        return error.code
    with units(merchant) as unit:
        unit.claim_drafts.learn(draft, can)
        unit.commit()
    return "asked"
