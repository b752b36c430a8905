"""A shop's promises as one document for programs: rights, terms and sources by country, deadlines where asked for.

Everything in it is `market_rights`: what holds for the product asked for, else for everything in the shop. The schema
is generated from these classes; fields are added, never renamed or given another meaning, without a new `format`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

FORMAT: Literal[1] = 1

Instant = Annotated[datetime, Meta(tz=True)]
Payer = Literal["shopper", "shop", "unknown"]
"""Of sending goods back; `unknown` where neither the law nor the shop settles it before the order."""


class Told(Struct, frozen=True, kw_only=True):
    """One object of the document."""


class Source(Told, frozen=True, kw_only=True):
    """A text of law an answer was taken from."""

    id: str
    citation: Annotated[str, Meta(description="Law and article.")]
    url: str | None


class Deadline(Told, frozen=True, kw_only=True):
    """When something ends for goods delivered at the document's `delivered_at`."""

    last_day: Annotated[date, Meta(description="The last day, at the place of delivery.")]
    closes_at: Annotated[Instant, Meta(description="End of that day, UTC; the first in the country.")]


class Amount(Told, frozen=True, kw_only=True):
    """Money; `value` is decimal text, exact."""

    value: str
    currency: str


class Fee(Told, frozen=True, kw_only=True):
    """What is kept back at most: a rate of the price, an amount for each item, or both together."""

    percent: Annotated[float, Meta(ge=0, le=100)]
    amount: Amount | None


class Withdrawal(Told, frozen=True, kw_only=True):
    """The statutory right to withdraw without a reason."""

    days: Annotated[int | None, Meta(description="From delivery; null: no such right, or none that is known.")]
    counted_in: Literal["calendar_days", "working_days"]
    certainty: Literal["verified", "secondary", "unverified"]
    payer: Payer
    payer_depends_on_notice: Annotated[bool, Meta(description="The shopper pays only if told so before ordering.")]
    fee: Fee | None
    refund_within_days: Annotated[int | None, Meta(description="By law, from the day the shopper tells the shop.")]
    some_goods_excepted: Annotated[bool, Meta(description="The law makes an exception for some of the shop's goods.")]
    deadline: Deadline | None
    sources: tuple[Source, ...]


class Guarantee(Told, frozen=True, kw_only=True):
    """The statutory liability for goods that were faulty when delivered."""

    months: Annotated[int | None, Meta(description="Null where the law names no fixed period.")]
    at_least_months: int | None
    certainty: Literal["verified", "secondary", "unverified"]
    deadline: Deadline | None
    sources: tuple[Source, ...]


class Window(Told, frozen=True, kw_only=True):
    """How long; `length` null: without end."""

    length: int | None
    unit: Literal["days", "working_days", "months"]
    counted_from: Literal["delivered", "shipped", "ordered"]


class Refund(Told, frozen=True, kw_only=True):
    """When and how money is back."""

    within_days: int
    counted_from: Literal["request", "sent", "receipt"]
    means: Literal["original", "store_credit", "voucher"]


class Promise(Told, frozen=True, kw_only=True):
    """What the shop promises on top of the law."""

    window: Window
    is_beyond_law: Annotated[bool, Meta(description="Known to give more than the law; only then it is an extra.")]
    payer: Payer
    payer_if_faulty: Payer
    fee: Fee | None
    conditions: tuple[str, ...]
    remedies: Annotated[tuple[str, ...], Meta(description="In the order the shop offers them.")]
    refund: Refund | None
    methods: tuple[str, ...]
    deadline: Deadline | None


class Country(Told, frozen=True, kw_only=True):
    """What a shopper has who gets goods delivered there."""

    country: Annotated[str, Meta(description="ISO 3166-1 alpha-2.")]
    region: Annotated[str | None, Meta(description="Null: the law of the country is not known here; it holds.")]
    page: Annotated[str, Meta(description="The same in words.")]
    withdrawal: Withdrawal
    guarantee: Guarantee
    shop_return: Promise | None
    exchange: Promise | None
    warranty: Promise | None
    is_final_sale: Annotated[bool, Meta(description="The shop takes back only what the law says it must.")]
    is_return_free: Annotated[bool, Meta(description="Proven for the whole of the legal and the promised time.")]


class Shop(Told, frozen=True, kw_only=True):
    """Whose document it is."""

    key: str
    name: str


class Policy(Told, frozen=True, kw_only=True):
    """The version in force; immutable."""

    id: str
    effective_from: Instant


class Rulebook(Told, frozen=True, kw_only=True):
    """The state of the law behind the answers."""

    version: str
    as_of: date
    calendar: Annotated[str, Meta(description="The holidays deadlines were computed with.")]
    disclaimer: str


class Goods(Told, frozen=True, kw_only=True):
    """Which goods are meant: everything named must hold, of several names of one kind any; nothing named: all."""

    products: tuple[str, ...]
    skus: tuple[str, ...]
    categories: tuple[str, ...]
    collections: tuple[str, ...]
    tags: tuple[str, ...]
    depends_on_order: Annotated[bool, Meta(description="On price, day, channel or group of the order too.")]


class Repair(Told, frozen=True, kw_only=True):
    """Spare parts and repair of some goods; texts by BCP 47 language."""

    id: str
    goods: Goods
    parts_available_years: Annotated[int | None, Meta(description="After the model's last unit came to market.")]
    parts_from: Annotated[Amount | None, Meta(description="Price of the cheapest part, tax included.")]
    price_list: str | None
    ordering: dict[str, str] | None
    manual: str | None
    service: Annotated[dict[str, str] | None, Meta(description="Who repairs, and on which terms.")]
    limits: Annotated[dict[str, str] | None, Meta(description="What stands in the way of a repair.")]


class PolicyDocument(Told, frozen=True, kw_only=True):
    """A shop's promises for programs."""

    format: Literal[1]
    schema: Annotated[str, Meta(description="Where this document's JSON Schema is.")] = msgspec.field(name="$schema")
    shop: Shop
    policy: Annotated[Policy | None, Meta(description="Null: the shop promises nothing; the law alone holds.")]
    law: Rulebook
    product: Annotated[
        str | None, Meta(description="The product it is about, for a variation its parent; null: all the shop's goods.")
    ] = None
    delivered_at: Annotated[Instant | None, Meta(description="What deadlines were computed for.")]
    countries: tuple[Country, ...]
    repairs: Annotated[tuple[Repair, ...], Meta(description="As stated; of a product only what holds for it.")] = ()


def policy_document_schema() -> Mapping[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    whole = msgspec.json.schema(PolicyDocument)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Aftercare policy document", **whole}
