"""A refund as WooCommerce is asked for it: lines, units, each rate's tax, delivery and fees, all by name. Pure.

Goods, delivery and fees alike are named in `line_items`, by their item's id; `amount` is a text, and the only thing
that the platform itself checks (WooCommerce 10.5).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from integrations.platforms.woocommerce.actions.left import ItemLeft, OrderLeft, Part, shared
from integrations.platforms.woocommerce.actions.marks import REFUND, mark, meta
from integrations.platforms.woocommerce.actions.seen import LiveOrder, amount
from plugin.domain.money import Money, exponent
from plugin.domain.order import Price
from plugin.domain.refund.allocation import Allocation
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

Json = dict[str, object]


def refund_body(intent: RefundIntent, live: LiveOrder, left: OrderLeft, key: str) -> Json:
    """The whole request. `reason` is stored before the gateway is asked, `meta_data` after: both carry the key.

    The reason is what the shopper reads beside the amount in WooCommerce's own order mails.
    """
    places = max(_decimals(live.total), exponent(live.currency))
    return {
        "amount": _text(_asked(intent.total.presentment, left.money), places),
        "reason": reason(key),
        "api_refund": intent.means is Means.ORIGINAL,
        "api_restock": intent.restock,
        "meta_data": [meta(REFUND, key)],
        "line_items": [*_goods(intent.allocations, left, places), *_beside(intent, left, places)],
    }


def reason(key: str) -> str:
    """What marks a refund as this command's from its first moment on."""
    return f"Aftercare {mark(key)}"


def _asked(total: Money, left: Decimal) -> Decimal:
    """The total, or what is left where that is the same but for decimals the currency does not have.

    A shop may keep yen with two decimals: of 21337.80 the last 21338 cannot be asked for.
    """
    wanted = total.decimal()
    return left if wanted > left and Money.parse(f"{left:f}", total.currency) == total else wanted


def _goods(parts: Iterable[Allocation], left: OrderLeft, places: int) -> Iterable[Json]:
    for part in parts:
        item, net, tax = left.lines[int(part.line)], part.net.presentment, part.tax.presentment
        if part.quantity or net.minor or tax.minor:
            amounts = {(item.id, None): net} | _placed(tax, item.tax_weights())
            yield _item(item.id, part.quantity, amounts, places)


def _beside(intent: RefundIntent, left: OrderLeft, places: int) -> Iterable[Json]:
    """Delivery over the order's deliveries, other charges over its fees with their tax.

    A charge that is no item of the order (a minor unit of rounding) goes back in the amount alone.
    """
    parts = intent.allocations
    net = _placed(_sum(part.shipping for part in parts), _weights(item.net_weight() for item in left.shipping))
    tax = _placed(_sum(part.shipping_tax for part in parts), _weights(item.tax_weights() for item in left.shipping))
    fees = shared(_sum(part.duty for part in parts), _weights(_fee(item) for item in left.fees))
    amounts: dict[int, dict[Part, Money]] = defaultdict(dict)
    for named, money in {**net, **tax, **fees}.items():
        amounts[named[0]][named] = money
    for item, shares in amounts.items():
        yield _item(item, 0, shares, places)


def _fee(item: ItemLeft) -> dict[Part, int]:
    """A fee that takes something off is a discount: nothing goes back for it."""
    return {**item.net_weight(), **item.tax_weights()} if item.gross > 0 else {}


def _placed(total: Money, weights: Mapping[Part, int]) -> dict[Part, Money]:
    found = shared(total, weights)
    if total.minor and not found:
        raise Rejected(Refusal.MORE_THAN_LEFT, detail="nothing of it is left on any item")
    return found


def _item(item: int, quantity: int, amounts: Mapping[Part, Money], places: int) -> Json:
    taxes = {rate: money for (_, rate), money in amounts.items() if rate is not None and money.minor}
    net = amounts.get((item, None))
    return {
        "id": item,
        "quantity": quantity,
        "refund_total": _text(net.decimal() if net else Decimal(), places),
        "refund_tax": [{"id": rate, "refund_total": _text(money.decimal(), places)} for rate, money in taxes.items()],
    }


def _weights(each: Iterable[Mapping[Part, int]]) -> dict[Part, int]:
    return {part: weight for weights in each for part, weight in weights.items()}


def _sum(prices: Iterable[Price]) -> Money:
    first, *others = [price.presentment for price in prices]
    return sum(others, start=first)


def _decimals(text: str) -> int:
    """How many decimals the shop writes amounts with: its own setting, whatever the currency."""
    return max(-int(amount(text).as_tuple().exponent), 0)


def _text(value: Decimal, places: int) -> str:
    return f"{value:.{places}f}"
