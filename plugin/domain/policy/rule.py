"""One rule of a policy: for whom and what it holds, and everything it promises there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from plugin.domain.policy.scope import EVERYTHING, Scope
from plugin.domain.policy.terms import (
    UNSAID,
    Anchor,
    Condition,
    CountryCode,
    EvidenceRule,
    Fee,
    Offer,
    Payers,
    RefundPromise,
    ReturnMethod,
    Slug,
    Track,
    Window,
    Words,
)
from plugin.domain.remedy import Remedy

DELIVERY = (Anchor.DELIVERED,)
_PLAIN: Mapping[Track, tuple[Offer, ...]] = {
    Track.WITHDRAWAL: (Offer(Remedy.REFUND),),
    Track.RETURN: (Offer(Remedy.REFUND),),
    Track.EXCHANGE: (Offer(Remedy.EXCHANGE),),
    Track.WARRANTY: (Offer(Remedy.REPAIR), Offer(Remedy.REPLACEMENT)),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the shop's own warranty covers and asks; in the merchant's words, by language.

    What a commercial guarantee has to state: Directive (EU) 2019/771 art. 17(2).
    """

    covers: Words
    proof: Words
    excludes: Words
    serves: Words
    """Who carries it out, and where."""
    countries: frozenset[CountryCode] = frozenset()
    """Where it holds; empty: everywhere the market is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise for a scope. Of several that mean an item exactly one wins, whole: rules are never mixed.

    The higher `priority` wins, then the narrower scope, then the one better for the shopper, then the first by `id`.
    `window` None: on the withdrawal track the law's, elsewhere nothing is promised. `clock` is tried in order until a
    moment is known. `is_final_sale`: no return or exchange by promise; no statutory right is touched by it.
    `report_damage_within_hours` only sorts the work: a later report of damage is never refused for being later.
    """

    id: Slug
    track: Track
    scope: Scope = EVERYTHING
    priority: Annotated[int, Meta(ge=-1000, le=1000)] = 0
    window: Window | None = None
    clock: tuple[Anchor, ...] = DELIVERY
    payers: Payers = UNSAID
    fee: Fee | None = None
    offers: tuple[Offer, ...] = ()
    conditions: tuple[Condition, ...] = ()
    is_final_sale: bool = False
    methods: tuple[ReturnMethod, ...] = ()
    return_to: Slug | None = None
    """Id of one of the version's return addresses."""
    refund: RefundPromise | None = None
    evidence: tuple[EvidenceRule, ...] = ()
    report_damage_within_hours: Annotated[int, Meta(ge=1, le=8760)] | None = None
    coverage: Coverage | None = None
    note: Words | None = None
    """What the merchant adds in words of its own; shown as such, and checked by the linter."""

    @property
    def offered(self) -> tuple[Offer, ...]:
        """What it leads to, in the merchant's order; where no offers are named, what its track is about."""
        return self.offers or _PLAIN[self.track]

    @property
    def promises_something(self) -> bool:
        """Whether it gives the shopper anything at all."""
        return not self.is_final_sale and (self.window is not None or self.track is Track.WITHDRAWAL)
