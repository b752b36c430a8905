"""What went wrong with parcels, at the desk: seen, claimed, put back, marked as done and taken up again."""

from __future__ import annotations

import re
from html import unescape
from http import HTTPStatus

import pytest

from plugin.domain.effects import MarkRefused
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.money import Money
from plugin.domain.shop import Role
from plugin.domain.tracking.alert_settings import AlertSettings, WayMail
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.web.admin.alerts import PAGE
from tests.build import MERCHANT, a_line, an_order
from tests.storage.plans import planned
from tests.support.admin import Browser, Installation
from tests.support.alert_cases import NUMBER, keep_alert, keep_alerts

LIST, SETTINGS = "/admin/alerts", "/admin/alerts/settings"
DAYS = {"no_scan_days": "9", "customs_days": "6", "late_days": "1"}


def an_alert(light: Installation, kind: AlertKind, **facts: object) -> Alert:
    (order,) = light.keep(an_order("7001", lines=(a_line("11", title="Stove"),)))
    with light.deps.units(MERCHANT) as unit:
        alert = keep_alert(unit, order, ShopId(light.shop(MERCHANT)), kind, **facts)
        unit.commit()
    return alert


def now_of(light: Installation, alert: Alert) -> Alert:
    with light.deps.units.read(MERCHANT) as unit:
        return unit.alerts.get(alert.id)


def settings_of(light: Installation) -> AlertSettings:
    with light.deps.units.read(MERCHANT) as unit:
        return unit.alerts.settings()


def test_the_list_says_what_is_wrong_what_was_told_and_what_was_chosen(light: Installation) -> None:
    (order,) = light.keep(an_order("7001"))
    with light.deps.units(MERCHANT) as unit:
        keep_alerts(unit, OrderId(order), ShopId(light.shop(MERCHANT)), "Hofgasse 1")
        unit.commit()
    page = light.signed_in(Role.VIEWER).get(LIST).text
    for text in (
        "Lost",
        "7001",
        NUMBER,
        "The shopper was mailed",
        "Nothing chosen yet",
        "nothing was paid",
    ):
        assert text in page
    assert "<form" not in page.split("<h1>")[1].split("</main>")[0], "who only looks changes nothing"
    assert "Parcels that need attention" in light.signed_in(Role.VIEWER).get("/admin/").text


def test_every_alert_is_on_some_page_and_each_page_leads_to_the_next_and_back(light: Installation) -> None:
    (order,) = light.keep(an_order("7001"))
    with light.deps.units(MERCHANT) as unit:
        for number in range(PAGE + 2):
            keep_alert(unit, order, ShopId(light.shop(MERCHANT)), AlertKind.LOST, f"p{number:02}")
        unit.commit()
    browser, rows = light.signed_in(Role.VIEWER), re.compile(r'<article [^>]*id="(p\d\d)-alert"')
    for where in (LIST, f"{LIST}?all=1"):
        first = browser.get(where).text
        (on,) = re.findall(r'href="([^"]+)" rel="next"', first)
        second = browser.get(unescape(on)).text
        (back,) = re.findall(r'href="([^"]+)" rel="prev"', second)
        assert len(rows.findall(first)) == PAGE
        assert sorted(rows.findall(first) + rows.findall(second)) == [f"p{number:02}" for number in range(PAGE + 2)]
        assert rows.findall(browser.get(unescape(back)).text) == rows.findall(first)
        assert 'rel="next"' not in second
        assert 'rel="prev"' not in first
    assert rows.findall(browser.get(f"{LIST}?after=gone").text) == rows.findall(browser.get(LIST).text)


def test_a_longer_list_asks_the_database_no_more_questions(light: Installation) -> None:
    (order,) = light.keep(an_order("7001"))

    def asked(first: int, last: int) -> int:
        with light.deps.units(MERCHANT) as unit:
            for number in range(first, last):
                keep_alert(unit, order, ShopId(light.shop(MERCHANT)), AlertKind.LOST, f"p{number:02}")
            unit.commit()
        with planned(light.storage) as plans:
            page = light.signed_in(Role.AGENT).get(LIST).text
        assert page.count("<article ") == last
        return len(plans)

    asked(0, 1)
    assert asked(1, 2) == asked(2, 12)


def test_a_typed_address_stands_on_its_parcels_page_alone_which_records_who_looks(light: Installation) -> None:
    (order,) = light.keep(an_order("7001"))
    with light.deps.units(MERCHANT) as unit:
        keep_alerts(unit, OrderId(order), ShopId(light.shop(MERCHANT)), "Hofgasse 1\n1010 Wien")
        unit.commit()
    browser, owner = light.signed_in(Role.VIEWER), light.signed_in(Role.OWNER)
    page = browser.get(LIST).text
    assert "Hofgasse" not in page
    for parcel in ("parcel1", "parcel2#address", "parcel3"):
        assert f'href="/admin/shipments/{parcel}"' in page
    assert "7001" not in owner.get("/admin/personal-data-views").text
    assert 'id="address">Hofgasse 1<br>1010 Wien</bdi>' in browser.get("/admin/shipments/parcel2").text
    assert "7001" in owner.get("/admin/personal-data-views").text


def test_marking_as_done_is_taken_back_from_the_notice(light: Installation) -> None:
    alert, browser = an_alert(light, AlertKind.NO_SCAN), light.signed_in(Role.AGENT)
    assert browser.send(f"{LIST}/{alert.id}/done").status_code == HTTPStatus.SEE_OTHER
    assert now_of(light, alert).resolved is not None
    page = browser.get(LIST).text
    assert "Marked as done" in page
    assert NUMBER not in page
    assert NUMBER in browser.get(f"{LIST}?all=1").text
    undo = page.split('name="undo" value="')[1].split('"')[0]
    browser.send(f"{LIST}/undo", undo=undo)
    assert now_of(light, alert).resolved is None
    browser.send(f"{LIST}/{alert.id}/done")
    browser.send(f"{LIST}/{alert.id}/again")
    assert now_of(light, alert).needs_attention


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(AlertKind.LOST, "logistics.lost"), (AlertKind.DAMAGED, "logistics.damaged_in_transit")],
)
def test_a_claim_is_opened_with_what_the_carrier_is_asked_for(
    light: Installation, kind: AlertKind, reason: str
) -> None:
    alert, browser = an_alert(light, kind), light.signed_in(Role.AGENT)
    first = browser.send(f"{LIST}/{alert.id}/claim")
    again = browser.send(f"{LIST}/{alert.id}/claim")
    assert (first.status_code, first.location) == (HTTPStatus.SEE_OTHER, again.location)
    with light.deps.units.read(MERCHANT) as unit:
        (claim,) = unit.claims.of_order(alert.order)
        asked = unit.carrier_claims.of(claim)
    assert asked is not None
    assert (asked.value, asked.reason) == (Money(4990, "EUR"), reason)
    assert f"/admin/claims/{claim}" in browser.get(LIST).text


def test_what_is_only_late_is_nobodys_claim(light: Installation) -> None:
    alert, browser = an_alert(light, AlertKind.CUSTOMS), light.signed_in(Role.AGENT)
    assert "Open a claim" not in browser.get(LIST).text
    browser.send(f"{LIST}/{alert.id}/claim")
    with light.deps.units.read(MERCHANT) as unit:
        assert not unit.claims.of_order(alert.order)


def test_refused_goods_that_were_never_paid_go_back_into_stock_once(light: Installation) -> None:
    alert, browser = an_alert(light, AlertKind.SENT_BACK, is_unpaid=True), light.signed_in(Role.AGENT)
    for _ in range(2):
        browser.send(f"{LIST}/{alert.id}/back")
    assert now_of(light, alert).resolved is not None
    assert {effect for effect in light.jobs.waiting if isinstance(effect, MarkRefused)} == {
        MarkRefused(MERCHANT, alert.id, is_back=True)
    }


def test_what_was_paid_goes_back_by_its_claim_alone(light: Installation) -> None:
    alert, browser = an_alert(light, AlertKind.SENT_BACK), light.signed_in(Role.AGENT)
    browser.send(f"{LIST}/{alert.id}/back")
    assert now_of(light, alert).resolved is None
    assert light.jobs.waiting == []


def saved(browser: Browser, **fields: object) -> int:
    return browser.send(SETTINGS, **DAYS, **fields).status_code


def test_days_mails_and_vouchers_are_kept(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    on = {f"mail.{mail}": "1" for mail in WayMail if mail is not WayMail.DELIVERED}
    assert saved(browser, thanks="5.00 EUR\r\n500 JPY", **on) == HTTPStatus.SEE_OTHER
    known = settings_of(light)
    assert (known.patience, known.off) == (Patience(9, 6, 1), frozenset({WayMail.DELIVERED}))
    assert known.thanks is not None
    assert known.thanks.amounts == (Money(500, "EUR"), Money(500, "JPY"))
    page = browser.get(SETTINGS).text
    assert "5.00 EUR\n500 JPY" in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"thanks": "five"}, "amounts such as"), ({"no_scan_days": "0"}, "whole number"), ({"late_days": "x"}, "whole")],
)
def test_what_cannot_be_meant_is_told_and_nothing_is_kept(
    light: Installation, fields: dict[str, str], told: str
) -> None:
    browser = light.signed_in(Role.MANAGER)
    answer = browser.send(SETTINGS, **{**DAYS, **fields})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text
    assert settings_of(light) == AlertSettings()


def test_who_chooses_mails_reads_that_the_store_may_send_its_own(light: Installation) -> None:
    page = light.signed_in(Role.MANAGER).get(SETTINGS).text
    assert "Shopify and WooCommerce can mail shoppers too" in page


def test_a_lane_is_added_changed_and_removed(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    lane = {"carrier": "Yun Express", "origin": "cn", "destination": "BR"}
    browser.send(f"{SETTINGS}/lanes", **lane, **DAYS)
    browser.send(f"{SETTINGS}/lanes", **lane, **{**DAYS, "no_scan_days": "20"})
    assert settings_of(light).lanes == (LanePatience("yunexpress", "CN", "BR", Patience(20, 6, 1)),)
    assert "yunexpress, CN → BR" in browser.get(SETTINGS).text
    refused = browser.send(f"{SETTINGS}/lanes", destination="Brazil", **DAYS)
    assert (refused.status_code, "two-letter" in refused.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    browser.send(f"{SETTINGS}/lanes/remove", carrier="yunexpress", origin="CN", destination="BR")
    assert settings_of(light).lanes == ()


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_kind_and_choice_has_its_words(language: str) -> None:
    entries = catalogue(language).entries
    assert {f"alerts.kind.{kind}" for kind in AlertKind} <= entries.keys()
    assert {f"alerts.{name}" for name in DAYS} <= entries.keys()
    assert {f"tracking.choice.{choice}{more}" for choice in Choice for more in ("", "_text")} <= entries.keys()
    assert {f"sending.kind.parcel_{mail}" for mail in WayMail} <= entries.keys()
