"""Advertising lines claim nothing the engine does not prove, and fit where they are meant for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.documents.ad_copy import LENGTHS, Claim, ad_copy
from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.policy.terms import Fee, Payer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import PAGE_LANGUAGES, catalogue
from tests.documents.test_json_ld import COUNTRIES, LAW, a_rule, a_version
from tests.domain.policy.versions import versions
from tests.support.named import named

DEMO = demo_policy(datetime(2026, 1, 1, tzinfo=UTC))
DE_RIGHTS = market_rights("DE", DEMO, LAW)


def lines(version: PolicyVersion, country: str = "DE", language: str = "en") -> list[str]:
    return [line.text for line in ad_copy(market_rights(country, version, LAW), catalogue(language))]


def test_a_shop_that_pays_and_gives_longer_may_say_so() -> None:
    assert lines(DEMO)[:2] == ["Exchange for 60 days", "Free returns for 30 days"]
    assert any("3 years" in line for line in lines(DEMO))


@pytest.mark.parametrize(
    "version",
    [
        a_version(a_rule(payers=Payers(none=Payer.SHOPPER))),
        a_version(a_rule(fee=Fee(500))),
        a_version(a_rule(payers=Payers(none=Payer.UNKNOWN))),
    ],
)
def test_what_is_not_proven_free_is_never_called_free(version: PolicyVersion) -> None:
    found = lines(version)
    assert "Returns for 30 days" in found
    assert not [line for line in found if "free" in line.lower()]


def test_what_everybody_has_by_law_is_no_advertisement() -> None:
    assert lines(a_version(a_rule(length=14))) == []
    warranty = a_rule("warranty", track=Track.WARRANTY, window=Window(24, WindowUnit.MONTHS))
    assert lines(a_version(warranty)) == []
    assert lines(a_version()) == []


@pytest.mark.parametrize("country", ["BR", "TW"])
def test_where_the_law_alone_makes_returns_free_nothing_is_advertised(country: str) -> None:
    rights = market_rights(country, None, LAW)
    assert rights.is_return_free
    assert ad_copy(rights, catalogue("en")) == ()


@pytest.mark.parametrize("country", ["BR", "TW"])
def test_a_rule_that_repeats_what_the_law_makes_every_shop_pay_is_no_advertisement(country: str) -> None:
    version = a_version(a_rule(track=Track.WITHDRAWAL, window=None, payers=Payers(none=Payer.SHOP)))
    assert market_rights(country, version, LAW).is_return_free
    assert lines(version, country) == []
    assert lines(version, "GB") != []


def test_every_line_names_the_claims_it_rests_on() -> None:
    found = {line.text: {ground.claim for ground in line.rests_on} for line in ad_copy(DE_RIGHTS, catalogue("en"))}
    assert found["Free returns for 30 days"] == {Claim.RETURN, Claim.FREE}
    assert found["Exchange for 60 days"] == {Claim.EXCHANGE}
    assert all(found.values())


def test_a_final_sale_advertises_no_returns() -> None:
    assert lines(a_version(a_rule(is_final_sale=True))) == []


@pytest.mark.parametrize("country", ["DE", "PL", "GB", "US"])
def test_every_line_fits_its_length_in_every_language(country: str) -> None:
    for language in PAGE_LANGUAGES:
        with named(language):
            found = ad_copy(market_rights(country, DEMO, LAW), catalogue(language))
            assert {line.length for line in found} <= set(LENGTHS)
            assert all(len(line.text) <= line.length for line in found)
            assert len({line.text for line in found}) == len(found)
            if country == "DE":
                assert found
                assert found[0].length == LENGTHS[0]


@given(version=versions, country=st.sampled_from(COUNTRIES))
def test_a_line_is_free_only_where_the_banner_is(version: PolicyVersion, country: str) -> None:
    rights = market_rights(country, version, LAW)
    for text in lines(version, country):
        if "free" in text.lower():
            assert rights.is_return_free
        if text.startswith(("Returns", "Free", "We take")):
            assert rights.extra_return is not None
        if "warranty" in text:
            assert rights.extra_warranty is not None
