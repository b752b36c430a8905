"""Orders to pay back from, requests, and the histories a platform and we make together."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st

from plugin.domain.ids import LineId, OrderId, RefundId
from plugin.domain.money import Money
from plugin.domain.order import Order, OrderLine, Price, Refund, RefundAllocation
from plugin.domain.refund.allocate import RefundQuote, quote
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.ledger import ledger
from plugin.domain.refund.left import units_of
from plugin.domain.refund.request import Ground, LineRequest, RefundRequest
from plugin.domain.times import Moment, Source
from tests.build import NOW, PLACED, a_line, an_order

ORDER = OrderId("order1")
CURRENCIES = st.sampled_from([("EUR", "EUR"), ("EUR", "JPY"), ("KWD", "EUR"), ("JPY", "JPY"), ("EUR", "USD")])


def both(shop: int, shown: int, currencies: tuple[str, str] = ("EUR", "EUR")) -> Price:
    return Price(Money(shop, currencies[0]), Money(shown, currencies[1]))


def plain_order(*lines: OrderLine, shipping: int = 0, shipping_tax: int = 0, beyond: int = 0, **facts: object) -> Order:
    """Give an order in one currency whose line prices stand beside their tax."""
    total = sum(line.total.shop.minor + line.tax.shop.minor for line in lines) + shipping + shipping_tax + beyond
    order = an_order(
        lines=lines,
        shipping=both(shipping, shipping),
        shipping_tax=both(shipping_tax, shipping_tax),
        prices_include_tax=False,
        total=both(total, total),
    )
    return replace(order, **facts)  # type: ignore[arg-type]  # a test names fields of the order


def line(line_id: str = "11", quantity: int = 1, net: int = 1000, tax: int = 190) -> OrderLine:
    return a_line(line_id, quantity=quantity, total=both(net, net), tax=both(tax, tax), discount=both(0, 0))


def of(line_id: str, quantity: int = 1) -> LineRequest:
    return LineRequest(LineId(line_id), quantity)


def returned(*lines: LineRequest, **facts: object) -> RefundRequest:
    return replace(RefundRequest(Ground.SHOP_RETURN, lines), **facts)  # type: ignore[arg-type]  # fields of the request


def everything_left(order: Order, intents: Iterable[RefundIntent] = ()) -> tuple[LineRequest, ...]:
    """Every unit that can still be paid back: the lines of a withdrawal from the whole order."""
    units = units_of(order, ledger(order, intents))
    return tuple(LineRequest(line, left) for line, left in units.left.items() if left)


def withdrawn(*lines: LineRequest, **facts: object) -> RefundRequest:
    return replace(RefundRequest(Ground.WITHDRAWAL, lines, shipping=True), **facts)  # type: ignore[arg-type]  # likewise


def an_intent(
    quoted: RefundQuote | None = None, refund_id: str = "refund1", at: datetime = NOW, **facts: object
) -> RefundIntent:
    quoted = quoted or quote(returned(of("11")), plain_order(line()))
    granted = (quoted.allocations, quoted.total, at, at, quoted.shipping_rule)
    intent = RefundIntent(RefundId(refund_id), ORDER, "claim-1", *granted)
    return replace(intent, **facts)  # type: ignore[arg-type]  # a test names fields of the intent


def reported(intent: RefundIntent, refund_id: str, *, names_lines: bool = True, at: datetime = NOW) -> Refund:
    """Give the refund as a platform reports it, with its lines or as a summary without."""
    lines = tuple(RefundAllocation(p.line, p.quantity, p.net, p.tax) for p in intent.allocations)
    return Refund(refund_id, Moment(at, Source.PLATFORM), intent.total, lines if names_lines else ())


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Any captured order: several currencies, prices with and without tax, free lines, discounts, fees, one yen."""
    currencies, is_inside = draw(CURRENCIES), draw(st.booleans())
    rate = draw(st.sampled_from([1, 1, 7, 130])) if currencies[0] != currencies[1] else 1

    def price(most: int) -> Price:
        shown = draw(st.integers(0, most))
        return both(shown // rate, shown, currencies)

    lines = []
    for number in range(draw(st.integers(1, 4))):
        net, tax = price(5000), price(900)
        whole = net + tax if is_inside else net
        facts = {"quantity": draw(st.integers(1, 6)), "total": whole, "tax": tax, "discount": both(0, 0, currencies)}
        lines.append(a_line(str(number), **facts))
    shipping, shipping_tax = price(900), price(150)
    parts = [entry.total if is_inside else entry.total + entry.tax for entry in lines]
    total = sum(parts, start=shipping + shipping_tax)
    beyond = draw(st.sampled_from([0, 0, -200, 300, -(10**6)]))
    total = both(max(total.shop.minor + beyond // rate, 0), max(total.presentment.minor + beyond, 1), currencies)
    return an_order(
        currency=currencies[0],
        presentment_currency=currencies[1],
        lines=tuple(lines),
        shipping=shipping + shipping_tax if is_inside else shipping,
        shipping_tax=draw(st.sampled_from([shipping_tax, None])) if not is_inside else shipping_tax,
        prices_include_tax=is_inside,
        total=total,
        paid=Moment(PLACED, Source.PLATFORM),
    )
