"""The contract of the UI extensions: what checkout, thank-you, order-status and account pages are answered.

Everything readable is finished words, as in `plugin.web.storefront.schemas`, whose shapes are used where they say the
same. The types in `extensions/shared/contract/` and the OpenAPI document are generated from these classes. Fields are
added, never renamed in `v1`. Order and product ids are the figures at the end of Shopify's global ids.
"""

from typing import Annotated

from msgspec import Meta, Struct

from plugin.web.extensions.draft_schemas import ClaimDraftAnswer, Sentence
from plugin.web.storefront.schemas import (
    Answer,
    ClaimStanding,
    ClockAnswer,
    EntitlementsAnswer,
    Link,
    OfficialLink,
    PolicyAnswer,
)
from plugin.web.storefront.tracking_schemas import TrackingAnswer


class OrderWindowsAnswer(Answer, frozen=True, kw_only=True):
    """What an order entitles to; to whom it is not theirs, or who is not signed in, what the shop promises everybody.

    Which of the reasons it is for `rights` being null is not told, so that nobody learns which orders there are.
    """

    rights: Annotated[
        EntitlementsAnswer | None,
        Meta(description="The panel; null unless the shopper is signed in and the order is theirs and on record."),
    ]
    claims: Annotated[tuple[ClaimStanding, ...], Meta(description="On the order, oldest first.")]
    withdrawal: Annotated[
        OfficialLink | None,
        Meta(description="The withdrawal function, with the order in it where `rights` are; null: no law wants it."),
    ]
    entry: Annotated[
        Link, Meta(description="Into a claim: to the goods, or to where an order is found by number and e-mail.")
    ]
    promise: Annotated[
        PolicyAnswer | None,
        Meta(description="What holds for everybody, in place of `rights`; null while nobody says for which country."),
    ]
    tracking: Annotated[TrackingAnswer | None, Meta(description="Where its parcels are; null where `rights` are.")]
    follow: Annotated[Link, Meta(description="To the page that finds parcels by number and e-mail, for anybody.")]


class AccountWords(Struct, frozen=True, kw_only=True):
    """Headings and labels of the returns portal, in the answer's language."""

    orders: Annotated[str, Meta(description="`Your orders`")]
    start: Annotated[str, Meta(description="`Return an item or report a problem`")]
    items: Annotated[str, Meta(description="First step: `What is it about?`")]
    quantity: Annotated[str, Meta(description="`How many`")]
    closed: Annotated[str, Meta(description="Names the rights that are over: `Why not otherwise`")]
    reason: Annotated[str, Meta(description="Second step: `What is the reason?`")]
    note: Annotated[str, Meta(description="`Description (optional)`")]
    note_help: str
    evidence: Annotated[str, Meta(description="`Show us`")]
    evidence_add: Annotated[str, Meta(description="`Add files`")]
    evidence_later: Annotated[str, Meta(description="That nothing has to be shown now.")]
    serial: Annotated[str, Meta(description="`Serial number`")]
    remedy: Annotated[str, Meta(description="Third step: `What do you want?`")]
    instead: Annotated[str, Meta(description="`What would you like instead?`")]
    other: Annotated[str, Meta(description="`Something else`, below the variants to choose from.")]
    check: Annotated[str, Meta(description="Fourth step: `Check and send`")]
    change: Annotated[str, Meta(description="`Change`")]
    next: Annotated[str, Meta(description="`Continue`")]
    back: Annotated[str, Meta(description="`Back`")]
    submit: Annotated[str, Meta(description="`Send request`")]
    items_needed: Annotated[str, Meta(description="At the field, where no item is chosen.")]
    reason_needed: Annotated[str, Meta(description="At the field, where no reason is chosen.")]
    remedy_needed: Annotated[str, Meta(description="At the field, where no remedy is chosen.")]


class AccountClaim(ClaimStanding, frozen=True, kw_only=True):
    """A claim of the shopper's; `url` leads to its page outside the account."""

    id: Annotated[str, Meta(description="What its address here ends with.")]


class AccountOrder(Struct, frozen=True, kw_only=True):
    """One order of the shopper's, as a list shows it."""

    id: Annotated[str, Meta(description="Shopify's id, in figures.")]
    title: Annotated[str, Meta(description="`Order #1001`")]
    placed: Annotated[str, Meta(description="`Ordered on Monday 2 November 2026`")]
    items: Annotated[tuple[str, ...], Meta(description="Each line: `2 × Tent lantern`.")]
    parcels: Annotated[
        tuple[str, ...], Meta(description="Where each parcel is, and when to expect it: `On its way · Expected on ...`")
    ]
    next: Annotated[Sentence, Meta(description="Of the rights that run out, the one that does so first.")]
    can_claim: Annotated[bool, Meta(description="Whether there are units that nothing was asked for yet.")]
    claims: Annotated[tuple[AccountClaim, ...], Meta(description="Oldest first.")]


class OrdersAnswer(Answer, frozen=True, kw_only=True):
    """Those of the orders asked for that are the shopper's and on record, as asked; of others nothing is said.

    An order may be missing because it has not reached us: the ways at the end are open to it too.
    """

    words: AccountWords
    orders: tuple[AccountOrder, ...]
    entry: Annotated[Link, Meta(description="`Find order`: where any order is found by its number and e-mail address.")]
    withdrawal: Annotated[
        OfficialLink | None,
        Meta(description="The withdrawal function for orders that are not listed; null: no law wants it."),
    ]


class Reason(Struct, frozen=True, kw_only=True):
    """A reason to choose."""

    id: str
    text: str
    language: Annotated[str | None, Meta(description="Of the text, when it is not the answer's.")]


class ReasonGroup(Struct, frozen=True, kw_only=True):
    """Reasons under one heading."""

    name: str
    language: Annotated[str | None, Meta(description="Of the name, when it is not the answer's.")]
    reasons: tuple[Reason, ...]


class ClaimableLine(Struct, frozen=True, kw_only=True):
    """One line of the order: what is possible, until when, and why not otherwise."""

    id: str
    title: str
    left: Annotated[int, Meta(description="Units that nothing was asked for yet.")]
    none_left: Annotated[Sentence, Meta(description="Where `left` is 0.")]
    clocks: Annotated[tuple[ClockAnswer, ...], Meta(description="Every right, as in the panel.")]


class OrderAnswer(Answer, frozen=True, kw_only=True):
    """One order of the shopper's: everything a claim about it begins with."""

    words: AccountWords
    id: str
    title: str
    placed: str
    lines: tuple[ClaimableLine, ...]
    reasons: tuple[ReasonGroup, ...]
    claims: tuple[AccountClaim, ...]
    withdrawal: Annotated[
        OfficialLink | None,
        Meta(description="To be shown without any condition; its two screens are at `withdrawal` below the order."),
    ]
    draft: Annotated[ClaimDraftAnswer | None, Meta(description="What was written so far; null: nothing.")]
