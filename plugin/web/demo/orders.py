"""The demo's orders as their shoppers see them: by what may still be done, one with its window panel, and the why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import Response, request

from plugin.domain.entitlement import ClockState, Right
from plugin.domain.order import Standing
from plugin.usecases.quote_entitlements import Quote
from plugin.web.demo.assortment import of_line
from plugin.web.demo.pages import page, see
from plugin.web.demo.parcels import parcels
from plugin.web.demo.scan import offer, scan_state
from plugin.web.demo.shops import Brand, DemoMissing, brand, quote_of, quotes
from plugin.web.demo.visit import visit
from plugin.web.demo.why import explained
from plugin.web.deps import deps
from plugin.web.storefront import order_token
from plugin.web.storefront.answers import entitlements_answer


class Stage(StrEnum):
    """What may still be done with an order; they are listed in this order."""

    RETURNABLE = "returnable"
    ON_THE_WAY = "on_the_way"
    GUARANTEED = "guaranteed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Listed:
    """An order in the list, with the sentence that says most about it."""

    quote: Quote
    sentence: str


def index() -> Response:
    """All demo orders, newest first, by what may still be done."""
    owner = brand()
    return page("orders.html", brand=owner, groups=_groups(owner))


def first() -> Response:
    """On to the order a newcomer should see first: returnable, and of the brand's own products."""
    return see(visit().to("why" if request.args.get("why") else "order", order=_first(brand()).stored.id))


def show(order: str) -> Response:
    """One order: its parcels, and what its shopper is entitled to."""
    owner = brand()
    quote, shop = quote_of(order, owner)
    return page(
        "order.html",
        brand=owner,
        shop=shop,
        order=quote.stored.order,
        order_id=quote.stored.id,
        goods=[product for line in quote.stored.order.lines if (product := of_line(line.sku))],
        parcels=parcels(quote.stored),
        answer=entitlements_answer(quote, deps().law, visit().words, deps().clock.now()),
        token=order_token.issue(deps().secrets, shop.id, quote.stored.id),
        offer=offer(quote.stored),
        scan=scan_state(quote.stored, request.args.get("scan")),
    )


def why(order: str) -> Response:
    """Every step from the delivery to the last day, with its sources."""
    owner = brand()
    quote, _ = quote_of(order, owner)
    return page(
        "why.html",
        brand=owner,
        order=quote.stored.order,
        order_id=quote.stored.id,
        lines=explained(quote, deps().law.rulebook, visit().words, deps().clock.now()),
        versions=quote.lines[0] if quote.lines else None,
    )


def _groups(owner: Brand) -> Sequence[tuple[Stage, Sequence[Listed]]]:
    newest = sorted(quotes(owner), key=lambda quote: quote.stored.order.placed.at, reverse=True)
    staged = [(_stage(quote), quote) for quote in newest]
    return [
        (stage, [Listed(quote, _sentence(quote)) for found, quote in staged if found is stage])
        for stage in Stage
        if any(found is stage for found, _ in staged)
    ]


def _stage(quote: Quote) -> Stage:
    now = deps().clock.now()
    states = {clock.right: clock.state(now) for line in quote.lines for clock in line.clocks}
    returns = {states.get(Right.WITHDRAWAL), states.get(Right.SHOP_RETURN)}
    if ClockState.OPEN in returns:
        return Stage.RETURNABLE
    if ClockState.NOT_STARTED in returns:
        return Stage.ON_THE_WAY
    live = {ClockState.OPEN, ClockState.UNLIMITED, ClockState.NOT_STARTED}
    return Stage.GUARANTEED if live & set(states.values()) else Stage.OVER


def _sentence(quote: Quote) -> str:
    """Of the first line's rights the first that is open, else the first that exists, else why there is none."""
    clocks = entitlements_answer(quote, deps().law, visit().words, deps().clock.now()).lines[:1]
    ranked = sorted((clock for line in clocks for clock in line.clocks), key=lambda clock: _RANK[clock.state])
    return ranked[0].sentence if ranked else ""


_RANK = {"open": 0, "not_started": 1, "unlimited": 2, "closed": 3, "not_applicable": 4}


def _first(owner: Brand) -> Quote:
    found = sorted(quotes(owner), key=lambda quote: quote.stored.order.placed.at, reverse=True)
    best = [quote for quote in found if _stage(quote) is Stage.RETURNABLE and _is_plain(quote)]
    if not found:
        raise DemoMissing
    return (best or found)[0]


def _is_plain(quote: Quote) -> bool:
    """An order that needs no explaining: placed, to the country of the law most know, at home in the store's shop."""
    order = quote.stored.order
    return order.standing is Standing.PLACED and order.place.country == "DE" and len(order.lines) > 1
