"""The words a claim is told in: whose track, how urgent, who acts, what was judged, what is to be done."""

from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Payer, RefundMeans, RefundPromise
from plugin.domain.remedy import Remedy

STATUTORY = frozenset({Ground.WITHDRAWAL, Ground.LIABILITY})
"""What the law gives, not the shop: no clock, score, fee or tag takes it away, and only a person may refuse it."""


class ClaimTrack(StrEnum):
    """A withdrawal is declared and takes effect; everything else is asked for and decided."""

    WITHDRAWAL = "withdrawal"
    CLAIM = "claim"


class Tier(StrEnum):
    """How urgent it is."""

    SAFETY = "safety"
    FAST = "fast"
    ORDINARY = "ordinary"


class ActorKind(StrEnum):
    """Who does something to a claim."""

    SHOPPER = "shopper"
    AGENT = "agent"
    ENGINE = "engine"
    """The rules, without a person."""
    PLATFORM = "platform"
    """The shop's platform, a carrier or a bank: somebody outside reports."""
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; `id` is an agent's staff id, and None for everybody else."""

    kind: ActorKind
    id: str | None = None


SHOPPER = Actor(ActorKind.SHOPPER)
ENGINE = Actor(ActorKind.ENGINE)
PLATFORM = Actor(ActorKind.PLATFORM)
CLOCK = Actor(ActorKind.CLOCK)


class Payment(StrEnum):
    """When the money of a remedy may leave."""

    NONE = "none"
    AT_ONCE = "at_once"
    ON_DISPATCH = "on_dispatch"
    """With the goods or the proof that they were sent, whichever is first (Directive 2011/83/EU art. 13(3), Directive
    (EU) 2019/771 art. 16(3)(b))."""
    ON_RECEIPT = "on_receipt"
    AFTER_INSPECTION = "after_inspection"


@dataclass(frozen=True, slots=True)
class RemedyPlan:
    """What is done about a line, as data: whether goods come back, when money leaves, how much of it.

    `amount`: a part of the price alone, tax included, presentment currency; the shopper keeps the item. `fee`: kept
    back from the price. `ships_first`: what is sent instead leaves before the goods are back. `variant`: the variant
    or part sent instead, as the platform names it. `price`: what the shopper was told one unit of it costs, tax
    included, presentment currency; None: they were told none. `bonus`: on top of a store credit, presentment currency.
    """

    remedy: Remedy
    needs_goods: bool
    payment: Payment
    amount: Money | None = None
    fee: Money | None = None
    bonus: Money | None = None
    ships_first: bool = False
    variant: str | None = None
    means: RefundMeans = RefundMeans.ORIGINAL
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """The variant a shopper chose to have in exchange, by the platform's id and the catalogue's title.

    `price`: what they were told one unit costs, tax included, presentment currency; None: nobody knew.
    """

    variant: str
    title: str
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the engine found for a line when the claim was opened, frozen with its reasons.

    `remedies` is what the shopper may choose in the order it is offered, `legal_remedies` those of them the law gives.
    `price`: what was paid for the claimed units, tax included, presentment currency. `because` holds reason codes.
    """

    ground: Ground
    payer: Payer
    fee: Money | None
    remedies: tuple[Remedy, ...]
    legal_remedies: tuple[Remedy, ...]
    price: Money
    means: RefundMeans = RefundMeans.ORIGINAL
    promise: RefundPromise | None = None
    """When the shop promised the money to be back; the law's own time holds beside it."""
    basis: tuple[Basis, ...] = ()
    because: tuple[str, ...] = ()
    extends_guarantee_months: int = 0
    """By how much a repair of these goods extends the legal guarantee (Directive (EU) 2024/1799 art. 16)."""

    @property
    def is_statutory(self) -> bool:
        """Whether the law gives it."""
        return self.ground in STATUTORY


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line is refused: a reason code, and the clause or article it rests on.

    The text for the shopper is private words of the entry; without clause and text there is no refusal.
    """

    code: str
    basis: Basis
