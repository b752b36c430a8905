"""The storefront contract for parcels: where an order's goods are, in words; as `schemas` is for the rest."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from plugin.web.storefront.schemas import Answer, Link

Situation = Literal[
    "not_sent",
    "sent",
    "digital",
    "cancelled",
    "collected",
    "info_received",
    "in_transit",
    "customs",
    "out_for_delivery",
    "pickup_ready",
    "failed_attempt",
    "exception",
    "delivered",
    "returning",
    "returned",
    "lost",
    "expired",
    "unknown",
]
"""As `plugin.domain.tracking.told.Situation`."""


class StepAnswer(Struct, frozen=True, kw_only=True):
    """One thing that happened to a parcel."""

    status: Situation
    title: Annotated[str, Meta(description="The status in words.")]
    at: Annotated[datetime, Meta(description="When it was, UTC.")]
    when: Annotated[str, Meta(description="Day and, where its zone is certain, time by the shopper's clock.")]
    place: Annotated[str, Meta(description="Where, as far as told; may be empty.")]
    source: Annotated[str, Meta(description="Who says so, where it is no carrier; else empty.")]
    raw: Annotated[tuple[str, ...], Meta(description="The tellers' own words, in whatever language.")]
    is_current: Annotated[bool, Meta(description="True for the step that says where the parcel is now.")]


class NumberAnswer(Struct, frozen=True, kw_only=True):
    """A number the parcel goes under; a way of two carriers has two."""

    number: str
    carrier: Annotated[str | None, Meta(description="As people know it; null while nobody knows.")]
    link: Annotated[str | None, Meta(description="The text of the link to the carrier's own page.")]
    url: Annotated[str | None, Meta(description="That page, http(s); null where there is none.")]


class CustomsAnswer(Struct, frozen=True, kw_only=True):
    """What to know of customs where the parcel goes."""

    lines: tuple[str, ...]
    source: Annotated[str | None, Meta(description="The authority to read on at.")]
    url: Annotated[str | None, Meta(description="Its page.")]
    is_held: Annotated[bool, Meta(description="True while the parcel is at customs: show it unfolded.")]


class TrackedParcel(Struct, frozen=True, kw_only=True):
    """One parcel, or goods that are in none yet: the state first, then when to expect it, then what happened."""

    id: str
    situation: Situation
    purpose: Literal["outbound", "return"]
    title: Annotated[str, Meta(description="Names it among several, or as a return; else empty.")]
    headline: Annotated[str, Meta(description="The situation in words.")]
    since: Annotated[str, Meta(description="The day it came so; empty while it is awaited.")]
    text: Annotated[str, Meta(description="What that means and what to do; may be empty.")]
    expected: Annotated[str, Meta(description="A sentence with the days to expect it; empty where none are known.")]
    expected_by: Annotated[str, Meta(description="Whose word that is; an estimate says so. Empty with the sentence.")]
    expected_first: Annotated[date | None, Meta(description="First day to expect it, local to the shopper.")]
    expected_last: Annotated[date | None, Meta(description="Last day to expect it.")]
    is_late: bool
    steps: Annotated[tuple[StepAnswer, ...], Meta(description="The latest first.")]
    numbers: tuple[NumberAnswer, ...]
    contents: Annotated[tuple[str, ...], Meta(description="What is in it; empty where nobody says.")]
    customs: Annotated[CustomsAnswer | None, Meta(description="Null where no border is known, or it is over.")]


class TrackingWords(Struct, frozen=True, kw_only=True):
    """The surface's own words: names of what folds away, and of fields."""

    carrier: str
    contents: str
    customs: str
    number: str
    raw: str
    steps: str


class TrackingAnswer(Answer, frozen=True, kw_only=True):
    """Where the parcels of one order are."""

    order: Annotated[str, Meta(description="The order's number as the shopper knows it.")]
    order_title: Annotated[str, Meta(description="The same in words: `Order 1001`.")]
    heading: Annotated[str, Meta(description="The one parcel's state, or that there are several.")]
    words: TrackingWords
    parcels: Annotated[
        tuple[TrackedParcel, ...], Meta(description="To the shopper, what is to come, then what goes back.")
    ]
    page: Annotated[Link | None, Meta(description="The same as a page of its own, printable.")]
