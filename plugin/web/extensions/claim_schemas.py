"""The contract of a claim that was sent, as a customer account shows it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from plugin.web.extensions.draft_schemas import Sentence
from plugin.web.storefront.schemas import Answer, Link


class Happened(Struct, frozen=True, kw_only=True):
    """One thing that happened to a claim."""

    at: Annotated[str, Meta(description="Day and time by the shopper's clock.")]
    title: str
    text: Sentence


class ClaimLine(Struct, frozen=True, kw_only=True):
    """One line of a claim, and where it stands."""

    title: str
    reason: Sentence
    decision: str
    refusal: Annotated[tuple[str, ...], Meta(description="Why it was refused, with the clause, and the way on.")]
    difference: Annotated[Sentence, Meta(description="Of an exchange.")]
    pay: Annotated[Link | None, Meta(description="Where the difference is paid, in the shop's own checkout.")]


class Row(Struct, frozen=True, kw_only=True):
    """A term and what is said of it."""

    term: str
    text: str


class MoneyAnswer(Struct, frozen=True, kw_only=True):
    """One refund."""

    rows: Annotated[tuple[Row, ...], Meta(description="Amounts and days by name.")]
    text: str


class ParcelAnswer(Struct, frozen=True, kw_only=True):
    """One parcel that goes back."""

    papers: Annotated[tuple[Link, ...], Meta(description="Label, slip, customs paper: PDF files.")]
    address: Annotated[tuple[str, ...], Meta(description="Where it goes, line by line.")]
    text: Sentence
    rules: tuple[str, ...]
    tracking: Annotated[str, Meta(description="Carrier and number; empty while nobody knows.")]
    tracking_url: str | None


class ClaimWords(Struct, frozen=True, kw_only=True):
    """Headings and labels of a claim's page."""

    happened: Annotated[str, Meta(description="`What has happened`")]
    money: Annotated[str, Meta(description="`Your money`")]
    back: Annotated[str, Meta(description="`Sending it back`")]
    cancel: Annotated[str, Meta(description="`Call off this request`")]
    cancel_text: Annotated[str, Meta(description="What that does.")]


class ClaimAnswer(Answer, frozen=True, kw_only=True):
    """Where a claim stands."""

    words: ClaimWords
    id: str
    number: str
    title: Annotated[str, Meta(description="`Request 2026-000123`")]
    order: Annotated[str, Meta(description="Shopify's id of its order, in figures.")]
    opened_at: datetime
    happened: Annotated[tuple[Happened, ...], Meta(description="Newest first.")]
    answer_by: Annotated[Sentence, Meta(description="By when the shop means to answer, while it is its turn.")]
    lines: tuple[ClaimLine, ...]
    money: tuple[MoneyAnswer, ...]
    parcels: tuple[ParcelAnswer, ...]
    can_cancel: bool
    page: Annotated[
        Link, Meta(description="The claim's own page: messages, files, offers, appeals and everything else.")
    ]
