"""The contract of a claim that is written in a customer account: what is said, and the quote it is answered with."""

from typing import Annotated

from msgspec import Meta, Struct

from plugin.web.storefront.schemas import Answer, Link

Sentence = Annotated[str, Meta(description="A finished sentence; empty where there is nothing to say.")]


class RemedyChoice(Struct, frozen=True, kw_only=True):
    """A remedy, with what it comes to."""

    id: Annotated[str, Meta(description="`refund`, `store_credit`, `exchange`, `repair` ...")]
    name: str
    label: Annotated[str, Meta(description="Whose promise it is; empty where nobody owes it.")]
    is_statutory: bool
    sentences: Annotated[tuple[str, ...], Meta(description="Refund, fees, credit: before anything is sent.")]


class Choice(Struct, frozen=True, kw_only=True):
    """Something to choose or tick."""

    id: str
    text: str


class VariantChoice(Struct, frozen=True, kw_only=True):
    """A variant to have in exchange."""

    id: str
    title: str
    text: Annotated[Sentence, Meta(description="What it costs more or less; empty while nobody knows.")]


class EvidenceAsked(Struct, frozen=True, kw_only=True):
    """What the policy asks to be shown; no right hangs on it."""

    text: str
    wants_files: bool
    wants_serial: bool
    upload: Annotated[Link, Meta(description="A page of ours where files are added to the draft; holds for an hour.")]
    files: Annotated[tuple[str, ...], Meta(description="Names of those added so far.")]


class DraftLine(Struct, frozen=True, kw_only=True):
    """One line of a claim that is being written: what was said of it, and what is to be chosen from."""

    line: str
    title: Annotated[str, Meta(description="`2 × Tent lantern`")]
    quantity: int
    reason: str | None
    reason_text: str
    note: str
    serial: str
    evidence: Annotated[EvidenceAsked | None, Meta(description="Null: nothing is asked for this reason.")]
    remedies: Annotated[tuple[RemedyChoice, ...], Meta(description="In the order to offer them; empty without reason.")]
    remedy: str | None
    legal: Annotated[
        tuple[str, ...],
        Meta(description="What the law lets the shopper choose: to be shown with the remedies, before the choice."),
    ]
    no_right: Annotated[Sentence, Meta(description="Where no right or promise covers the reason.")]
    variants: Annotated[tuple[VariantChoice, ...], Meta(description="To choose from in exchange; may be empty.")]
    variant: str | None
    instead: str
    conditions: Annotated[tuple[Choice, ...], Meta(description="What the promise asks of the goods, to be ticked.")]
    conditions_asked: Sentence
    conditions_met: Annotated[tuple[str, ...], Meta(description="Ids of those ticked.")]
    worth: Annotated[tuple[str, ...], Meta(description="What the chosen remedy comes to.")]
    payer: Annotated[Sentence, Meta(description="Who pays for sending it back.")]


class ClaimDraftAnswer(Answer, frozen=True, kw_only=True):
    """A claim that is being written: the quote, until it is sent."""

    draft: Annotated[str, Meta(description="Names it when it is sent; kept for a week.")]
    lines: tuple[DraftLine, ...]
    total: Annotated[Sentence, Meta(description="What is paid back in all, where there are several lines.")]
    is_complete: Annotated[bool, Meta(description="Whether it can be sent.")]
    after: Annotated[tuple[str, ...], Meta(description="What happens once it is sent.")]


class LineWish(Struct, frozen=True, kw_only=True):
    """What is said of one line so far; what is left out was not said."""

    line: Annotated[str, Meta(max_length=200)]
    quantity: Annotated[int, Meta(ge=1, le=1_000_000)]
    reason: Annotated[str, Meta(max_length=200)] | None = None
    note: Annotated[str, Meta(max_length=2000)] = ""
    serial: Annotated[str, Meta(max_length=100)] = ""
    remedy: Annotated[str, Meta(max_length=50)] | None = None
    saw_choice: Annotated[bool, Meta(description="That `legal` stood on the page where the remedy was chosen.")] = False
    variant: Annotated[str, Meta(max_length=200)] | None = None
    instead: Annotated[str, Meta(max_length=200)] = ""
    conditions: Annotated[tuple[Annotated[str, Meta(max_length=50)], ...], Meta(max_length=20)] = ()


class ClaimWish(Struct, frozen=True, kw_only=True):
    """Everything that is said of an order so far: sending the same again changes nothing."""

    lines: Annotated[tuple[LineWish, ...], Meta(max_length=500)]


class ClaimSubmission(Struct, frozen=True, kw_only=True):
    """Send what was written."""

    draft: Annotated[str, Meta(description="As the quote named it; sent twice, it is one claim.", max_length=100)]
