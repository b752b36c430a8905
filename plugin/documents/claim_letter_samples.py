"""A made-up claim in every state a letter tells of, to look at claim letters with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from plugin.documents import letter_samples as samples
from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim, ClaimLine, ClaimRefund, Timer
from plugin.domain.claim.commands.remedying import REPAIR_EXTENDS
from plugin.domain.claim.events import Event, GoodwillGranted, GuaranteeExtended, WithdrawalMoved
from plugin.domain.claim.goodwill import VOUCHER
from plugin.domain.claim.letters import ClaimLetterKind, LetterDue
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.survey import Survey
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack, Judged, Payment, Refusal, RemedyPlan, Tier
from plugin.domain.ids import ClaimId, LabelId, RefundId
from plugin.domain.law.counting import add_months
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault, Payer
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy
from plugin.domain.returning.label import Label, LabelledLine, LabelSource, LabelState
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.claim_letters import ClaimNews

_K = ClaimLetterKind
_REFUND: Final = RefundId("sample")
_SAID: Final = 2
_NUMBER: Final = "R-7K2M4P"
_PAY_AT: Final = "https://shop.example/checkout/pay"
_FORTNIGHT: Final = timedelta(days=14)
_MONTH: Final = timedelta(days=30)
_TRACKS = {
    _K.LATE_WITHDRAWAL: ClaimTrack.WITHDRAWAL,
    _K.SEND_BACK: ClaimTrack.WITHDRAWAL,
    _K.CONTESTED: ClaimTrack.WITHDRAWAL,
}
_LEGS = {
    _K.APPROVED: ReturnState.AWAITED,
    _K.SEND_BACK: ReturnState.AWAITED,
    _K.LABEL: ReturnState.LABEL_ISSUED,
    _K.GOODS_RECEIVED: ReturnState.RECEIVED,
}
_MONEY = {
    _K.GOODS_RECEIVED: RefundState.INTENT,
    _K.PAYEE_NEEDED: RefundState.NEEDS_SHOPPER_DATA,
    _K.REFUND_SENT: RefundState.SENT,
}
_REMEDIES = {
    _K.QUOTE: Remedy.REPAIR,
    _K.QUOTE_AGREED: Remedy.REPAIR,
    _K.OFFER: Remedy.SPARE_PART,
    _K.DIFFERENCE: Remedy.EXCHANGE,
    _K.SENT: Remedy.REPLACEMENT,
    _K.REPAIRED: Remedy.REPAIR,
}
_PLANLESS = frozenset(
    {_K.RECEIVED, _K.NEEDS_INFO, _K.REJECTED, _K.APPEALED, _K.REOPENED, _K.LATE_WITHDRAWAL, _K.CONTESTED}
)
_QUOTING = frozenset({_K.NEEDS_INFO, _K.QUOTE, _K.REJECTED, _K.CONTESTED, _K.MESSAGE})
_QUOTED = frozenset({_K.QUOTE, _K.QUOTE_AGREED})
_STATES = {_K.LATE_WITHDRAWAL: WithdrawalState.LATE}


def news(
    kind: ClaimLetterKind, language: str, shop: Shop, policy: PolicyVersion | None, rulebook: Rulebook, at: datetime
) -> ClaimNews:
    """The news of one kind of letter about a made-up claim in this language."""
    country = (policy.home_country if policy else None) or "DE"
    stored = samples.order(shop, country, language, at)
    if kind is _K.LATE_WITHDRAWAL:
        stored = samples.arrived(stored, at - 2 * _MONTH)
    refunds = (_REFUND,) if kind in _MONEY else ()
    said = (_SAID,) if kind in _QUOTING or kind is _K.DIFFERENCE else ()
    return ClaimNews(
        due=LetterDue(kind, _SAID, (1,), said, refunds),
        claim=_claim(kind, language, stored, rulebook, at),
        said={_SAID: _PAY_AT if kind is _K.DIFFERENCE else samples.WORDS},
        events=_events(kind, rulebook, at),
        stored=stored,
        shop=shop,
        policy=policy,
        refunds={},
        labels=_labels(kind, stored, policy, at),
        token=samples.TOKEN.secret,
        order_token=samples.TOKEN.secret,
        at=at,
    )


def _claim(kind: ClaimLetterKind, language: str, stored: StoredOrder, rulebook: Rulebook, at: datetime) -> Claim:
    line = _line(kind, stored, rulebook)
    track = _TRACKS.get(kind, ClaimTrack.CLAIM)
    is_open = kind in {_K.RECEIVED, _K.NEEDS_INFO}
    refund = ClaimRefund(_REFUND, (1,), line.judged.price, _MONEY.get(kind, RefundState.INTENT), at + _FORTNIGHT)
    return Claim(
        id=ClaimId("sample"),
        number=_NUMBER,
        shop=stored.shop,
        order=stored.id,
        track=track,
        language=language,
        country=stored.order.place.country,
        zone=None,
        policy_version=None,
        rulebook_version=rulebook.version,
        calendar_version="",
        opened_at=at,
        changed_at=at,
        version=_SAID,
        lines=(line,),
        declared_at=at if track is ClaimTrack.WITHDRAWAL else None,
        withdrawal=_STATES.get(kind, WithdrawalState.AWAITING_GOODS) if track is ClaimTrack.WITHDRAWAL else None,
        is_proven=True,
        refunds=(refund,) if kind in _MONEY else (),
        survey=Survey(address="https://survey.example") if kind is _K.SURVEY else Survey(),
        timer=Timer(TimerState.RUNNING, "review", at + timedelta(days=1)) if is_open else Timer(),
    )


def waiting(language: str, shop: Shop, rulebook: Rulebook, due_at: datetime, tier: Tier) -> Claim:
    """A made-up claim that has to be answered by then."""
    at = due_at - timedelta(days=1)
    claim = news(ClaimLetterKind.RECEIVED, language, shop, None, rulebook, at).claim
    return replace(claim, tier=tier, timer=Timer(TimerState.RUNNING, "first_review", due_at))


def _line(kind: ClaimLetterKind, stored: StoredOrder, rulebook: Rulebook) -> ClaimLine:
    bought = stored.order.lines[0]
    remedy = _REMEDIES.get(kind, Remedy.REFUND)
    is_withdrawal = kind in _TRACKS
    judged = Judged(
        ground=Ground.WITHDRAWAL if is_withdrawal else Ground.LIABILITY,
        payer=Payer.SHOPPER if is_withdrawal else Payer.SHOP,
        fee=None,
        remedies=(remedy,),
        legal_remedies=(remedy,),
        price=bought.total.presentment,
    )
    line = ClaimLine(1, bought.id, 1, None, Fault.NONE if is_withdrawal else Fault.SELLER, judged, remedy)
    if kind in _PLANLESS:
        refusal = Refusal("not_a_defect", _law("SGD art. 7", rulebook)) if kind is _K.REJECTED else None
        return replace(line, refusal=refusal, leg=_LEGS.get(kind, line.leg))
    goods = kind in _LEGS
    payment = Payment.ON_DISPATCH if goods else Payment.NONE
    plan = RemedyPlan(remedy, needs_goods=goods, payment=payment)
    if kind in _QUOTED:
        line = replace(line, quote=replace(bought.total.presentment, minor=1990))
    if kind is _K.DIFFERENCE:
        owed = replace(bought.total.presentment, minor=1000)
        line = replace(line, remedy=RemedyState.SUCCEEDED, remedy_detail=f"{_NUMBER}-1", difference=owed)
    return replace(line, plan=plan, leg=_LEGS.get(kind, line.leg), decision=DecisionState.APPROVED)


def _labels(
    kind: ClaimLetterKind, stored: StoredOrder, policy: PolicyVersion | None, at: datetime
) -> tuple[Label, ...]:
    """The label of the goods that come back: there already where a letter brings it, else to be had."""
    if kind not in _LEGS or policy is None or not policy.return_addresses:
        return ()
    lines, state = (LabelledLine(stored.order.lines[0].id, 1),), LabelState.REQUESTED
    to, source = policy.return_addresses[0], LabelSource.ADDRESS if kind in _TRACKS else LabelSource.PROVIDER
    label = Label(LabelId("sample"), ClaimId("sample"), stored.id, _NUMBER, source, to, lines, at, at, state=state)
    return (label.issued(None, None, at + _MONTH, at) if kind is _K.LABEL else label,)


def _law(source: str, rulebook: Rulebook) -> Basis:
    return Basis("law", source, rulebook.source(source).citation)


def _events(kind: ClaimLetterKind, rulebook: Rulebook, at: datetime) -> tuple[Event, ...]:
    made: Mapping[ClaimLetterKind, Callable[[], Event]] = {
        _K.REPAIRED: lambda: GuaranteeExtended(1, 12, add_months(at.date(), 24), REPAIR_EXTENDS),
        _K.GOODWILL: lambda: GoodwillGranted(VOUCHER, Money(1000, "EUR"), "NORDKAP-7K2M"),
        _K.CONTESTED: lambda: WithdrawalMoved(WithdrawalState.CONTESTED, "exception", _law("CRD art. 16", rulebook)),
    }
    return (made[kind](),) if kind in made else ()
