"""The customer's orders: those that Shopify lists to them, with what can be done with each."""

import re
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Final

import msgspec
from flask import Response, request

from plugin.domain.errors import Invalid
from plugin.domain.shop import Shop
from plugin.i18n import FALLBACK, Catalogue
from plugin.usecases.quote_entitlements import Quote
from plugin.usecases.shopify.quote_customer_orders import CustomerOrder, quote_customer_orders
from plugin.web.deps import deps
from plugin.web.extensions import auth
from plugin.web.extensions.account import AtOrder, at_order
from plugin.web.extensions.answer import private, reader
from plugin.web.extensions.draft_answer import draft_answer
from plugin.web.extensions.schemas import (
    AccountClaim,
    AccountOrder,
    ClaimableLine,
    OrderAnswer,
    OrdersAnswer,
    Reason,
    ReasonGroup,
)
from plugin.web.extensions.words import account_words, capital, line_title, units_text
from plugin.web.portal.reason import branches
from plugin.web.storefront.answers import entitlements_answer
from plugin.web.storefront.claim_entry import claim_entry_answer
from plugin.web.storefront.schemas import EntitlementsAnswer, Link
from plugin.web.storefront.standing import claim_standing, withdrawal_of_order
from plugin.wording.order_language import language_of
from plugin.wording.tracking.answer import tracking_answer

_IDS: Final = re.compile(r"([0-9]{1,20}(,[0-9]{1,20}){0,19})?", re.ASCII)


class OrdersNeeded(Invalid):
    """Too many ids of orders were given, or something that is none."""

    code = "invalid"


def every() -> Response:
    """Those asked for that are theirs, at most twenty at once; and the ways that are open without any."""
    who, needs, now = auth.signed_in(), deps(), deps().clock.now()
    ids = request.args.get("ids", "")
    if not _IDS.fullmatch(ids):
        raise OrdersNeeded({"field": "ids"})
    found = quote_customer_orders(ids.split(","), who.customer, who.shop, units=needs.units, law=needs.law, now=now)
    words = reader(language_of(found[0].stored.order) if found else FALLBACK)
    way = claim_entry_answer(who.shop, words.language, (), needs.law)
    answer = OrdersAnswer(
        version=f"{needs.law.rulebook.version} {needs.law.calendar.version}",
        language=words.language,
        direction=words.direction,
        words=account_words(words),
        orders=tuple(_order(each, who.shop, words, now) for each in found),
        entry=Link(text=way.submit, url=way.action),
        withdrawal=way.withdrawal,
    )
    return private(answer)


def one(order: str) -> Response:
    """Everything a claim about it begins with."""
    at, needs = at_order(order), deps()
    (found,) = quote_customer_orders(
        [order], at.who.customer, at.who.shop, units=needs.units, law=needs.law, now=at.now
    )
    rights = entitlements_answer(at.case.quote, needs.law, at.words, at.now)
    answer = OrderAnswer(
        version=rights.version,
        language=rights.language,
        direction=rights.direction,
        words=account_words(at.words),
        id=order,
        title=_title(at.case.quote, at.words),
        placed=_placed(at.case.quote, at.words),
        lines=tuple(_lines(at, rights)),
        reasons=tuple(_reasons(at)),
        claims=_claims(found, at.who.shop, at.words),
        withdrawal=withdrawal_of_order(at.case.stored, at.who.shop, at.words),
        draft=draft_answer(at) if at.draft else None,
    )
    return private(answer)


def _order(found: CustomerOrder, shop: Shop, words: Catalogue, now: datetime) -> AccountOrder:
    quote = found.told.quote
    return AccountOrder(
        id=found.stored.order.ref.external_id,
        title=_title(quote, words),
        placed=_placed(quote, words),
        items=tuple(units_text(line, line.quantity, words) for line in found.stored.order.lines),
        parcels=tuple(_parcels(found, words)),
        next=_next(entitlements_answer(quote, deps().law, words, now)),
        can_claim=any(found.left.values()),
        claims=_claims(found, shop, words),
    )


def _parcels(found: CustomerOrder, words: Catalogue) -> Iterator[str]:
    """Which it is of several, where it is, and the days to expect it in, if any: all as the tracking page says it."""
    for parcel in tracking_answer(found.told.parcels, words).parcels:
        yield " · ".join(filter(None, (parcel.title, parcel.headline, parcel.expected)))


def _next(rights: EntitlementsAnswer) -> str:
    """The sentence of the open right that is over first; of those over together, the one that is shown first."""
    clocks = [clock for line in rights.lines for clock in line.clocks if clock.state == "open"]
    ending = [(clock.closes_at, clock.sentence) for clock in clocks if clock.closes_at is not None]
    return min(ending, key=itemgetter(0))[1] if ending else ""


def _title(quote: Quote, words: Catalogue) -> str:
    return words.text("claim.order", number=quote.stored.order.number)


def _placed(quote: Quote, words: Catalogue) -> str:
    return words.text("claim.orders.placed", day=quote.stored.order.placed.at.astimezone(quote.zone).date())


def _claims(found: CustomerOrder, shop: Shop, words: Catalogue) -> tuple[AccountClaim, ...]:
    return tuple(
        AccountClaim(id=claim.id, **msgspec.structs.asdict(claim_standing(claim, entries, shop, words)))
        for claim, entries in found.told.claims
    )


def _lines(at: AtOrder, rights: EntitlementsAnswer) -> Iterator[ClaimableLine]:
    for line, said in zip(at.case.stored.order.lines, rights.lines, strict=True):
        left = at.case.left.get(line.id, 0)
        none_left = "" if left else at.words.text("claim.lines.none")
        yield ClaimableLine(id=line.id, title=line_title(line), left=left, none_left=none_left, clocks=said.clocks)


def _reasons(at: AtOrder) -> Iterator[ReasonGroup]:
    for branch in branches(at.case, at.words):
        leaves = (Reason(id=leaf.id, text=leaf.said.text, language=leaf.said.language) for leaf in branch.leaves)
        name = capital(branch.name.text, at.words)
        yield ReasonGroup(name=name, language=branch.name.language, reasons=tuple(leaves))
