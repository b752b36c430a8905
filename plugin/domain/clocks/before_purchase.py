"""What a shopper in a market may count on before buying: the law's lengths and the shop's, side by side, never mixed.

The same rules the clocks follow, without an order: who pays, which goods are excepted and how long the seller is
liable are decided by the same functions.
"""

from dataclasses import dataclass

from plugin.domain.clocks.legal_side import guarantee_side, withdrawal_side
from plugin.domain.clocks.payer import payer_by_law, payer_by_promise
from plugin.domain.law.answers import Certainty
from plugin.domain.law.in_force import Law
from plugin.domain.policy.promised import Promised, Rules, promised_of
from plugin.domain.policy.rule import Coverage, Rule
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import (
    Anchor,
    Condition,
    Fee,
    Payer,
    RefundPromise,
    ReturnMethod,
    Track,
    Window,
    WindowUnit,
)
from plugin.domain.policy.traits import Trait
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

ANYTHING = Item()
"""An item nothing is known of: what is said of it holds for everything in the shop."""
_DAYS_A_MONTH = 31
_ENDLESS = 1_000_000


@dataclass(frozen=True, slots=True)
class MarketRights:
    """The rights of a consumer in one country. `withdrawal_days` None: no right for these goods, or none we know of.

    `guarantee_months` is None where no fixed period exists; `guarantee_min_months` may be named with "at least".
    `return_days` is the promise of returns as one number, None where nothing is promised or no such number says it:
    the windows themselves are `return_window` and its like. `legal_payer` and `promised_payer` are for returns without
    a reason, by law and by promise. `rules` are the least of the rules that may hold for the item, by track.
    """

    country: str
    region: str | None
    """`EU`, `EEA` ... as in the rulebook; None when the rulebook has no law for the country."""
    withdrawal_days: int | None
    is_in_working_days: bool
    withdrawal_certainty: Certainty
    legal_payer: Payer
    is_paid_by_law: bool
    """Whether the statute itself makes the seller pay for a withdrawal (Brazil, Taiwan): no gift of any shop."""
    depends_on_notice: bool
    guarantee_months: int | None
    guarantee_min_months: int | None
    has_complaint_period: bool
    """Whether the law counts days for reporting defects instead of a guarantee (Brazil, Japan)."""
    guarantee_certainty: Certainty
    return_days: int | None
    promised_payer: Payer
    rules: Rules
    exception: Trait | None
    """The confirmed trait for which the law excepts these goods from withdrawal."""
    may_be_excepted: bool
    """Whether some of what was asked for is excepted, or is once something is typed in, agreed to or unsealed."""
    seal: Trait | None
    """The confirmed trait whose exception hangs on a seal the shopper may break."""
    refund_days_by_law: int | None
    """Calendar days from the withdrawal in which the money has to be back; None where the law counts otherwise."""

    @property
    def return_window(self) -> Window | None:
        """How long the shop takes goods back, by its promise."""
        return _window(self.rules[Track.RETURN])

    @property
    def exchange_window(self) -> Window | None:
        """How long it exchanges them."""
        return _window(self.rules[Track.EXCHANGE])

    @property
    def warranty_window(self) -> Window | None:
        """How long its own warranty covers them."""
        return _window(self.rules[Track.WARRANTY])

    @property
    def is_final_sale(self) -> bool:
        """Whether the shop promises expressly to take nothing back; the law's rights hold all the same."""
        rule = self.rules[Track.RETURN]
        return rule is not None and rule.is_final_sale

    @property
    def fee(self) -> Fee | None:
        """What the shop keeps back at most when goods are returned by its promise."""
        return _fee(self.rules[Track.RETURN]) if self.return_window else None

    @property
    def withdrawal_fee(self) -> Fee | None:
        """What it keeps back at most on a withdrawal, in the few countries whose law lets it."""
        return _fee(self.rules[Track.WITHDRAWAL]) if self.withdrawal_days is not None else None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What the promise of returns asks of the goods."""
        rule = self.rules[Track.RETURN]
        return rule.conditions if rule and self.return_window else ()

    @property
    def methods(self) -> tuple[ReturnMethod, ...]:
        """How goods go back to the shop from this country, as far as the policy says."""
        rule = self.rules[Track.RETURN] or self.rules[Track.WITHDRAWAL]
        ways = rule.methods if rule else ()
        return tuple(way for way in ways if not way.countries or self.country in way.countries)

    @property
    def refund(self) -> RefundPromise | None:
        """When and how the money of a promised return is back."""
        rule = self.rules[Track.RETURN]
        return rule.refund if rule and self.return_window else None

    @property
    def coverage(self) -> Coverage | None:
        """What the shop's warranty covers here, where it says so and serves this country."""
        rule = self.rules[Track.WARRANTY]
        coverage = rule.coverage if rule and self.warranty_window else None
        return coverage if coverage and (not coverage.countries or self.country in coverage.countries) else None

    def anchor(self, track: Track) -> Anchor:
        """What the promise of a track counts from."""
        rule = self.rules[track]
        return rule.clock[0] if rule is not None and rule.clock else Anchor.DELIVERED

    @property
    def shown_return(self) -> Window | None:
        """The promised return unless the law is known to give as much; a legal right is never called an extra."""
        window = self.return_window
        if window is None or (self.withdrawal_days is not None and _least_days(window) <= self._legal_days):
            return None
        return window

    @property
    def extra_return(self) -> Window | None:
        """The promised return where it is known to last longer than the law's."""
        is_comparable = self.withdrawal_days is None or self.anchor(Track.RETURN) is Anchor.DELIVERED
        return self.shown_return if is_comparable else None

    @property
    def extra_warranty(self) -> Window | None:
        """The promised warranty, where it is more than the law is known to give."""
        by_law = (self.guarantee_months or self.guarantee_min_months or 0) * _DAYS_A_MONTH
        window = self.warranty_window
        if window is None or window.length is None or window.unit is not WindowUnit.MONTHS:
            return window if window and _least_days(window) > by_law else None
        return window if window.length * _DAYS_A_MONTH > by_law else None

    @property
    def is_beyond_law(self) -> bool:
        """Whether the promised return is known to give more; where nobody confirmed the law, nothing is."""
        is_known = self.withdrawal_days is not None or self.withdrawal_certainty is not Certainty.UNVERIFIED
        return is_known and (self.shown_return is None or self.extra_return is not None)

    @property
    def is_return_free(self) -> bool:
        """Whether every return without a reason is proven free, for the whole of the legal and the promised time."""
        payers = [self.legal_payer] if self.withdrawal_days is not None else []
        payers += [self.promised_payer] if self.return_window is not None else []
        is_unpaid = self.fee is None and self.withdrawal_fee is None
        return bool(payers) and is_unpaid and all(payer is Payer.SHOP for payer in payers)

    @property
    def is_free_by_law_alone(self) -> bool:
        """Whether returns are free because the law says so, and the shop adds nothing: told as law, never as a gift."""
        return self.is_return_free and self.is_paid_by_law and self.extra_return is None

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
    return rights_by(promised_of(item, policy, market), country, market, law)


def rights_by(promised: Promised, country: str, market: MarketPolicy | None, law: Law) -> MarketRights:
    """The rights in a country by its law and what `market`, which serves it, promises."""
    place, rules = law.rulebook.known(country), promised.rules
    right, guarantee = withdrawal_side(place, promised, market), guarantee_side(place, promised)
    legal_payer, why = payer_by_law(place.withdrawal.who_pays_return if place else "", rules[Track.WITHDRAWAL], market)
    return MarketRights(
        country=country,
        region=place.region if place else None,
        withdrawal_days=right.days,
        is_in_working_days=right.is_in_working_days,
        withdrawal_certainty=right.certainty,
        legal_payer=legal_payer,
        is_paid_by_law=right.days is not None and why.code == "payer_shop_by_law",
        depends_on_notice=right.days is not None and why.code == "payer_depends_on_notice",
        guarantee_months=guarantee.months,
        guarantee_min_months=guarantee.min_months,
        has_complaint_period=guarantee.has_complaint_period,
        guarantee_certainty=guarantee.certainty,
        return_days=_days(rules[Track.RETURN]),
        promised_payer=payer_by_promise(rules[Track.RETURN] or rules[Track.WITHDRAWAL], market)[0],
        rules=rules,
        exception=right.exception,
        may_be_excepted=right.may_be_excepted,
        seal=right.seal,
        refund_days_by_law=right.refund_days,
    )


def _window(rule: Rule | None) -> Window | None:
    return None if rule is None or rule.is_final_sale else rule.window


def _days(rule: Rule | None) -> int | None:
    """The calendar days a rule gives for certain; None for a window without end."""
    window = _window(rule)
    return window.least_days if window else None


def _least_days(window: Window) -> int:
    return _ENDLESS if window.least_days is None else window.least_days


def _fee(rule: Rule | None) -> Fee | None:
    """A fee of nothing is none."""
    fee = rule.fee if rule else None
    return fee if fee is not None and (fee.rate or (fee.amount and fee.amount.minor)) else None
