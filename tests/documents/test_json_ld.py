"""What search engines are told is never more than what a shopper will have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plugin.documents.json_ld import return_policy, warranty
from plugin.documents.page_json_ld import page_json_ld, seasonal_overrides
from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.identity import Address, Trader
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season
from plugin.domain.policy.terms import Anchor, Counting, Fee, Payer, Payers, Track, Window, WindowUnit
from plugin.usecases.quote_page import PageQuote
from tests.build import a_shop
from tests.domain.policy.rules import whole_items
from tests.domain.policy.versions import versions

LAW = Law(load_rulebook(), HolidayCalendar())
"""Not a fixture: of a failing example everything given is printed."""
COUNTRIES = ("DE", "FR", "PL", "GB", "CH", "US", "JP", "IL", "BR", "AQ")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
LINK = "https://aftercare.example/s/key/en/DE"


def told(rights: MarketRights) -> dict[str, Any]:
    return cast("dict[str, Any]", return_policy(rights, LINK))


def term(name: str) -> str:
    return f"https://schema.org/{name}"


def days_of(rights: MarketRights) -> int:
    """The calendar days from delivery, by hand: the law's or the promise's, whichever is more."""
    window = rights.return_window
    counts = window is not None and rights.anchor(Track.RETURN) is Anchor.DELIVERED
    promised = window.least_days if window and counts else 0
    return max(rights.withdrawal_days or 0, 100_000 if promised is None else promised)


def a_version(*rules: Rule) -> PolicyVersion:
    return PolicyVersion("v1", datetime(2026, 1, 1, tzinfo=UTC), MarketPolicy("all", rules=rules))


def a_rule(name: str = "returns", length: int | None = 30, **facts: object) -> Rule:
    rule = Rule(name, Track.RETURN, window=Window(length), payers=Payers(none=Payer.SHOP))
    return replace(rule, **facts)  # type: ignore[arg-type]  # a test names fields of the rule


@given(version=versions, item=whole_items, country=st.sampled_from(COUNTRIES))
def test_the_days_told_for_the_whole_shop_hold_for_every_product(
    version: PolicyVersion, item: Item, country: str
) -> None:
    everything, one = (market_rights(country, version, LAW, each) for each in (Item(), item))
    assume(not everything.may_be_excepted)  # what the law excepts is said in words beside it
    node = told(everything)
    if node["returnPolicyCategory"] == term("MerchantReturnUnlimitedWindow"):
        assert one.return_window is not None
        assert one.return_window.length is None
    assert node.get("merchantReturnDays", 0) <= days_of(one)
    if node["returnPolicyCategory"] == term("MerchantReturnNotPermitted"):
        assert everything.withdrawal_days is None


@given(version=versions, item=whole_items, country=st.sampled_from(COUNTRIES))
def test_free_is_free_for_every_product_and_a_fee_is_never_told_too_low(
    version: PolicyVersion, item: Item, country: str
) -> None:
    everything, one = (market_rights(country, version, LAW, each) for each in (Item(), item))
    node = told(everything)
    if node.get("returnFees") == term("FreeReturn"):
        assert one.legal_payer is Payer.SHOP or one.withdrawal_days is None
        assert one.promised_payer is Payer.SHOP or one.return_window is None
        assert one.fee is None
        assert "restockingFee" not in node
    if everything.return_window is not None and one.fee is not None:
        fees = node["restockingFee"] if isinstance(node["restockingFee"], list) else [node["restockingFee"]]
        rates = [fee for fee in fees if not isinstance(fee, dict)]
        assert one.fee.rate <= max(rates, default=0) * 100 or not one.fee.rate
        assert (
            max(rates, default=0) == 100 or one.fee.amount is None or not one.fee.amount.minor or len(fees) > len(rates)
        )


def test_a_window_without_end_is_told_as_one(law: Law) -> None:
    node = told(market_rights("DE", a_version(a_rule(length=None)), law))
    assert node["returnPolicyCategory"] == term("MerchantReturnUnlimitedWindow")
    assert "merchantReturnDays" not in node


@pytest.mark.parametrize(
    ("window", "days"),
    [
        (Window(30), 30),
        (Window(7), 14),
        (Window(365), 365),
        (Window(1, WindowUnit.MONTHS), 28),
        (Window(30, counting=Counting.WORKING), 42),
    ],
)
def test_the_longer_of_the_laws_time_and_the_shops_is_told_in_calendar_days(
    law: Law, window: Window, days: int
) -> None:
    assert told(market_rights("DE", a_version(a_rule(window=window)), law))["merchantReturnDays"] == days


def test_a_time_that_does_not_run_from_delivery_is_no_number_of_days_from_delivery(law: Law) -> None:
    node = told(market_rights("US", a_version(a_rule(clock=(Anchor.ORDERED,))), law))
    assert node["returnPolicyCategory"] == term("MerchantReturnUnspecified")
    assert "merchantReturnDays" not in node


def test_only_an_express_final_sale_where_no_law_gives_a_right_is_told_as_no_returns(law: Law) -> None:
    final = a_version(a_rule(is_final_sale=True))
    assert told(market_rights("US", final, law))["returnPolicyCategory"] == term("MerchantReturnNotPermitted")
    assert told(market_rights("DE", final, law))["merchantReturnDays"] == 14
    assert told(market_rights("US", a_version(), law))["returnPolicyCategory"] == term("MerchantReturnUnspecified")


def test_a_fee_of_a_rate_and_an_amount_is_told_with_both(law: Law) -> None:
    both = a_rule(fee=Fee(1_250, Money(499, "EUR")))
    node = told(market_rights("US", a_version(both), law))
    assert node["restockingFee"] == [12.5, {"@type": "MonetaryAmount", "value": "4.99", "currency": "EUR"}]
    assert "returnFees" not in node


def test_a_season_with_more_is_told_with_its_days_and_only_where_it_is_exact(law: Law) -> None:
    season = Scope(season=Season(date(2026, 11, 1), date(2026, 12, 24)))
    holidays = a_rule("holidays", 90, scope=season)
    version = a_version(a_rule(), holidays)
    (override,) = seasonal_overrides("DE", version, law, NOW)
    assert (override["startDate"], override["endDate"]) == ("2026-11-01", "2026-12-24")
    assert override["merchantReturnDays"] == 90
    assert told(market_rights("DE", version, law))["merchantReturnDays"] == 30
    some_goods = replace(holidays, scope=replace(season, tags=frozenset({"gift"})))
    assert seasonal_overrides("DE", a_version(a_rule(), some_goods), law, NOW) == ()
    outlet = a_rule("outlet", 14, scope=Scope(tags=frozenset({"outlet"})))
    assert seasonal_overrides("DE", a_version(a_rule(), holidays, outlet), law, NOW) == ()
    assert seasonal_overrides("DE", version, law, datetime(2027, 1, 1, tzinfo=UTC)) == ()


@given(version=versions, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), country=st.sampled_from(COUNTRIES))
def test_a_season_told_holds_on_each_of_its_days(version: PolicyVersion, day: date, country: str) -> None:
    for override in seasonal_overrides(country, version, LAW, datetime(2025, 1, 1, tzinfo=UTC)):
        if str(override["startDate"]) <= day.isoformat() <= str(override["endDate"]):
            rights = market_rights(country, version, LAW, Item(day=day))
            assert cast("int", override.get("merchantReturnDays", 0)) <= days_of(rights)


def test_the_warranty_is_told_in_months(law: Law) -> None:
    covered = Rule("warranty", Track.WARRANTY, window=Window(36, WindowUnit.MONTHS))
    node = warranty(market_rights("DE", a_version(covered), law))
    assert node is not None
    assert node["durationOfWarranty"] == {"@type": "QuantitativeValue", "value": 36, "unitCode": "MON"}
    assert warranty(market_rights("DE", a_version(), law)) is None


def test_the_page_tells_one_graph_with_the_policy_under_its_seller(law: Law) -> None:
    version = a_version(a_rule())
    quote = PageQuote(a_shop(), "DE", "DE", ("DE",), version, version.default)
    graph = cast("list[dict[str, Any]]", page_json_ld(quote, law, LINK, NOW)["@graph"])
    assert [node["@type"] for node in graph] == ["Organization"]
    assert graph[0]["hasMerchantReturnPolicy"]["merchantReturnLink"] == LINK
    assert all("@context" not in node for node in graph)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Nordkap GmbH", "Hafen 1", "24937 Flensburg"), {"description": "Hafen 1, 24937 Flensburg"}),
        (("Hafen 1", "24937 Flensburg"), {"description": "Hafen 1, 24937 Flensburg"}),
        (("Nordkap GmbH",), {}),
    ],
    ids=["firm first", "no firm", "firm alone"],
)
def test_the_sellers_address_calls_neither_firm_nor_town_a_street(
    law: Law, lines: tuple[str, ...], told: dict[str, str]
) -> None:
    trader = Trader("Nordkap GmbH", Address(lines, "DE"), "hallo@nordkap.example")
    version = a_version(a_rule())
    version = replace(version, default=replace(version.default, trader=trader))
    quote = PageQuote(a_shop(), "FR", "FR", ("FR",), version, version.default)
    seller = cast("list[dict[str, Any]]", page_json_ld(quote, law, LINK, NOW)["@graph"])[0]
    assert seller["name"] == "Nordkap GmbH"
    assert seller["address"] == {"@type": "PostalAddress", **told, "addressCountry": "DE"}
