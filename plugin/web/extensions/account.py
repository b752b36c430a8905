"""A signed-in customer with an order of theirs, as every address of the portal begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app, url_for

from plugin.domain.attempts import Limit
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.shopper_session import ShopperSession
from plugin.i18n import Catalogue
from plugin.usecases.limit_attempts import Counted, count_attempt
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.quote_claim import ClaimQuote
from plugin.usecases.shopify.quote_customer_orders import customer_session
from plugin.usecases.write_claim import Writing, read_draft
from plugin.web.deps import deps
from plugin.web.extensions import auth
from plugin.web.extensions.answer import reader
from plugin.wording.order_language import language_of

PAGES_HOLD: Final = timedelta(hours=1)
"""How long an address that leads out of the account opens the order."""
WRITES: Final = Limit(200, timedelta(minutes=10))
"""Of one customer: more than anybody types, too few to keep a database busy."""


@dataclass(frozen=True, slots=True)
class AtOrder:
    """Who writes about which order, everything that decides about it, and what was written so far."""

    who: auth.Customer
    order: str
    """Shopify's id."""
    writing: Writing
    case: ClaimQuote
    draft: ClaimDraft | None
    words: Catalogue
    now: datetime

    @property
    def version(self) -> str:
        """Names what the words rest on."""
        policy, law = self.case.quote.policy, deps().law
        return f"{policy.id if policy else 'law'} {law.rulebook.version} {law.calendar.version}"

    def page(self, endpoint: str, **parts: object) -> str:
        """The address of a page of ours that opens this order for an hour."""
        session = ShopperSession(
            self.who.shop.id,
            self.writing.session.proof,
            (self.now + PAGES_HOLD).replace(microsecond=0),
            orders=self.writing.session.orders,
        )
        token = session_token(deps().secrets, session)
        path = url_for(
            f"portal.{endpoint}",
            shop_key=self.who.shop.key,
            token=token,
            order=self.writing.order,
            lang=self.words.language,
            **parts,  # type: ignore[arg-type]  # Flask's own loose signature
        )
        return f"{current_app.config['BASE_URL']}{path}"


def at_order(order: str) -> AtOrder:
    """Raises `NoSuchPage` for an order that is not theirs, whether or not there is one; and what `signed_in` raises."""
    who, needs = auth.signed_in(), deps()
    now = needs.clock.now()
    session = customer_session(order, who.customer, who.shop, units=needs.units, now=now)
    first = Writing(session, session.orders[0], "")
    case, draft = read_draft(first, who.shop, units=needs.units, law=needs.law, now=now)
    words = reader(language_of(case.stored.order, case.quote.policy))
    return AtOrder(who, order, Writing(session, first.order, words.language), case, draft, words, now)


def count_write(who: auth.Customer) -> None:
    """Count something a customer sends. Raises `TooManyAttempts`."""
    counted, needs = Counted("account write", f"{who.shop.id} {who.customer}", WRITES), deps()
    count_attempt(counted, merchant=who.shop.merchant, units=needs.units, now=needs.clock.now())
