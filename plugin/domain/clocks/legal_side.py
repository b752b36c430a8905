"""What the law of a country gives before anything is bought, for goods as far as it is confirmed what they are."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from plugin.domain.clocks.displayed_terms import UNLESS_DISPLAYED, may_replace_right
from plugin.domain.law.answers import Certainty
from plugin.domain.law.exceptions import exception_of
from plugin.domain.law.facts import GoodsCondition, GoodsTraits, GuaranteeFacts, Place
from plugin.domain.law.jurisdiction import (
    GuaranteeKind,
    GuaranteeLaw,
    Jurisdiction,
    RefundFrom,
    Unit,
    WithdrawalLaw,
)
from plugin.domain.law.liability_period import base_months
from plugin.domain.policy.goods import Goods
from plugin.domain.policy.promised import Promised
from plugin.domain.policy.terms import Track
from plugin.domain.policy.traits import Trait
from plugin.domain.policy.version import MarketPolicy

_FOR_CERTAIN = {
    Trait.PERSONALISED: GoodsTraits(is_personalised=True),
    Trait.PERISHABLE: GoodsTraits(is_perishable=True),
    Trait.NEWSPAPER: GoodsTraits(is_newspaper_or_magazine=True),
}
"""The traits that except goods by what they are, before anything is agreed to, begun or unsealed."""


@dataclass(frozen=True, slots=True)
class WithdrawalSide:
    """The right to withdraw. `days` None: no such right for these goods, or none we know of."""

    days: int | None = None
    is_in_working_days: bool = False
    certainty: Certainty = Certainty.UNVERIFIED
    exception: Trait | None = None
    may_be_excepted: bool = False
    seal: Trait | None = None
    refund_days: int | None = None


@dataclass(frozen=True, slots=True)
class GuaranteeSide:
    """The seller's liability; `months` None where no fixed period exists."""

    months: int | None = None
    min_months: int | None = None
    has_complaint_period: bool = False
    certainty: Certainty = Certainty.UNVERIFIED


def withdrawal_side(
    place: Jurisdiction | None, promised: Promised, market: MarketPolicy | None = None
) -> WithdrawalSide:
    """The right to withdraw there; None is a place whose law we do not know. `market` is the one that serves it."""
    if place is None:
        return WithdrawalSide()
    law = place.withdrawal
    is_working = law.unit is Unit.BUSINESS
    if not _is_given(law, promised, market):
        return WithdrawalSide(None, is_working, law.block.certainty("exists"))
    goods = promised.goods
    if _exception(goods, place) is not None:
        certainty = law.block.certainty("exceptions")
        return WithdrawalSide(None, is_working, certainty, exception=_trait(goods, place))
    return WithdrawalSide(
        law.days,
        is_working,
        law.block.certainty("starts", "days", "unit"),
        may_be_excepted=_may_be_excepted(promised.possible, place),
        seal=goods.seal if _may_be_excepted(goods, place) else None,
        refund_days=_refund_days(law),
    )


def _is_given(law: WithdrawalLaw, promised: Promised, market: MarketPolicy | None) -> bool:
    """Whether an order placed now has the right: no terms replace it, and it needs no defect of form."""
    if law.condition == UNLESS_DISPLAYED:
        return law.exists and not may_replace_right(law, promised.rules[Track.RETURN], market)
    return law.exists and law.condition is None


def guarantee_side(place: Jurisdiction | None, promised: Promised) -> GuaranteeSide:
    """The seller's liability there: the least of what the goods may turn out to be."""
    if place is None:
        return GuaranteeSide()
    law, kinds = place.guarantee, (promised.goods, promised.possible)
    is_used = any(goods.condition is GoodsCondition.USED for goods in kinds)
    fields = ("kind", "months", "second_hand_months") if is_used else ("kind", "months")
    return GuaranteeSide(
        months=min(_months(goods, place) for goods in kinds) if _is_fixed(law) else None,
        min_months=None if is_used else law.display_min_months,
        has_complaint_period=law.kind is GuaranteeKind.COMPLAINT_PERIOD,
        certainty=law.block.certainty(*fields),
    )


def _exception(goods: Goods, place: Jurisdiction) -> str | None:
    """The law's exception of such goods; one that nobody has read a source for takes no right away."""
    is_confirmed = place.withdrawal.block.certainty("exceptions") is not Certainty.UNVERIFIED
    return exception_of(goods.traits, place) if is_confirmed else None


def _trait(goods: Goods, place: Jurisdiction) -> Trait | None:
    code = _exception(goods, place)
    return next((trait for trait, alone in _FOR_CERTAIN.items() if exception_of(alone, place) == code), None)


def _may_be_excepted(goods: Goods, place: Jurisdiction) -> bool:
    return _exception(replace(goods, traits=replace(goods.traits, is_unsealed_after_delivery=True)), place) is not None


def _refund_days(law: WithdrawalLaw) -> int | None:
    """Where the law counts calendar days from the withdrawal, as the Union does (Directive 2011/83/EU art. 13(1))."""
    is_plain = law.refund_from is RefundFrom.TRADER_INFORMED and law.refund_unit is Unit.CALENDAR
    is_read = law.refund_days is not None and law.block.certainty("refund_days") is Certainty.VERIFIED
    return law.refund_days if is_plain and is_read else None


def _is_fixed(law: GuaranteeLaw) -> bool:
    return law.kind is GuaranteeKind.FIXED and law.months is not None


def _months(goods: Goods, place: Jurisdiction) -> int:
    """The period for such goods anywhere in the country: regional periods are no less (Scotland's limitation)."""
    asked = GuaranteeFacts(
        place=Place(place.code, ZoneInfo("UTC")),
        delivered_at=None,
        condition=goods.condition,
        agreed_months=goods.agreed_months,
        is_long_lived=goods.is_durable,
        is_durable=goods.is_durable,
    )
    return base_months(asked, place.guarantee) or 0
