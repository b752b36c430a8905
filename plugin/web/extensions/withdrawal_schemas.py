"""The contract of the withdrawal function's two screens and its receipt inside a customer account.

Source: Directive 2011/83/EU art. 11a, as amended by Directive (EU) 2023/2673.
"""

from typing import Annotated

from msgspec import Meta, Struct

from plugin.web.extensions.claim_schemas import Row
from plugin.web.storefront.schemas import Answer, Link


class OfficialWords(Struct, frozen=True, kw_only=True):
    """Official words, to be shown unchanged."""

    text: str
    language: Annotated[str, Meta(description="BCP 47 tag of the words.")]


class WithdrawableUnits(Struct, frozen=True, kw_only=True):
    """Units of a line that can be picked."""

    line: str
    title: str
    quantity: Annotated[int, Meta(description="The most that can be picked; all of them, until somebody says less.")]


class Field(Struct, frozen=True, kw_only=True):
    """A field of the first screen."""

    label: str
    value: Annotated[str, Meta(description="To begin with.")]
    most: Annotated[int, Meta(description="Characters at most.")]


class WithdrawalFormAnswer(Answer, frozen=True, kw_only=True):
    """The first screen: what is declared. Nothing else is on it, and nothing is asked that the law does not ask."""

    heading: str
    name: Field
    reference: Field
    reply_to: Field
    pick: Annotated[str, Meta(description="Names the units to pick from.")]
    units: tuple[WithdrawableUnits, ...]
    button: Annotated[OfficialWords, Meta(description="Leads to the second screen.")]


class UnitsWish(Struct, frozen=True, kw_only=True):
    """So many units of a line."""

    line: Annotated[str, Meta(max_length=200)]
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]


class WithdrawalWish(Struct, frozen=True, kw_only=True):
    """What the first screen says."""

    name: Annotated[str, Meta(max_length=2000)]
    reference: Annotated[str, Meta(max_length=2000)]
    reply_to: Annotated[str, Meta(max_length=2000)]
    units: Annotated[tuple[UnitsWish, ...], Meta(max_length=500)]


class Wrong(Struct, frozen=True, kw_only=True):
    """What is wrong at a field."""

    field: Annotated[str, Meta(description="`name`, `reference`, `reply_to` or `units`.")]
    text: str


class WithdrawalCheckAnswer(Answer, frozen=True, kw_only=True):
    """The second screen: what will be declared, and one button; or what is wrong on the first."""

    heading: str
    wrong: Annotated[tuple[Wrong, ...], Meta(description="Not empty: back to the first screen, with this said there.")]
    rows: tuple[Row, ...]
    button: Annotated[OfficialWords, Meta(description="Declares; these words only.")]
    change: Annotated[str, Meta(description="Leads back to the first screen.")]
    form: Annotated[str, Meta(description="Names this screen: confirming it twice declares once.")]


class WithdrawalConfirmation(WithdrawalWish, frozen=True, kw_only=True):
    """What the second screen confirms."""

    form: Annotated[str, Meta(min_length=1, max_length=64)]


class WithdrawalReceiptAnswer(Answer, frozen=True, kw_only=True):
    """The receipt: it was declared, when, and what."""

    heading: str
    rows: Annotated[tuple[Row, ...], Meta(description="Number, instant of receipt and content.")]
    text: Annotated[str, Meta(description="What this confirms, and where the confirmation is sent.")]
    receipt: Annotated[Link, Meta(description="The same as a page of its own, for a day.")]
