"""The demo's orders sorted by what may still be done with them, and the one a newcomer should see first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.entitlement import ClockState, Right
from plugin.domain.order import Standing
from plugin.usecases.quote_entitlements import Quote
from plugin.web.demo.shops import Brand, DemoMissing, quotes
from plugin.web.demo.visit import visit
from plugin.web.deps import deps
from plugin.web.storefront.answers import entitlements_answer

_RANK = {"open": 0, "not_started": 1, "unlimited": 2, "closed": 3, "not_applicable": 4}
_RETURNS = frozenset({Right.WITHDRAWAL, Right.SHOP_RETURN, Right.EXCHANGE})


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


def staged(owner: Brand) -> Sequence[tuple[Stage, Sequence[Listed]]]:
    """Every stage that has orders, with them, newest first."""
    newest = sorted(quotes(owner), key=lambda quote: quote.stored.order.placed.at, reverse=True)
    found = [(_stage(quote), quote) for quote in newest]
    return [
        (stage, [Listed(quote, _sentence(quote, stage)) for known, quote in found if known is stage])
        for stage in Stage
        if any(known is stage for known, _ in found)
    ]


def _stage(quote: Quote) -> Stage:
    """What may be done with any of its lines: one refunded line hides nothing of the others."""
    now = deps().clock.now()
    states = [(clock.right, clock.state(now)) for line in quote.lines for clock in line.clocks]
    returns = {state for right, state in states if right in _RETURNS}
    if ClockState.OPEN in returns:
        return Stage.RETURNABLE
    if ClockState.NOT_STARTED in returns:
        return Stage.ON_THE_WAY
    live = {ClockState.OPEN, ClockState.UNLIMITED, ClockState.NOT_STARTED}
    return Stage.GUARANTEED if live & {state for _, state in states} else Stage.OVER


def _sentence(quote: Quote, stage: Stage) -> str:
    """Of the rights that put the order in its stage the first that is open, else that exists, else why none does."""
    lines = entitlements_answer(quote, deps().law, visit().words, deps().clock.now()).lines
    by_return = stage in (Stage.RETURNABLE, Stage.ON_THE_WAY)
    ranked = sorted(
        (clock for line in lines for clock in line.clocks),
        key=lambda clock: (by_return and clock.right not in _RETURNS, _RANK[clock.state]),
    )
    return ranked[0].sentence if ranked else ""


def featured(owner: Brand) -> Quote:
    """A plain returnable order, or the newest. Raises `DemoMissing` when there is none."""
    found = sorted(quotes(owner), key=lambda quote: quote.stored.order.placed.at, reverse=True)
    best = [quote for quote in found if _stage(quote) is Stage.RETURNABLE and _is_plain(quote)]
    if not found:
        raise DemoMissing
    return (best or found)[0]


def _is_plain(quote: Quote) -> bool:
    """An order that needs no explaining: placed, to the country of the law most know, at home in the store's shop."""
    order = quote.stored.order
    return order.standing is Standing.PLACED and order.place.country == "DE" and len(order.lines) > 1
