"""Parcels in the admin: found, read as their shopper reads them, reported by hand, set right, and taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest

from plugin.domain.ids import OrderId
from plugin.domain.order import DeliveryStatus
from plugin.domain.policy.publication import Publication
from plugin.domain.shop import Role
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber
from tests.build import DELIVERED, MERCHANT, PLACED, a_fulfilment, a_policy, an_order
from tests.support.admin import Browser, Installation
from tests.support.alert_cases import keep_alert
from tests.support.shipments import NUMBER, a_report, a_shipment

ROW = re.compile(r'<th scope="row"[^>]*><a href="[^"]+"><bdi[^>]*>([^<]+)')
CHIP = re.compile(r'class="chip" href="([^"]+)"><bdi>([^<]+)')
YT = "YT2607821272012345"
MOVED = a_report(DeliveryStatus.IN_TRANSIT, PLACED + timedelta(days=2), leg=Leg.ORIGIN, message="Left Shenzhen")
PAGE = "/admin/shipments/shipment1"


def keep(installation: Installation, *parcels: Shipment) -> OrderId:
    """An order with these parcels, which go under its id."""
    (order,) = installation.keep(an_order("2001", fulfilments=(a_fulfilment(),)))
    with installation.deps.units(MERCHANT) as unit:
        unit.shipments.save([replace(parcel, order=order) for parcel in parcels])
        unit.commit()
    return order


def kept(installation: Installation) -> Shipment:
    with installation.deps.units.read(MERCHANT) as unit:
        return unit.shipments.get(a_shipment().id)


def rows(browser: Browser, query: str = "") -> list[str]:
    return ROW.findall(browser.get(f"/admin/shipments{query}").text)


def test_parcels_are_listed_newest_first_with_state_carrier_and_order(light: Installation) -> None:
    own = (TrackedNumber(YT, "yunexpress"),)
    keep(light, a_shipment().with_reports([a_report()]), a_shipment("shipment2", numbers=own, created_at=DELIVERED))
    browser = light.signed_in(Role.VIEWER)
    page = browser.get("/admin/shipments").text
    assert ROW.findall(page) == [YT, NUMBER]
    assert "Delivered" in page
    assert "YunExpress" in page
    assert "2001" in page


def test_the_last_day_to_expect_a_parcel_is_named_with_its_weekday(light: Installation) -> None:
    keep(light, a_shipment(expected=ExpectedDays(date(2026, 11, 17), date(2026, 11, 19), PLACED)))
    page = light.signed_in(Role.VIEWER).get("/admin/shipments").text
    assert re.findall(r'<span class="late">([^<]+)</span>', page) == ["Thu, 19 Nov 2026"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=delivered", [NUMBER]),
        ("?carrier=yunexpress", [YT]),
        ("?to=de&carrier=dhl", [NUMBER]),
        ("?way=return", []),
        ("?q=yt26", [YT]),
        ("?q=2001", [YT, NUMBER]),
        ("?attention=1", []),
    ],
)
def test_filters_and_search_leave_what_they_name(light: Installation, query: str, found: list[str]) -> None:
    own = (TrackedNumber(YT, "yunexpress"),)
    keep(light, a_shipment().with_reports([a_report()]), a_shipment("shipment2", numbers=own, created_at=DELIVERED))
    assert rows(light.signed_in(Role.VIEWER), query) == found


def test_each_filter_is_a_chip_that_is_taken_off_alone(light: Installation) -> None:
    page = light.signed_in().get("/admin/shipments?q=zz&state=lost&to=fr&attention=1").text
    chips = {text: href.replace("&amp;", "&") for href, text in CHIP.findall(page)}
    assert set(chips) == {"zz", "Lost", "France", "Needs attention"}
    assert chips["Lost"] == "/admin/shipments?q=zz&to=fr&attention=1"


def test_a_state_nobody_offered_is_refused(light: Installation) -> None:
    assert light.signed_in().get("/admin/shipments?state=gone").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_parcel_s_page_says_what_its_shopper_reads_and_who_told_it(light: Installation) -> None:
    legs = (TrackedNumber(YT, "yunexpress", Leg.ORIGIN), TrackedNumber(NUMBER, "dhl"))
    order = keep(light, a_shipment(numbers=legs).with_reports([a_report(), MOVED]))
    page = light.signed_in(Role.VIEWER).get(PAGE).text
    for told in ("Delivered", "On its way", "Left Shenzhen", "signedBy", "first carrier", "last mile", "DHL", YT):
        assert told in page, told
    assert f"/admin/orders/{order}" in page
    assert "Report by hand" not in page
    seen = light.signed_in(Role.OWNER).get("/admin/personal-data-views").text
    assert "2001" in seen


@pytest.mark.parametrize(("status", "is_void"), [("cancelled", False), ("cancelled", True), ("success", True)])
def test_a_parcel_that_counts_for_nothing_any_more_still_has_its_page(
    light: Installation, *, status: str, is_void: bool
) -> None:
    called = replace(a_fulfilment(), status=status)
    (order,) = light.keep(an_order("2001", fulfilments=(called,)))
    with light.deps.units(MERCHANT) as unit:
        parcel = a_shipment(order=order, belongs_to=called.id, is_void=is_void).with_reports([MOVED])
        unit.shipments.save([parcel])
        unit.commit()
    page = light.signed_in(Role.VIEWER).get(PAGE)
    assert page.status_code == HTTPStatus.OK
    assert "Left Shenzhen" in page.text


def test_what_is_wrong_with_a_parcel_leads_to_what_can_be_done(light: Installation) -> None:
    (order,) = light.keep(an_order("2001"))
    with light.deps.units(MERCHANT) as unit:
        keep_alert(unit, order, light.shop(MERCHANT), AlertKind.FAILED_ATTEMPT, "shipment1")
        unit.commit()
    browser = light.signed_in(Role.VIEWER)
    page = browser.get(PAGE).text
    assert "Not handed over" in page
    assert 'href="/admin/alerts#shipment1-alert"' in page
    assert rows(browser, "?attention=1") == [NUMBER]


def test_an_order_s_page_leads_to_its_parcels(light: Installation) -> None:
    order = keep(light, a_shipment(purpose=Purpose.RETURN).with_reports([MOVED]))
    page = light.signed_in(Role.VIEWER).get(f"/admin/orders/{order}").text
    assert f'href="{PAGE}">On its way back to the shop' in page


def test_a_report_by_hand_is_on_the_timeline_and_undone(light: Installation) -> None:
    keep(light, a_shipment())
    browser = light.signed_in(Role.AGENT)
    said = {"status": "delivered", "at": DELIVERED.strftime("%Y-%m-%dT%H:%M"), "words": "She phoned"}
    assert browser.send(f"{PAGE}/reports", form_at=PAGE, **said).status_code == HTTPStatus.SEE_OTHER
    page = browser.get(PAGE).text
    assert "She phoned" in page
    assert "Your report is on the timeline" in page
    assert kept(light).whereabouts.status is DeliveryStatus.DELIVERED
    undo = re.search(r'name="undo" value="([^"]+)"', page)
    assert undo
    browser.send("/admin/shipments/undo", form_at=PAGE, undo=undo[1])
    assert kept(light).reports == ()
    assert "It is as it was before" in browser.get(PAGE).text
    browser.send("/admin/shipments/undo", form_at=PAGE, undo=undo[1])
    assert "She phoned" not in browser.get(PAGE).text


def test_a_report_by_hand_is_typed_by_the_clock_at_home(light: Installation) -> None:
    keep(light, a_shipment())
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(home_country="DE"), Publication(PLACED))
        unit.commit()
    browser = light.signed_in(Role.AGENT)
    browser.send(f"{PAGE}/reports", form_at=PAGE, status="lost", at="2026-11-05T10:00")
    assert [each.said_at for each in kept(light).reports] == [datetime(2026, 11, 5, 9, 0, tzinfo=UTC)]
    assert "When (time in Berlin)" in browser.get(PAGE).text


def test_a_report_by_hand_can_be_struck_later(light: Installation) -> None:
    keep(light, a_shipment())
    browser = light.signed_in(Role.AGENT)
    browser.send(f"{PAGE}/reports", form_at=PAGE, status="lost", at="2026-11-05T10:00")
    strike = re.search(r'action="([^"]+/strike)"', browser.get(PAGE).text)
    assert strike
    browser.send(strike[1], form_at=PAGE)
    assert kept(light).reports == ()


@pytest.mark.parametrize("at", ["", "yesterday", "2031-01-01T10:00", "2026-11-05T10:00+02:00"])
def test_a_time_that_cannot_be_is_told_at_its_field_and_what_was_typed_stays(light: Installation, at: str) -> None:
    keep(light, a_shipment())
    answer = light.signed_in(Role.AGENT).send(f"{PAGE}/reports", form_at=PAGE, status="lost", at=at, words="By phone")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose a time" in answer.text
    assert 'value="By phone"' in answer.text
    assert kept(light).reports == ()


def test_a_number_is_set_right_and_back(light: Installation) -> None:
    keep(light, a_shipment())
    browser = light.signed_in(Role.AGENT)
    browser.send(f"{PAGE}/numbers", form_at=PAGE, number=f" {NUMBER.lower()} ", carrier="gls")
    assert kept(light).numbers == (TrackedNumber(NUMBER, "gls"),)
    undo = re.search(r'name="undo" value="([^"]+)"', browser.get(PAGE).text)
    assert undo
    browser.send("/admin/shipments/undo", form_at=PAGE, undo=undo[1])
    assert kept(light).numbers == (TrackedNumber(NUMBER, "dhl"),)


def test_what_is_no_number_is_told_at_its_field(light: Installation) -> None:
    keep(light, a_shipment())
    answer = light.signed_in(Role.AGENT).send(f"{PAGE}/numbers", form_at=PAGE, number="by post")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="by post"' in answer.text
    assert 'id="e-number"' in answer.text


def test_an_empty_list_says_what_comes_and_a_search_in_vain_what_to_try(light: Installation) -> None:
    browser = light.signed_in()
    assert "As soon as an order is sent" in browser.get("/admin/shipments").text
    assert "No parcel matches" in browser.get("/admin/shipments?q=zz").text
