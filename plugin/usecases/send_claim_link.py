"""Mail a link to their orders to somebody who asked for it, if the shop has any of this address."""

from datetime import datetime, timedelta
from typing import Final

from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.letters import ClaimLinkLetter
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.prove_shopper import session_token

HOLDS: Final = timedelta(hours=24)
"""Mail may take a night to be read."""
_LOOKED_AT: Final = 20
"""Of how many orders it is asked whether they can be withdrawn from."""


def send_claim_link(
    request: str, *, merchant: MerchantId, units: Units, secrets: Secrets, letter: ClaimLinkLetter, now: datetime
) -> str:
    """`queued`, `nobody` for an address without orders, `done_before` the second time."""
    with units(merchant) as unit:
        wish = unit.link_requests.take(request)
        if wish is None:
            return "done_before"
        outcome = "queued" if _queued(wish, unit, secrets, letter, now) else "nobody"
        unit.commit()
    return outcome


def _queued(wish: LinkRequest, unit: UnitOfWork, secrets: Secrets, letter: ClaimLinkLetter, now: datetime) -> bool:
    person = unit.people.find(wish.email)
    found = unit.orders.of_shopper(wish.shop, wish.email) if person else ()
    if person is None or not found:
        return False
    until = (now + HOLDS).replace(microsecond=0)
    token = session_token(secrets, ShopperSession(wish.shop, Proof.LINK_OPENED, until, person=person))
    orders = [unit.orders.get(order).order for order in found[:_LOOKED_AT]]
    unit.mails.add(wish.id, letter(unit.shops.get(wish.shop), wish, token, orders), now)
    unit.queue.add([SendMail(unit.merchant, wish.id)], key=wish.id)
    return True
