"""Claims in a running installation, for the pages that agents work on them with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.ids import ClaimDraftId, ClaimId, LineId, MerchantId, OrderId
from plugin.domain.order import Order
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Evidence, EvidenceRule, Offer, Track, Window
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.usecases.claim.act import Command, read_claim
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.work import work_on_claim
from tests.build import DELIVERED, MERCHANT, PLACED, a_fulfilment, a_line, an_event, an_order
from tests.support.admin import Installation

ASKS = EvidenceRule("quality", (Evidence.PHOTO,))
"""What makes a defect without a photo a person's to look at."""
OFFERS = (Offer(Remedy.REFUND), Offer(Remedy.STORE_CREDIT))
RETURNS = Rule("returns", Track.RETURN, window=Window(60), offers=OFFERS, evidence=(ASKS,))
POLICY = PolicyVersion(
    "claims",
    PLACED - timedelta(days=30),
    MarketPolicy("everywhere", rules=(RETURNS,), disclosure=Disclosure(is_informed=True, is_told_return_cost=True)),
)


def a_bought(number: str = "7001", quantity: int = 2, title: str = "Stove", **facts: object) -> Order:
    """An order that has arrived."""
    line = replace(a_line("11", title=title), quantity=quantity)
    return an_order(number, lines=(line,), fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),), **facts)


def place(installation: Installation, order: Order | None = None) -> OrderId:
    """An order on record, placed under a policy that lets things back for any reason."""
    with installation.deps.units(MERCHANT) as unit:
        if POLICY.id not in {version.id for version in unit.policies.all()}:
            unit.policies.add(POLICY)
            unit.commit()
    (kept,) = installation.keep(order or a_bought(), policy_version=POLICY.id)
    return kept


def open_case(  # noqa: PLR0913 - what a shopper asks
    installation: Installation,
    order: OrderId,
    *,
    reason: str | None = "quality.defective",
    wanted: Remedy = Remedy.REFUND,
    quantity: int = 2,
    words: str | None = None,
    track: ClaimTrack = ClaimTrack.CLAIM,
    now: datetime | None = None,
    proof: str | None = "signed_in",
    draft: str = "draft1",
    at: MerchantId = MERCHANT,
) -> Claim:
    """A claim as the shopper's pages open one."""
    now = now or installation.clock.now()
    line = FormLine(LineId("11"), quantity, reason, wanted, words=words, was_choice_shown=True)
    declared = now if track is ClaimTrack.WITHDRAWAL else None
    form = ClaimForm(ClaimDraftId(draft), order, (line,), "de", track, proof, declared_at=declared)
    return open_from_form(form, desk=desk_of(installation.deps, at), now=now)


def act_on(installation: Installation, claim: Claim, command: Command) -> Claim:
    """Do something to it, as whoever the command names."""
    desk = desk_of(installation.deps, MERCHANT)
    return work_on_claim(claim.id, command, desk=desk, now=installation.clock.now())


def now_of(installation: Installation, claim: Claim | ClaimId) -> Claim:
    """The claim as it stands."""
    with installation.deps.units.read(MERCHANT) as unit:
        return read_claim(claim if isinstance(claim, str) else claim.id, unit)
