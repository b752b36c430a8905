"""What a shopper in a market may count on before buying: the law's lengths and the shop's, side by side, never mixed.

The same rules the clocks follow, without an order: who pays is decided by the same functions.
"""

from dataclasses import dataclass

from plugin.domain.clocks.payer import payer_by_law, payer_by_promise
from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import UnknownJurisdiction
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import GuaranteeKind, GuaranteeLaw, Jurisdiction, Unit, WithdrawalLaw
from plugin.domain.policy.resolve import least
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import Payer, Track, WindowUnit
from plugin.domain.policy.version import PolicyVersion

ANYTHING = Item()
"""An item nothing is known of: what is said of it holds for everything in the shop."""


@dataclass(frozen=True, slots=True)
class MarketRights:
    """The rights of a consumer in one country. `withdrawal_days` None: no general right, or none we know of.

    `guarantee_months` is None where no fixed period exists; `guarantee_min_months` may be named with "at least".
    Lengths of promises are None where nothing is promised. `legal_payer` and `promised_payer` are for returns without
    a reason, by law and by promise.
    """

    country: str
    region: str | None
    """`EU`, `EEA` ... as in the rulebook; None when the rulebook has no law for the country."""
    withdrawal_days: int | None
    is_in_working_days: bool
    withdrawal_certainty: Certainty
    legal_payer: Payer
    depends_on_notice: bool
    guarantee_months: int | None
    guarantee_min_months: int | None
    has_complaint_period: bool
    """Whether the law counts days for reporting defects instead of a guarantee (Brazil, Japan)."""
    guarantee_certainty: Certainty
    return_days: int | None
    exchange_days: int | None
    promised_payer: Payer
    warranty_months: int | None

    @property
    def extra_days(self) -> int | None:
        """The promised days, where they are more than the law gives; a legal right is never called an extra."""
        if self.return_days is None or (self.withdrawal_days is not None and self.return_days <= self._legal_days):
            return None
        return self.return_days

    @property
    def extra_warranty_months(self) -> int | None:
        """The promised months, where they are more than the law is known to give."""
        by_law = self.guarantee_months or self.guarantee_min_months or 0
        return self.warranty_months if self.warranty_months and self.warranty_months > by_law else None

    @property
    def is_beyond_law(self) -> bool:
        """Whether the promised return is known to give more; where nobody confirmed the law, nothing is."""
        return self.withdrawal_days is not None or self.withdrawal_certainty is not Certainty.UNVERIFIED

    @property
    def is_return_free(self) -> bool:
        """Whether every return without a reason is proven free, for the whole of the legal and the promised time."""
        payers = [self.legal_payer] if self.withdrawal_days is not None else []
        payers += [self.promised_payer] if self.return_days is not None else []
        return bool(payers) and all(payer is Payer.SHOP for payer in payers)

    @property
    def _legal_days(self) -> int:
        """The legal days as calendar days at most: five working days around Holy Week take up to twelve."""
        days = self.withdrawal_days or 0
        return days * 2 + 2 if self.is_in_working_days else days


def market_rights(country: str, policy: PolicyVersion | None, law: Law, item: Item = ANYTHING) -> MarketRights:
    """The rights in an ISO 3166-1 country, by its law and the policy version in force.

    For an item as far as it is known; what depends on something unknown of it is promised only as far as it always
    holds.
    """
    market = policy.for_country(country) if policy else None
    place = _jurisdiction(country, law)
    promised = {track: least(market, track, item).rule if market else None for track in Track}
    has_right = place is not None and place.withdrawal.exists and place.withdrawal.condition is None
    withdrawal = place.withdrawal if place is not None else None
    legal_payer, why = payer_by_law(
        withdrawal.who_pays_return if withdrawal else "", promised[Track.WITHDRAWAL], market
    )
    return MarketRights(
        country=country,
        region=place.region if place else None,
        withdrawal_days=withdrawal.days if withdrawal and has_right else None,
        is_in_working_days=bool(withdrawal and withdrawal.unit is Unit.BUSINESS),
        withdrawal_certainty=_withdrawal_certainty(withdrawal, has_right=has_right),
        legal_payer=legal_payer,
        depends_on_notice=has_right and why.code == "payer_depends_on_notice",
        guarantee_months=_fixed_months(place.guarantee) if place else None,
        guarantee_min_months=place.guarantee.display_min_months if place else None,
        has_complaint_period=place is not None and place.guarantee.kind is GuaranteeKind.COMPLAINT_PERIOD,
        guarantee_certainty=place.guarantee.block.certainty("kind", "months") if place else Certainty.UNVERIFIED,
        return_days=_days(promised[Track.RETURN]),
        exchange_days=_days(promised[Track.EXCHANGE]),
        promised_payer=payer_by_promise(promised[Track.RETURN] or promised[Track.WITHDRAWAL], market)[0],
        warranty_months=_months(promised[Track.WARRANTY]),
    )


def _jurisdiction(country: str, law: Law) -> Jurisdiction | None:
    try:
        return law.rulebook.jurisdiction(country)
    except UnknownJurisdiction:
        return None


def _withdrawal_certainty(law: WithdrawalLaw | None, *, has_right: bool) -> Certainty:
    if law is None:
        return Certainty.UNVERIFIED
    return law.block.certainty("starts", "days", "unit") if has_right else law.block.certainty("exists")


def _fixed_months(law: GuaranteeLaw) -> int | None:
    return law.months if law.kind is GuaranteeKind.FIXED else None


def _days(rule: Rule | None) -> int | None:
    """The calendar days a rule gives for certain; a window without end is the surfaces' to word."""
    if rule is None or rule.is_final_sale or rule.window is None:
        return None
    return rule.window.least_days


def _months(rule: Rule | None) -> int | None:
    if rule is None or rule.window is None or rule.window.unit is not WindowUnit.MONTHS:
        return None
    return rule.window.length
