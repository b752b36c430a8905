"""What a rule of the policy can say: how long, who pays, what is offered, under which conditions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from plugin.domain.money import Money
from plugin.domain.remedy import Remedy

BASIS_POINTS = 10_000
"""One whole, as rates are written: 250 is 2.5 %."""

CountryCode = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", description="BCP 47")]
Slug = Annotated[str, Meta(pattern="^[a-z0-9]([a-z0-9_.-]{0,62}[a-z0-9])?$")]
Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Rate = Annotated[int, Meta(ge=0, le=BASIS_POINTS, description="basis points")]
Words = dict[Language, Text]
"""The merchant's own words, by language."""


class Payer(StrEnum):
    """Who pays for sending goods back."""

    SHOPPER = "shopper"
    SHOP = "shop"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """Whose doing it is that goods go back."""

    SELLER = "seller"
    """Defective, wrong, incomplete, unsafe."""
    CARRIER = "carrier"
    """Damaged or lost on the way; towards a shopper the shop answers for it (Directive 2011/83/EU art. 20)."""
    BUYER = "buyer"
    """A wrong choice: size, model, a second thought."""
    NONE = "none"
    """No reason given."""


class Track(StrEnum):
    """What a rule is about; each runs beside the others on every line."""

    WITHDRAWAL = "withdrawal"
    """How the statutory right is handled; its length and refund are the law's, so such a rule has no window."""
    RETURN = "return"
    EXCHANGE = "exchange"
    WARRANTY = "warranty"


class WindowUnit(StrEnum):
    """What a window is counted in."""

    DAYS = "days"
    MONTHS = "months"


class Counting(StrEnum):
    """Which days count."""

    CALENDAR = "calendar"
    WORKING = "working"


class Anchor(StrEnum):
    """What starts a window: each names the moment and, with it, who reported it."""

    DELIVERED = "delivered"
    SHIPPED = "shipped"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class Window:
    """How long, the day of the start not counted. `length` None: without end."""

    length: Annotated[int, Meta(ge=1, le=3650)] | None
    unit: WindowUnit = WindowUnit.DAYS
    counting: Counting = Counting.CALENDAR

    @property
    def least_days(self) -> int | None:
        """The fewest calendar days it can take; None without end. For comparing windows, never for deadlines."""
        if self.length is None:
            return None
        if self.unit is WindowUnit.MONTHS:
            years, months = divmod(self.length, 12)
            return years * 365 + months * 30 - (2 if months else 0)
        return self.length if self.counting is Counting.CALENDAR else self.length + self.length // 5 * 2


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays for the way back, by fault. What is the seller's or the carrier's doing costs a shopper nothing."""

    none: Payer = Payer.UNKNOWN
    buyer: Payer = Payer.UNKNOWN
    carrier: Payer = Payer.SHOP
    seller: Payer = Payer.SHOP

    def of(self, fault: Fault) -> Payer:
        """The payer for a fault."""
        payers = {Fault.NONE: self.none, Fault.BUYER: self.buyer, Fault.CARRIER: self.carrier}
        return payers.get(fault, self.seller)


UNSAID = Payers()
"""Nothing is said of returns without a fault; what the shop or the carrier did wrong costs the shopper nothing."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What the shop keeps back when goods return without its fault: a rate of the price, an amount per line or both."""

    rate: Rate = 0
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy the shop offers; the order of offers is the order they are shown in.

    `bonus` comes on top of a store credit or exchange; `share` is the part of the price given back when the shopper
    keeps the item. Both in basis points.
    """

    remedy: Remedy
    bonus: Rate = 0
    share: Rate | None = None


class Condition(StrEnum):
    """What a promise may ask of the goods. The law asks nothing of the kind (Directive 2011/83/EU art. 14(2))."""

    UNUSED = "unused"
    ORIGINAL_PACKAGING = "original_packaging"
    TAGS_ATTACHED = "tags_attached"
    SEAL_UNBROKEN = "seal_unbroken"
    COMPLETE = "complete"
    RECEIPT = "receipt"


class MethodKind(StrEnum):
    """How goods go back."""

    LABEL = "label"
    QR_CODE = "qr_code"
    DROP_OFF = "drop_off"
    PICKUP = "pickup"
    OWN_CARRIER = "own_carrier"


@dataclass(frozen=True, slots=True)
class ReturnMethod:
    """One way back; without countries everywhere, `max_grams` None: whatever it weighs."""

    kind: MethodKind
    countries: frozenset[CountryCode] = frozenset()
    max_grams: Annotated[int, Meta(ge=1)] | None = None


class RefundStart(StrEnum):
    """What a promise of refunding counts from."""

    REQUEST = "request"
    SENT = "sent"
    RECEIPT = "receipt"


class RefundMeans(StrEnum):
    """How money comes back."""

    ORIGINAL = "original"
    """The means the shopper paid with (Directive 2011/83/EU art. 13(1))."""
    STORE_CREDIT = "store_credit"
    VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class RefundPromise:
    """When and how the money is back: within calendar `days` of `start`."""

    days: Annotated[int, Meta(ge=0, le=365)]
    start: RefundStart = RefundStart.RECEIPT
    means: RefundMeans = RefundMeans.ORIGINAL


class Evidence(StrEnum):
    """What a shopper is asked to show."""

    PHOTO = "photo"
    VIDEO = "video"
    SERIAL_NUMBER = "serial_number"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What is asked for when the claim has this reason (a leaf of the reason tree, or a branch for all its leaves)."""

    reason: Slug
    kinds: tuple[Evidence, ...]
