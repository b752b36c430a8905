"""What a declaration of returned goods states, and what of it nobody has told us.

The particulars are those of the postal customs declaration CN 23 (Universal Postal Union): sender, addressee, category
`returned goods`, each article with quantity, net weight, value, tariff number and origin, and the papers it goes with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Address, Order, OrderLine
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.customs_facts import CustomsFact, territory_of
from plugin.domain.returning.label import LabelledLine


class Gap(StrEnum):
    """What is not known; the paper leaves room for it and says so."""

    TARIFF_NUMBER = "tariff_number"
    ORIGIN = "origin"
    WEIGHT = "weight"
    EXPORT_REFERENCE = "export_reference"


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """What is known of goods: tariff number (Harmonized System), where they were made (ISO 3166-1), what one weighs."""

    tariff_number: str | None = None
    origin: str | None = None
    grams: int | None = None


UNKNOWN_GOODS = GoodsFacts()


@dataclass(frozen=True, slots=True)
class Export:
    """The export the goods return from: the declaration's reference (MRN) and the day the goods left."""

    reference: str | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class CustomsArticle:
    """One article; `value` is the price paid for all its units without tax."""

    title: str
    quantity: int
    value: Money
    goods: GoodsFacts


@dataclass(frozen=True, slots=True)
class CustomsPaper:
    """A declaration of returned goods. `relief` and `refund`: what is known to be claimable; None: not known."""

    claim_number: str
    order_number: str
    ordered_on: date
    sender: Address = field(repr=False)
    sent_from: str
    to: ReturnAddress
    articles: tuple[CustomsArticle, ...]
    export: Export
    grams: int | None
    relief: CustomsFact | None
    refund: CustomsFact | None

    @property
    def value(self) -> Money:
        """Of all articles."""
        return sum((article.value for article in self.articles), Money.zero(self.articles[0].value.currency))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is not known, each once."""
        known = {
            Gap.TARIFF_NUMBER: all(article.goods.tariff_number for article in self.articles),
            Gap.ORIGIN: all(article.goods.origin for article in self.articles),
            Gap.WEIGHT: self.grams is not None,
            Gap.EXPORT_REFERENCE: self.export.reference is not None,
        }
        return tuple(gap for gap, is_known in known.items() if not is_known)


@dataclass(frozen=True, slots=True)
class CustomsRequest:
    """What goes back of an order, and what is known beside the order."""

    claim_number: str
    lines: tuple[LabelledLine, ...]
    to: ReturnAddress
    sent_from: str
    goods: Mapping[LineId, GoodsFacts] = field(default_factory=dict)
    export: Export = field(default_factory=Export)
    grams: int | None = None


def customs_paper(request: CustomsRequest, order: Order) -> CustomsPaper:
    """The declaration of what goes back. Raises `KeyError` for a line the order does not have."""
    by_id = {line.id: line for line in order.lines}
    articles = tuple(_article(by_id[asked.line], asked.quantity, request, order) for asked in request.lines)
    arriving, leaving = territory_of(request.to.address.country), territory_of(request.sent_from)
    return CustomsPaper(
        claim_number=request.claim_number,
        order_number=order.number,
        ordered_on=order.placed.at.date(),
        sender=order.shopper.delivery or Address(name=order.shopper.name),
        sent_from=request.sent_from,
        to=request.to,
        articles=articles,
        export=request.export if request.export.left_on else Export(request.export.reference, left_on(order)),
        grams=request.grams if request.grams is not None else _weight(articles),
        relief=arriving.relief if arriving else None,
        refund=leaving.refund if leaving else None,
    )


def left_on(order: Order) -> date | None:
    """The day the first goods left, as the platform tells (UTC); None when it does not."""
    days = [each.shipped.at.date() for each in order.fulfilments if each.shipped]
    return min(days, default=None)


def _article(line: OrderLine, quantity: int, request: CustomsRequest, order: Order) -> CustomsArticle:
    paid, tax = line.total.presentment, line.tax.presentment
    net = paid - tax if order.prices_include_tax else paid
    share = net if quantity == line.quantity else net.split([quantity, line.quantity - quantity])[0]
    title = f"{line.title}, {line.variant_title}" if line.variant_title else line.title
    return CustomsArticle(title, quantity, share, request.goods.get(line.id, UNKNOWN_GOODS))


def _weight(articles: Sequence[CustomsArticle]) -> int | None:
    weights = [article.goods.grams for article in articles]
    if any(weight is None for weight in weights):
        return None
    return sum((weight or 0) * article.quantity for weight, article in zip(weights, articles, strict=True))
