"""Who pays, what is kept, what is offered: 24 cases of fault, window and market, each with and without a reason.

The order of `worked_orders`, delivered on 3 December: in Germany withdrawal runs until 18 December and the seller is
liable for two years; in the United States neither is a fixed right. The shop promises 30 days, until 2 January.
"""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.clocks.claimed import case_of
from plugin.domain.clocks.engine import entitlements
from plugin.domain.clocks.terms import item_of
from plugin.domain.law.answers import Reason
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.policy.decision import Decision, Ground, decide, fee_on
from plugin.domain.policy.resolve import resolve_all
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import (
    Fault,
    Fee,
    Offer,
    Payer,
    Payers,
    RefundMeans,
    RefundPromise,
    Track,
    Window,
    WindowUnit,
)
from plugin.domain.policy.version import Disclosure, MarketPolicy, PolicyVersion
from plugin.domain.remedy import Remedy
from tests.domain.clocks.worked_orders import PLACED, a_line, day, stored
from tests.domain.policy.rules import rules

LAW = Law(load_rulebook(), HolidayCalendar())
SHOPPER_PAYS = Payers(none=Payer.SHOPPER, buyer=Payer.SHOPPER)
RETURNS = Rule(
    "returns",
    Track.RETURN,
    window=Window(30),
    payers=SHOPPER_PAYS,
    fee=Fee(1_000, Money(100, "EUR")),
    offers=(Offer(Remedy.STORE_CREDIT, bonus=500), Offer(Remedy.REFUND)),
    refund=RefundPromise(10, means=RefundMeans.VOUCHER),
)
EXCHANGES = Rule("exchanges", Track.EXCHANGE, window=Window(30), payers=SHOPPER_PAYS, offers=(Offer(Remedy.EXCHANGE),))
PRICE = Money(4995, "EUR")
FEE = Money(599, "EUR")  # a tenth, 499.5, rounded down, and 1.00
INSIDE, SHOP_ONLY, AFTER = day(10), day(25), day(10, month=1).replace(year=2024)


def asked(
    country: str,
    fault: Fault,
    now: datetime,
    *,
    has_reason: bool = True,
    promised: tuple[Rule, ...] = (RETURNS, EXCHANGES),
) -> Decision:
    told = Disclosure(is_informed=True, is_told_return_cost=True)
    market = MarketPolicy("everywhere", rules=promised, disclosure=told)
    order = stored(country=country, postcode="10115" if country == "DE" else "10001")
    (line,) = entitlements(order, PolicyVersion("v1", PLACED, market), LAW)
    terms = resolve_all(market, item_of(a_line(), PLACED.date(), is_known=True))
    return decide(case_of(line, fault, PRICE, now, has_reason=has_reason), terms)


BY_SHOP = (Remedy.EXCHANGE, Remedy.STORE_CREDIT, Remedy.REFUND)
EU_PUT_RIGHT = (*BY_SHOP, Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.PRICE_REDUCTION)
EU_LAW_ONLY = (Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.PRICE_REDUCTION, Remedy.REFUND)
LIABLE, WITHDRAWN, RETURNED, NOTHING = Ground.LIABILITY, Ground.WITHDRAWAL, Ground.SHOP_RETURN, Ground.NOTHING
ORIGINAL, VOUCHER = RefundMeans.ORIGINAL, RefundMeans.VOUCHER
SELLER, CARRIER, BUYER, NONE = Fault.SELLER, Fault.CARRIER, Fault.BUYER, Fault.NONE
SHOP, SHOPPER, UNKNOWN = Payer.SHOP, Payer.SHOPPER, Payer.UNKNOWN

TABLE = [
    # country, fault, when, ground, payer, fee, remedies, means
    ("DE", SELLER, INSIDE, LIABLE, SHOP, None, EU_PUT_RIGHT, ORIGINAL),
    ("DE", SELLER, SHOP_ONLY, LIABLE, SHOP, None, EU_PUT_RIGHT, ORIGINAL),
    ("DE", SELLER, AFTER, LIABLE, SHOP, None, EU_LAW_ONLY, ORIGINAL),
    ("DE", CARRIER, INSIDE, LIABLE, SHOP, None, EU_PUT_RIGHT, ORIGINAL),
    ("DE", CARRIER, SHOP_ONLY, LIABLE, SHOP, None, EU_PUT_RIGHT, ORIGINAL),
    ("DE", CARRIER, AFTER, LIABLE, SHOP, None, EU_LAW_ONLY, ORIGINAL),
    ("DE", BUYER, INSIDE, WITHDRAWN, SHOPPER, None, BY_SHOP, ORIGINAL),
    ("DE", BUYER, SHOP_ONLY, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("DE", BUYER, AFTER, NOTHING, UNKNOWN, None, (), ORIGINAL),
    ("DE", NONE, INSIDE, WITHDRAWN, SHOPPER, None, BY_SHOP, ORIGINAL),
    ("DE", NONE, SHOP_ONLY, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("DE", NONE, AFTER, NOTHING, UNKNOWN, None, (), ORIGINAL),
    # No withdrawal by law: all of the first thirty days are the shop's; an implied warranty names no remedy and no end.
    ("US", SELLER, INSIDE, RETURNED, SHOP, None, BY_SHOP, VOUCHER),
    ("US", SELLER, SHOP_ONLY, RETURNED, SHOP, None, BY_SHOP, VOUCHER),
    ("US", SELLER, AFTER, LIABLE, UNKNOWN, None, (), ORIGINAL),
    ("US", CARRIER, INSIDE, RETURNED, SHOP, None, BY_SHOP, VOUCHER),
    ("US", CARRIER, SHOP_ONLY, RETURNED, SHOP, None, BY_SHOP, VOUCHER),
    ("US", CARRIER, AFTER, LIABLE, UNKNOWN, None, (), ORIGINAL),
    ("US", BUYER, INSIDE, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("US", BUYER, SHOP_ONLY, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("US", BUYER, AFTER, NOTHING, UNKNOWN, None, (), ORIGINAL),
    ("US", NONE, INSIDE, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("US", NONE, SHOP_ONLY, RETURNED, SHOPPER, FEE, BY_SHOP, VOUCHER),
    ("US", NONE, AFTER, NOTHING, UNKNOWN, None, (), ORIGINAL),
]


@pytest.mark.parametrize("has_reason", [True, False], ids=["reason", "no reason"])
@pytest.mark.parametrize(("case", "expected"), [(row[:3], row[3:]) for row in TABLE])
def test_fault_window_and_market_decide_and_giving_a_reason_changes_nothing(
    case: tuple[str, Fault, datetime], expected: tuple[object, ...], *, has_reason: bool
) -> None:
    found = asked(*case, has_reason=has_reason)
    remedies = tuple(offer.remedy for offer in found.offers)
    assert (found.ground, found.payer, found.fee, remedies, found.means) == expected


def test_the_table_has_every_case_once() -> None:
    assert len({row[:3] for row in TABLE}) == len(TABLE) == 2 * len(Fault) * 3


def test_a_withdrawal_that_comes_too_late_is_a_shop_return_and_says_so() -> None:
    late = asked("DE", Fault.NONE, SHOP_ONLY, has_reason=False)
    assert late.because[0] == Reason("late_withdrawal_is_return")
    assert Reason("late_withdrawal_is_return") not in asked("DE", Fault.BUYER, SHOP_ONLY).because
    assert Reason("late_withdrawal_is_return") not in asked("US", Fault.NONE, SHOP_ONLY, has_reason=False).because


def test_the_steps_name_the_rule_that_decides_and_those_it_prevailed_over() -> None:
    first = Rule("sale", Track.RETURN, priority=1, window=Window(30))
    found = asked("US", Fault.BUYER, INSIDE, promised=(first, RETURNS))
    assert Reason("rule_decides", detail="sale") in found.because
    assert Reason("rule_overruled", detail="returns") in found.because


def test_a_refund_by_law_stands_beside_whatever_the_merchant_prefers() -> None:
    credit_only = Rule("credit", Track.RETURN, window=Window(30), offers=(Offer(Remedy.STORE_CREDIT, bonus=1_000),))
    found = asked("DE", Fault.NONE, INSIDE, promised=(credit_only,))
    assert found.offers == (Offer(Remedy.STORE_CREDIT, bonus=1_000), Offer(Remedy.REFUND))
    assert asked("DE", Fault.NONE, SHOP_ONLY, promised=(credit_only,)).offers == credit_only.offers


def test_without_any_promise_the_law_alone_decides() -> None:
    assert asked("DE", Fault.NONE, INSIDE, promised=()).offers == (Offer(Remedy.REFUND),)
    assert asked("DE", Fault.BUYER, SHOP_ONLY, promised=()).ground is Ground.NOTHING
    assert asked("US", Fault.BUYER, INSIDE, promised=()).ground is Ground.NOTHING


def test_a_free_return_by_promise_makes_the_withdrawal_free_too() -> None:
    free = Rule("free", Track.RETURN, window=Window(30), payers=Payers(none=Payer.SHOP))
    assert asked("DE", Fault.NONE, INSIDE, promised=(free,)).payer is Payer.SHOP


def test_a_warranty_puts_right_what_the_law_no_longer_covers_and_nothing_else() -> None:
    warranty = Rule("warranty", Track.WARRANTY, window=Window(60, WindowUnit.MONTHS), offers=(Offer(Remedy.REPAIR),))
    later = AFTER.replace(year=2026)
    found = asked("DE", Fault.SELLER, later, promised=(warranty,))
    assert (found.ground, found.payer, found.offers) == (Ground.WARRANTY, Payer.SHOP, (Offer(Remedy.REPAIR),))
    assert asked("DE", Fault.BUYER, later, promised=(warranty,)).ground is Ground.NOTHING


def test_an_exchange_alone_is_offered_where_only_that_is_promised() -> None:
    found = asked("US", Fault.BUYER, INSIDE, promised=(EXCHANGES,))
    assert (found.ground, found.offers) == (Ground.EXCHANGE, (Offer(Remedy.EXCHANGE),))


@pytest.mark.parametrize(
    ("price", "fee", "kept"),
    [
        (Money(4995, "EUR"), Fee(1_000), 499),
        (Money(4995, "EUR"), Fee(1), 0),
        (Money(10_000, "EUR"), Fee(1), 1),
        (Money(999, "JPY"), Fee(1_500), 149),
        (Money(12_345, "KWD"), Fee(250), 308),
        (Money(500, "EUR"), Fee(0, Money(900, "EUR")), 500),
        (Money(500, "EUR"), Fee(10_000, Money(900, "EUR")), 500),
        (Money(500, "EUR"), Fee(1_000, Money(900, "CHF")), 50),
        (Money(0, "EUR"), Fee(1_000, Money(900, "EUR")), 0),
        (Money(500, "EUR"), None, 0),
    ],
)
def test_a_fee_is_exact_rounded_down_and_never_more_than_the_price(price: Money, fee: Fee | None, kept: int) -> None:
    found, _ = fee_on(price, fee)
    assert found == (Money(kept, price.currency) if kept else None)


@given(
    st.lists(rules, max_size=3, unique_by=lambda rule: rule.id),
    st.sampled_from(["DE", "US"]),
    st.sampled_from(Fault),
    st.sampled_from([INSIDE, SHOP_ONLY, AFTER]),
)
def test_whatever_is_promised_no_right_by_law_costs_a_fee_or_lacks_its_refund(
    promised: list[Rule], country: str, fault: Fault, now: datetime
) -> None:
    found = asked(country, fault, now, promised=tuple(promised))
    if fault in {Fault.SELLER, Fault.CARRIER} or found.ground in {Ground.WITHDRAWAL, Ground.LIABILITY}:
        assert found.fee is None
    if country == "DE" and found.ground in {Ground.WITHDRAWAL, Ground.LIABILITY}:
        assert Remedy.REFUND in {offer.remedy for offer in found.offers}
        assert found.means is RefundMeans.ORIGINAL
    if country == "DE" and fault in {Fault.SELLER, Fault.CARRIER}:
        assert found.payer is Payer.SHOP
    assert found.fee is None or 0 < found.fee.minor <= PRICE.minor
