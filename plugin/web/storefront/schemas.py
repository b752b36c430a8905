"""The storefront contract: what the public JSON API answers, field by field.

Everything readable is a finished sentence in the shopper's language, worded once on the server; everything else is an
instant (ISO 8601, UTC) or a code. The TypeScript types in `widgets/contract/` and the OpenAPI document are generated
from these classes. Keys read the same in Python, JSON and CSS. Additions are compatible; nothing is renamed in `v1`.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Direction = Literal["ltr", "rtl"]
"""Which way the answer's language is written."""

LineKind = Literal["right", "extra", "payer", "warranty"]
"""`right`: by law. `extra`: what the shop adds. `payer`: of the return. `warranty`: what is promised of the goods."""

PromiseKind = Literal["window", "payer", "warranty", "refund"]
"""`window`: how long goods can go back. `refund`: how soon the money is back. The others as in `LineKind`."""

State = Literal["not_started", "open", "closed", "unlimited", "not_applicable"]
"""As `plugin.domain.entitlement.ClockState`."""

RightKind = Literal["withdrawal", "shop_return", "exchange", "legal_guarantee", "commercial_warranty"]
"""As `plugin.domain.entitlement.Right`."""


class Answer(Struct, frozen=True, kw_only=True):
    """What every answer says about itself."""

    version: Annotated[str, Meta(description="Names the policy, the rulebook and the calendar behind the words.")]
    language: Annotated[str, Meta(description="BCP 47 tag of the words below; may differ from the one asked for.")]
    direction: Direction


class Market(Struct, frozen=True, kw_only=True):
    """The delivery country an answer holds for."""

    country: Annotated[str, Meta(description="ISO 3166-1 alpha-2 code.")]
    name: Annotated[str, Meta(description="The country's name in the answer's language.")]
    is_default: Annotated[bool, Meta(description="True when nobody chose it: the words then name the country.")]


class Link(Struct, frozen=True, kw_only=True):
    """Where to read on."""

    text: str
    url: Annotated[str, Meta(description="http(s) address, or a path of the shop.")]


class OfficialLink(Struct, frozen=True, kw_only=True):
    """Where a legal function is, under its official words."""

    text: Annotated[str, Meta(description="The official words, unchanged.")]
    language: Annotated[str, Meta(description="BCP 47 tag of those words; the answer's unless it has none.")]
    url: str


class PolicyLine(Struct, frozen=True, kw_only=True):
    """One promise in a sentence. The law's words and the shop's own are never in the same line."""

    kind: LineKind
    label: Annotated[str, Meta(description="`Your right by law`, `Our extra` ...")]
    text: str


class OneLine(Struct, frozen=True, kw_only=True):
    """One promise in one line, for trust sections and carts."""

    kind: PromiseKind
    text: str


class Arrival(Struct, frozen=True, kw_only=True):
    """When what is ordered today should arrive, from how long the shop's earlier parcels took."""

    label: str
    text: Annotated[str, Meta(description="The days in a sentence.")]
    first: Annotated[date, Meta(description="The first of them, local to the destination.")]
    last: Annotated[date, Meta(description="The last of them, included.")]


class ArrivalAnswer(Struct, frozen=True, kw_only=True):
    """When what is ordered today should arrive in a country; null where nobody can say."""

    language: Annotated[str, Meta(description="BCP 47 tag of the words below; may differ from the one asked for.")]
    direction: Direction
    arrival: Arrival | None


class PolicyAnswer(Answer, frozen=True, kw_only=True):
    """What a shopper in this market may count on before buying: the badge and the banner in words."""

    market: Market
    summary: Annotated[str, Meta(description="The compact badge: one line.")]
    lines: Annotated[tuple[PolicyLine, ...], Meta(description="The expanded badge, in the order to be shown.")]
    banner: Annotated[str | None, Meta(description="One line for the cart; null unless it is proven for this market.")]
    details: Annotated[Link | None, Meta(description="The policy in full; null while the shop has no page for it.")]
    heading: Annotated[str, Meta(description="What the one-line promises are called together.")]
    promises: Annotated[tuple[OneLine, ...], Meta(description="The promises in a line each, in the order to be shown.")]
    withdrawal: Annotated[
        OfficialLink | None,
        Meta(description="The withdrawal function; null outside Union and EEA, and while the shop's is off."),
    ]
    arrival: Annotated[
        Arrival | None,
        Meta(description="Holds for today only, so it is not to be kept; null while nobody can say."),
    ] = None


class PromiseClass(Struct, frozen=True, kw_only=True):
    """One of the few promises a market makes, in words; a product has exactly one of them."""

    id: Annotated[str, Meta(description="Stays the same as long as the policy says the same.")]
    summary: Annotated[str, Meta(description="As in the policy answer.")]
    lines: Annotated[tuple[PolicyLine, ...], Meta(description="As in the policy answer.")]
    promises: Annotated[tuple[OneLine, ...], Meta(description="As in the policy answer.")]
    banner: Annotated[str | None, Meta(description="For a cart in which everything has this promise.")]


class ProductPromise(Struct, frozen=True, kw_only=True):
    """Which promise a product or variation has."""

    product: Annotated[str, Meta(description="The platform's own id.")]
    promise: Annotated[str, Meta(description="Id of a class; of none that is listed: the first class holds.")]


class PromisesAnswer(Answer, frozen=True, kw_only=True):
    """The promises of a market and which product has which, for surfaces that only print."""

    market: Market
    heading: Annotated[str, Meta(description="What the one-line promises are called together.")]
    classes: Annotated[
        tuple[PromiseClass, ...],
        Meta(description="At most 50; the first holds for everything, also for products that are not listed."),
    ]
    products: Annotated[tuple[ProductPromise, ...], Meta(description="At most 500, by id.")]
    after: Annotated[str | None, Meta(description="Send it as `after` for the next page; null on the last.")]


class Source(Struct, frozen=True, kw_only=True):
    """Where a right comes from."""

    kind: Literal["law", "policy"]
    citation: str


class ClockAnswer(Struct, frozen=True, kw_only=True):
    """One right of one order line, in words and instants."""

    right: RightKind
    label: Annotated[str, Meta(description="Whose promise it is: `Your right by law` or `Our extra`.")]
    title: Annotated[str, Meta(description="`Right of withdrawal`, `Legal guarantee` ...")]
    sentence: Annotated[str, Meta(description="What holds and until when.")]
    payer: Annotated[str, Meta(description="Who pays for sending it back; empty when there is nothing to send.")]
    reason: Annotated[str, Meta(description="Why; empty when there is nothing to explain.")]
    state: State
    state_word: Annotated[str, Meta(description="The state in a word: `open`, `ended` ...")]
    is_statutory: Annotated[bool, Meta(description="True: a right by law. False: the shop's own promise.")]
    opens_at: Annotated[datetime | None, Meta(description="When the time began to run, UTC; null when it has not.")]
    closes_at: Annotated[
        datetime | None, Meta(description="First instant at which it is over, UTC; null when unknown.")
    ]
    sources: tuple[Source, ...]


class LineAnswer(Struct, frozen=True, kw_only=True):
    """One line of the order with its rights."""

    id: str
    title: str
    clocks: Annotated[tuple[ClockAnswer, ...], Meta(description="Every right, in the order to be shown.")]


class PanelWords(Struct, frozen=True, kw_only=True):
    """The panel's own words: headings and the names of what folds away."""

    heading: str
    closed: Annotated[str, Meta(description="Names the folded rights that ended or do not apply.")]
    sources: Annotated[str, Meta(description="Names the folded list of sources.")]


class EntitlementsAnswer(Answer, frozen=True, kw_only=True):
    """What one order entitles its shopper to, line by line, as of an instant."""

    as_of: Annotated[datetime, Meta(description="The instant the states were computed for, UTC.")]
    order: Annotated[str, Meta(description="The order's number as the shopper knows it.")]
    words: PanelWords
    lines: tuple[LineAnswer, ...]


class ClaimStanding(Struct, frozen=True, kw_only=True):
    """A claim on the order."""

    number: str
    title: Annotated[str, Meta(description="What happened last, in words.")]
    text: Annotated[str, Meta(description="What that means; may be empty.")]
    url: Annotated[str, Meta(description="The claim's own page.")]


class ProductDocument(Struct, frozen=True, kw_only=True):
    """One document of a product, valid now."""

    kind: Annotated[str, Meta(description="`ce`, `rohs`, `fda`, `manual` ...")]
    name: str
    url: Annotated[str, Meta(description="Of the file, as a download.")]
    file: Annotated[str, Meta(description="What kind of file and how large: `PDF, 12 kB`.")]
    validity: Annotated[str, Meta(description="Until when it is valid; empty when it does not expire.")]
    expires_on: Annotated[date | None, Meta(description="The last valid day; null when it does not expire.")]


class DocumentList(Struct, frozen=True, kw_only=True):
    """The documents of a product."""

    heading: str
    items: tuple[ProductDocument, ...]


class RepairLine(Struct, frozen=True, kw_only=True):
    """One thing the merchant states about spare parts or repair."""

    term: str
    text: Annotated[str, Meta(description="Empty when there is only a link.")]
    language: Annotated[str | None, Meta(description="Of the text, when it is not the answer's.")]
    link: Link | None


class RepairList(Struct, frozen=True, kw_only=True):
    """Spare parts and repair."""

    heading: str
    rows: tuple[RepairLine, ...]


class OfficialArtwork(Struct, frozen=True, kw_only=True):
    """Official artwork, unedited; `width` and `height` say its proportions, so that its place can be kept."""

    heading: str
    action: Annotated[str, Meta(description="What unfolds the label, or the notice's words.")]
    url: str
    is_picture: Annotated[bool, Meta(description="False: a file to open, such as a PDF.")]
    width: int
    height: int
    alt: Annotated[str, Meta(description="Its words in one line.")]
    transcript: Annotated[tuple[str, ...], Meta(description="Its words line by line; empty for a label.")]


class ProductInformationAnswer(Answer, frozen=True, kw_only=True):
    """What stands beside a product: documents, spare parts and repair, the producer's label, the EU notice."""

    country: Annotated[str | None, Meta(description="Where the goods go; null when nobody chose a country.")]
    is_default: Annotated[bool, Meta(description="True when nobody chose the country.")]
    heading: str
    documents: Annotated[DocumentList | None, Meta(description="Null: none are shown.")]
    repair: Annotated[RepairList | None, Meta(description="Null: nothing is stated.")]
    label: Annotated[OfficialArtwork | None, Meta(description="GARAN; shown whole when it is unfolded.")]
    notice: Annotated[OfficialArtwork | None, Meta(description="The EU legal-guarantee notice; shown whole.")]


class ClaimEntryAnswer(Answer, frozen=True, kw_only=True):
    """The way into a claim: a form that leads to the shop's claim pages, and a link for who has no number at hand.

    The form is sent by POST to `action` with the fields `number` and `email`; the answer is a page.
    """

    heading: str
    lead: str
    number: Annotated[str, Meta(description="Names the field for the order number.")]
    email: Annotated[str, Meta(description="Names the field for the e-mail address of the order.")]
    submit: str
    action: Annotated[str, Meta(description="Where the form goes: http(s).")]
    link: Annotated[Link, Meta(description="To the same pages, where a link to the orders can be asked for by mail.")]
    details: Annotated[
        Link | None, Meta(description="To the policy in full, whatever the country; null while it has no page.")
    ] = None
    withdrawal: Annotated[
        OfficialLink | None,
        Meta(description="The withdrawal function, where any of `countries` wants it; null while the shop's is off."),
    ] = None
