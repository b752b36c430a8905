"""What each remedy costs the shop, row by row; an amount nobody knows is left open and never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugin.domain.money import Money
from plugin.domain.policy.terms import BASIS_POINTS, Offer, Payer, Rate
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class Costs:
    """What things cost the shop, all in the shop's currency; None: not known.

    `label`: the way back (the shop's price, whoever pays it), by the cheapest way that serves. `duty`: import duty and
    charges on returned goods. `handling`: to receive, look at and restock. `resale`: what returned goods still bring,
    in basis points of their price. `outbound`: to send something instead. `replacement`, `part`, `repair`: the thing.
    """

    label: Money | None = None
    duty: Money | None = None
    handling: Money | None = None
    resale: Rate | None = None
    outbound: Money | None = None
    replacement: Money | None = None
    part: Money | None = None
    repair: Money | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One amount of a reckoning: what it is, and how much; negative when it comes in. None: not known."""

    code: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked to be put right: its price with tax in the shop's currency, who pays the way back, what is kept."""

    price: Money
    payer: Payer
    fee: Money | None = None


Rows = tuple[Row, ...]


def keeps_item(offer: Offer) -> bool:
    """Whether the goods stay with the shopper: a part of the price back, a part sent, or an offer with a share."""
    return offer.share is not None or not offer.remedy.traits.brings_back


def total(rows: Rows) -> Money | None:
    """The sum; None while one of them is not known."""
    amounts = [row.amount for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(amounts) else None


def way_back(line: Line, costs: Costs) -> Rows:
    """What goods on their way back cost the shop: label, duty, handling, and what they lose of their price."""
    return (*_transport(line, costs), Row("resale_loss", _loss(line.price, costs)))


def rows_of(offer: Offer, line: Line, costs: Costs) -> Rows:
    """What one offer costs the shop, compared with the sale as it stands."""
    return tuple(_rows(offer, line, costs))


def _rows(offer: Offer, line: Line, costs: Costs) -> Iterator[Row]:
    if keeps_item(offer):
        yield from _kept(offer, line, costs)
        return
    yield from _given(offer, line, costs)
    yield from _transport(line, costs)
    if offer.remedy is not Remedy.REPAIR:
        yield Row("resale_value", _value(line.price, costs))


def _kept(offer: Offer, line: Line, costs: Costs) -> Iterator[Row]:
    if offer.remedy is Remedy.SPARE_PART:
        yield from (Row("part", costs.part), Row("outbound", costs.outbound))
        return
    yield Row("partial_refund", None if offer.share is None else _share(line.price, offer.share))


def _given(offer: Offer, line: Line, costs: Costs) -> Iterator[Row]:
    """What goes out: money, credit, another of the same, work."""
    match offer.remedy:
        case Remedy.REFUND | Remedy.STORE_CREDIT:
            yield Row(offer.remedy.value, line.price)
            if line.fee is not None:
                yield Row("fee", -line.fee)
        case Remedy.REPAIR:
            yield from (Row("repair", costs.repair), Row("outbound", costs.outbound))
        case _:
            yield from (Row("replacement", costs.replacement), Row("outbound", costs.outbound))
    if offer.bonus:
        yield Row("bonus", _share(line.price, offer.bonus))


def _transport(line: Line, costs: Costs) -> Rows:
    label = costs.label if line.payer is not Payer.SHOPPER else Money.zero(line.price.currency)
    return Row("label", label), Row("duty", costs.duty), Row("handling", costs.handling)


def _loss(price: Money, costs: Costs) -> Money | None:
    return None if costs.resale is None else price - _share(price, costs.resale)


def _value(price: Money, costs: Costs) -> Money | None:
    return None if costs.resale is None else -_share(price, costs.resale)


def _share(price: Money, rate: Rate) -> Money:
    """A share of a price, rounded down to the minor unit."""
    return Money(max(price.minor, 0) * rate // BASIS_POINTS, price.currency)
