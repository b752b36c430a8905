"""From every page about an order the withdrawal function is one tap away, and no reason leads to it or away from it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from plugin.domain.law.texts import official_text
from plugin.domain.policy.reasons import DEFAULT_REASONS
from tests.build import MERCHANT, an_order
from tests.web.portal.conftest import EMAIL, Portal, letters, link_in

LABEL = official_text("en", "withdraw_button", "DE").text


@pytest.fixture
def switched_on(portal: Portal) -> Portal:
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(portal.shop.id, portal.installation.clock.now())
        unit.commit()
    return portal


def test_the_function_is_reached_from_the_first_page_and_from_the_order(switched_on: Portal) -> None:
    for page in (switched_on.home, switched_on.opened()):
        text = switched_on.get(page).text
        assert f">{LABEL}</a>" in text
        address = text.partition(f'" lang="en">{LABEL}')[0].rpartition('href="')[2].replace("&amp;", "&")
        assert LABEL in switched_on.get(address).text


def test_the_order_found_can_be_picked_from(switched_on: Portal) -> None:
    text = switched_on.get(switched_on.opened()).text
    address = text.partition(f'" lang="en">{LABEL}')[0].rpartition('href="')[2].replace("&amp;", "&")
    assert "Camping stove" in switched_on.get(address).text


@pytest.mark.parametrize("answer", ["tracking", "entitlements"])
def test_the_link_of_who_gave_number_and_address_opens_nothing_but_the_form(switched_on: Portal, answer: str) -> None:
    """The store's own order page proves more: its token shows names, neighbours and the whole way of a parcel."""
    text = unescape(switched_on.get(switched_on.opened()).text)
    (order,) = set(re.findall(r"[?&]order=([^&\"]+)", text))
    assert switched_on.get(f"/storefront/v1/{switched_on.shop.key}/orders/{order}/{answer}").status_code == 404


def test_a_mailed_link_leads_there_too(switched_on: Portal) -> None:
    switched_on.post(f"{switched_on.home}/link", email=EMAIL)
    switched_on.installation.run_jobs()
    lines = switched_on.get(link_in(letters(switched_on)[0].text)).location
    assert LABEL in switched_on.get(lines).text


def test_no_clock_hides_it(switched_on: Portal) -> None:
    switched_on.installation.clock.advance(timedelta(days=900))
    assert LABEL in switched_on.get(switched_on.opened()).text


def test_where_the_shop_has_not_switched_it_on_there_is_none(portal: Portal) -> None:
    assert LABEL not in portal.get(portal.home).text
    assert LABEL not in portal.get(portal.opened()).text


def test_where_no_law_wants_it_there_is_none(switched_on: Portal) -> None:
    switched_on.installation.keep(an_order("3003", country="US"))
    assert LABEL not in switched_on.get(switched_on.opened("3003")).text


def test_withdrawing_is_no_reason() -> None:
    assert not [reason.id for reason in DEFAULT_REASONS if "withdraw" in reason.id]
