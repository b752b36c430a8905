"""What follows when goods go back: who pays for the way, what the shop may keep, what is offered, how money returns.

Decided from whose doing it is, which windows are open, and the rules that hold for the line. A fee exists only where
the shop's promise alone lets goods back without its fault: never for what is its own or the carrier's doing (Directive
(EU) 2019/771 art. 14(1)(a), Directive 2011/83/EU art. 20), never on a withdrawal by law (Directive 2011/83/EU art. 13).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plugin.domain.law.answers import Reason
from plugin.domain.money import Money
from plugin.domain.policy.resolution import Resolution
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import BASIS_POINTS, Fault, Fee, Offer, Payer, RefundMeans, Track
from plugin.domain.remedy import Remedy

Terms = Mapping[Track, Resolution]


class Ground(StrEnum):
    """What goods go back by."""

    WITHDRAWAL = "withdrawal"
    LIABILITY = "liability"
    """The seller answers for it by law."""
    SHOP_RETURN = "shop_return"
    EXCHANGE = "exchange"
    WARRANTY = "warranty"
    NOTHING = "nothing"
    """Neither the law nor a promise lets them go back as things stand."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line somebody wants to send back, as its clocks stand then.

    `price` is what was paid for what goes back, in the shop's currency. `legal_payer` is the withdrawal clock's.
    `legal_remedies` are those the law names for goods that do not conform; none where it only implies a warranty.
    """

    fault: Fault
    has_reason: bool
    price: Money
    open_tracks: frozenset[Track]
    """The tracks whose clock runs, withdrawal included."""
    had_withdrawal: bool
    """Whether there was a right of withdrawal, be it over or not."""
    legal_payer: Payer
    is_liable: bool
    legal_remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """`fee` None: nothing is kept. `offers` in the order they are shown; `because` names the rule that decided."""

    ground: Ground
    payer: Payer
    fee: Money | None
    offers: tuple[Offer, ...]
    means: RefundMeans
    because: tuple[Reason, ...]


def decide(case: Case, terms: Terms) -> Decision:
    """The decision for one line."""
    if case.fault in _NOT_THE_SHOPPERS:
        return _put_right(case, terms)
    if Track.WITHDRAWAL in case.open_tracks:
        return _withdrawn(case, terms)
    return _promised(case, terms)


_NOT_THE_SHOPPERS = frozenset({Fault.SELLER, Fault.CARRIER})
_PROMISES = ((Track.RETURN, Ground.SHOP_RETURN), (Track.EXCHANGE, Ground.EXCHANGE), (Track.WARRANTY, Ground.WARRANTY))


def _put_right(case: Case, terms: Terms) -> Decision:
    """The shop's or the carrier's doing: free and without a fee wherever the law or the shop answers for it."""
    by_law = case.is_liable and bool(case.legal_remedies)
    found = _open(case, terms, _PROMISES)
    ground, rule = found[0] if found else (Ground.NOTHING, None)
    offers = _offers(case, terms)
    if by_law or Track.WITHDRAWAL in case.open_tracks:
        legal = case.legal_remedies if by_law else (Remedy.REFUND,)
        why = Reason("liable_by_law" if by_law else "withdrawal_open", detail=case.fault.value)
        means = RefundMeans.ORIGINAL
        ground = Ground.LIABILITY if by_law else Ground.WITHDRAWAL
        return Decision(ground, Payer.SHOP, None, _with(offers, legal), means, (why, *_named(rule, terms)))
    if rule is not None:
        payer = rule.payers.of(case.fault)
        return Decision(ground, payer, None, offers, _means(rule), (_paid(payer, case), *_named(rule, terms)))
    if case.is_liable:
        return Decision(
            Ground.LIABILITY, Payer.UNKNOWN, None, (), RefundMeans.ORIGINAL, (Reason("law_names_no_remedy"),)
        )
    return _nothing()


def _withdrawn(case: Case, terms: Terms) -> Decision:
    """Within the statutory time: the reason changes nothing, the refund is always there, and nothing is kept.

    The shop pays where the law or either of its promises says so.
    """
    rules = [rule for track in (Track.RETURN, Track.WITHDRAWAL) if (rule := _rule(terms, track, case))]
    promised = {rule.payers.of(case.fault) for rule in rules} | {rule.payers.none for rule in rules}
    payer = Payer.SHOP if Payer.SHOP in promised else case.legal_payer
    named = [reason for rule in rules for reason in _named(rule, terms)]
    return Decision(
        ground=Ground.WITHDRAWAL,
        payer=payer,
        fee=None,
        offers=_with(_offers(case, terms), (Remedy.REFUND,)),
        means=RefundMeans.ORIGINAL,
        because=(Reason("withdrawal_open"), _paid(payer, case), Reason("no_fee_on_withdrawal"), *named),
    )


def _promised(case: Case, terms: Terms) -> Decision:
    """By the shop's promise alone. A withdrawal that comes too late is such a return, where that window is longer."""
    found = _open(case, terms, _PROMISES[:2])
    if not found:
        return _nothing()
    ground, rule = found[0]
    payer = rule.payers.of(case.fault)
    fee, kept = fee_on(case.price, rule.fee)
    is_late = case.had_withdrawal and not case.has_reason and ground is Ground.SHOP_RETURN
    late = (Reason("late_withdrawal_is_return"),) if is_late else ()
    offers = _offers(case, terms)
    return Decision(ground, payer, fee, offers, _means(rule), (*late, _paid(payer, case), *kept, *_named(rule, terms)))


def _nothing() -> Decision:
    return Decision(Ground.NOTHING, Payer.UNKNOWN, None, (), RefundMeans.ORIGINAL, (Reason("nothing_open"),))


def fee_on(price: Money, fee: Fee | None) -> tuple[Money | None, tuple[Reason, ...]]:
    """What a fee takes of a price: its rate rounded down to the minor unit, plus its amount, never more than the price.

    An amount of another currency is not taken: nobody agreed on what it is worth.
    """
    if fee is None:
        return None, ()
    share = max(price.minor, 0) * fee.rate // BASIS_POINTS
    is_foreign = fee.amount is not None and fee.amount.currency != price.currency
    amount = fee.amount.minor if fee.amount is not None and not is_foreign else 0
    kept = Money(min(share + amount, max(price.minor, 0)), price.currency)
    foreign = (Reason("fee_of_other_currency_left_out"),) if is_foreign else ()
    return (kept if kept.minor else None), (Reason("fee_by_rule", detail=str(kept.minor)), *foreign)


def _open(case: Case, terms: Terms, tracks: Iterable[tuple[Track, Ground]]) -> list[tuple[Ground, Rule]]:
    return [(ground, rule) for track, ground in tracks if (rule := _rule(terms, track, case))]


def _rule(terms: Terms, track: Track, case: Case) -> Rule | None:
    return terms[track].rule if track in case.open_tracks else None


def _offers(case: Case, terms: Terms) -> tuple[Offer, ...]:
    """What the open promises offer, in the merchant's order, an exchange before a return; each remedy once."""
    order = [Track.EXCHANGE, Track.RETURN, Track.WITHDRAWAL]
    if case.fault in _NOT_THE_SHOPPERS:
        order.append(Track.WARRANTY)
    rules = [rule for track in order if (rule := _rule(terms, track, case))]
    offers: dict[Remedy, Offer] = {}
    for offer in (offer for rule in rules for offer in rule.offered):
        offers.setdefault(offer.remedy, offer)
    return tuple(offers.values())


def _with(offers: tuple[Offer, ...], legal: tuple[Remedy, ...]) -> tuple[Offer, ...]:
    """The offers, and what the law gives beside them as offers of their own."""
    offered = {offer.remedy for offer in offers}
    return (*offers, *(Offer(remedy) for remedy in legal if remedy not in offered))


def _means(rule: Rule) -> RefundMeans:
    return rule.refund.means if rule.refund else RefundMeans.ORIGINAL


def _paid(payer: Payer, case: Case) -> Reason:
    return Reason(f"way_back_paid_by_{payer.value}", detail=case.fault.value)


def _named(rule: Rule | None, terms: Terms) -> tuple[Reason, ...]:
    """The rule that decided, and each of those it prevailed over."""
    if rule is None:
        return ()
    over = terms[rule.track].overruled
    return (Reason("rule_decides", detail=rule.id), *(Reason("rule_overruled", detail=name) for name in over))
