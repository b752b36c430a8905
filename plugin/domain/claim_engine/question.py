"""One line of a claim as the checks see it: what is asked, what the clocks and the policy decided, what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from plugin.domain.basis import Basis
from plugin.domain.claim_engine.abuse import Past
from plugin.domain.claim_engine.limits import DEFAULT_LIMITS, Limits
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.money import Money
from plugin.domain.order import PaymentKind
from plugin.domain.policy.decision import Decision, Ground, Terms
from plugin.domain.policy.goods import ORDINARY, Goods
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Condition, Evidence, Fault, Track
from plugin.domain.remedy import Remedy

RIGHT_OF: Mapping[Ground, Right] = {
    Ground.WITHDRAWAL: Right.WITHDRAWAL,
    Ground.LIABILITY: Right.LEGAL_GUARANTEE,
    Ground.SHOP_RETURN: Right.SHOP_RETURN,
    Ground.EXCHANGE: Right.EXCHANGE,
    Ground.WARRANTY: Right.COMMERCIAL_WARRANTY,
}
_TRACK_OF: Mapping[Ground, Track] = {
    Ground.WITHDRAWAL: Track.WITHDRAWAL,
    Ground.SHOP_RETURN: Track.RETURN,
    Ground.EXCHANGE: Track.EXCHANGE,
    Ground.WARRANTY: Track.WARRANTY,
}
BY_LAW = frozenset({Ground.WITHDRAWAL, Ground.LIABILITY})


def promise_of(ground: Ground, terms: Terms) -> Rule | None:
    """The rule of the shop that lets goods back on this ground; None where the law does, or nobody."""
    track = None if ground in BY_LAW else _TRACK_OF.get(ground)
    return terms[track].rule if track is not None else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the shopper says: how many, why, what they want; what they sent, and what they say of the goods' state.

    `reasons` is the leaf of the reason tree and its branches up to the root; empty when none was given.
    `conditions` are answers to what the promise asks of the goods; what was not asked is not in it.
    `is_withdrawal`: they declare that they withdraw from the contract; no reason is asked then.
    """

    quantity: int
    wanted: Remedy
    fault: Fault = Fault.NONE
    reasons: tuple[str, ...] = ()
    evidence: frozenset[Evidence] = frozenset()
    conditions: Mapping[Condition, bool] = field(default_factory=dict)
    is_withdrawal: bool = False
    variant: str | None = None
    """What is to be sent instead, where it is another product or a part."""

    @property
    def leaf(self) -> str | None:
        """The reason given."""
        return self.reasons[0] if self.reasons else None


@dataclass(frozen=True, slots=True)
class Question:
    """`decision` was made from `terms` and `entitled` as of `now` (aware UTC), or of the instant of a declaration.

    `clauses` cite the rules in `terms`. `open_quantity`: units neither paid back nor claimed already. `price`: of the
    asked units, tax included, shop currency. `country`: where the goods are, ISO 3166-1. `grams`: of the parcel back,
    None while nobody knows. `is_delivered`: reported so by somebody who knows, at `delivered_at`; what nobody delivers
    counts as there. `is_payee_known`: the shopper said where money goes that cannot go back the way it came.
    """

    now: datetime
    asked: Asked
    entitled: LineEntitlements
    decision: Decision
    terms: Terms
    price: Money
    open_quantity: int
    country: str | None
    payment: PaymentKind
    is_delivered: bool
    delivered_at: datetime | None = None
    clauses: Mapping[Track, Basis] = field(default_factory=dict)
    goods: Goods = ORDINARY
    grams: int | None = None
    is_payee_known: bool = False
    history: tuple[Past, ...] = ()
    limits: Limits = DEFAULT_LIMITS
    claim_price: Money | None = None
    """What all its lines cost together, presentment currency; None: there is only this one."""

    @property
    def is_by_law(self) -> bool:
        """Whether the law gives what is asked, not the shop alone."""
        return self.decision.ground in BY_LAW

    @property
    def clock(self) -> Clock | None:
        """The clock of the right it rests on; None when it rests on none."""
        right = RIGHT_OF.get(self.decision.ground)
        return self.entitled.clock(right) if right else None

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What the claim rests on."""
        return self.clock.basis if self.clock else ()

    @property
    def promise(self) -> Rule | None:
        """The rule of the shop that lets goods back where the law alone does not."""
        return promise_of(self.decision.ground, self.terms)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the shop that means the line."""
        return tuple(found.rule for found in self.terms.values() if found.rule)

    def clause(self, track: Track) -> tuple[Basis, ...]:
        """The clause of the rule of a track."""
        return (self.clauses[track],) if track in self.clauses else ()
