"""A link in a letter about a parcel opens a page with one button; only the button does anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from plugin.documents.parcel_letters import parcel_letter
from plugin.domain.ids import ShipmentId
from plugin.domain.order import FulfilledLine
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.report import Report
from plugin.ports.secrets import Secrets
from plugin.usecases.erase_person import erase_person
from plugin.usecases.tracking.choice_link import HOLDS, ChoiceLink, choice_token
from plugin.usecases.tracking.raise_alerts import AlertMeans, raise_alerts
from tests.build import MERCHANT, NOW, a_line, an_order
from tests.domain.tracking.exceptions.parcels import a_shipment
from tests.domain.tracking.reports import SENT, S, scan
from tests.usecases.tracking.orders import sent
from tests.web.portal.conftest import Portal

HOURS = (NOW - SENT) / timedelta(hours=1)
PARCEL = ShipmentId("parcel1")
QUIET = scan(S.IN_TRANSIT, HOURS - 8 * 24)
FAILED = scan(S.FAILED_ATTEMPT, HOURS - 10)
LOST = scan(S.LOST, HOURS - 10)
C = Choice


@dataclass
class Late:
    """A parcel that something is wrong with, and its shopper at the portal."""

    portal: Portal
    alert: Alert

    def link(self, choice: Choice) -> str:
        portal = self.portal
        token = choice_token(ChoiceLink(self.alert.id, choice, NOW + HOLDS), portal.shop.id, self.secrets)
        return f"/s/{portal.shop.key}/parcel/{token}"

    @property
    def secrets(self) -> Secrets:
        return self.portal.installation.deps.secrets

    @property
    def now(self) -> Alert:
        with self.portal.installation.deps.units.read(MERCHANT) as unit:
            return unit.alerts.get(self.alert.id)


def late(portal: Portal, *reports: Report, country: str = "DE") -> Late:
    """Hear this of a parcel of its own order, and raise what follows."""
    deps = portal.installation.deps
    lines = (a_line("21", title="Camping stove"),)
    parcel = sent(lines=(FulfilledLine(lines[0].id, 1),))
    (kept,) = portal.installation.keep(
        an_order("P-1", lines=lines, fulfilments=(parcel,), country=country), policy_version="v1"
    )
    shipment = a_shipment(*reports, id=PARCEL, order=kept, shop=portal.shop.id)
    with deps.units(MERCHANT) as unit:
        unit.shipments.save([shipment.with_reports(reports)])
        unit.commit()
    letter = parcel_letter(deps.law, "https://aftercare.example")
    means = AlertMeans(deps.units, deps.secrets, deps.actions, letter)
    raise_alerts([PARCEL], merchant=MERCHANT, means=means, now=NOW)
    with deps.units.read(MERCHANT) as unit:
        (alert,) = unit.alerts.of_shipments([PARCEL])[PARCEL]
    return Late(portal, alert)


def test_opening_a_link_changes_nothing_and_shows_one_button(portal: Portal) -> None:
    parcel = late(portal, QUIET)
    for choice in parcel.alert.offered:
        page = portal.get(parcel.link(choice))
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert len(re.findall(r"<button", page.text)) == 1
        assert "Camping stove" in page.text
    assert parcel.now == parcel.alert


def test_the_button_makes_the_choice_and_pressing_again_says_so(portal: Portal) -> None:
    parcel = late(portal, QUIET)
    link = parcel.link(C.WAIT)
    assert portal.post(link).status_code == 303
    made = parcel.now
    assert made.chosen is not None
    assert made.chosen.choice is C.WAIT
    assert portal.post(link).status_code == 303
    assert parcel.now == made
    assert "You chose: Wait for the parcel" in portal.get(link).text
    assert "<button" not in portal.get(link).text


def test_calling_off_is_declared_and_acknowledged(portal: Portal) -> None:
    parcel = late(portal, QUIET)
    portal.post(parcel.link(C.CANCEL))
    chosen = parcel.now.chosen
    assert chosen is not None
    with portal.installation.deps.units.read(MERCHANT) as unit:
        assert unit.mails.is_known(f"acknowledged-{chosen.claim}")
    assert "can no longer be chosen" in portal.get(parcel.link(C.WAIT)).text


def test_money_is_promised_only_where_calling_off_needs_nobodys_decision(portal: Portal) -> None:
    parcel = late(portal, QUIET)
    assert "What you have paid for them comes back to you" in portal.get(parcel.link(C.CANCEL)).text


def test_where_the_law_gives_no_withdrawal_it_is_said_that_the_shop_decides(portal: Portal) -> None:
    parcel = late(portal, QUIET, country="US")
    page = portal.get(parcel.link(C.CANCEL)).text
    assert "We decide on it and write to you" in page
    assert "comes back to you" not in page


def test_what_somebody_has_yet_to_decide_about_is_asked_for_and_not_promised(portal: Portal) -> None:
    page = portal.get(late(portal, LOST).link(C.REFUND)).text
    assert "We look at it and write to you" in page
    assert "You ask for" in page


def test_what_never_came_leads_to_its_claim(portal: Portal) -> None:
    parcel = late(portal, LOST)
    portal.post(parcel.link(C.REFUND))
    page = portal.get(parcel.link(C.REFUND)).text
    claim = re.search(r'href="([^"]+/claims/[^"]+)"', page)
    assert claim
    assert "Camping stove" in portal.get(claim[1].replace("&amp;", "&")).text


def test_an_address_that_is_none_is_asked_for_again_with_what_was_typed(portal: Portal) -> None:
    parcel = late(portal, QUIET, FAILED)
    page = portal.post(parcel.link(C.ADDRESS), address="Wien")
    assert page.status_code == 422
    assert "whole address" in page.text
    assert ">Wien</textarea>" in page.text
    assert portal.post(parcel.link(C.ADDRESS), address="Ida Holm\r\nHofgasse 1\r\n1010 Wien").status_code == 303
    assert parcel.now.address == "Ida Holm\nHofgasse 1\n1010 Wien"


def test_of_somebody_who_was_erased_nothing_is_shown_and_no_new_address_is_asked_for(portal: Portal) -> None:
    parcel = late(portal, QUIET, FAILED)
    deps = portal.installation.deps
    with deps.units.read(MERCHANT) as unit:
        email = unit.orders.get(parcel.alert.order).order.shopper.email
    assert email is not None
    erase_person(email, merchant=MERCHANT, units=deps.units, now=NOW)
    link = parcel.link(C.ADDRESS)
    answers = (portal.get(link), portal.post(link, address="Ida Holm\r\nHofgasse 1\r\n1010 Wien"))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert parcel.now.chosen is None


def test_the_page_is_in_the_language_of_the_order_where_nobody_says_otherwise(portal: Portal) -> None:
    parcel = late(portal, QUIET)
    assert "Auf das Paket warten" in portal.client.get(parcel.link(C.WAIT)).text


@pytest.mark.parametrize("change", [lambda link: link[:-2], lambda link: link.replace("/s/", "/s/x"), lambda _: "x"])
def test_any_other_link_opens_nothing(portal: Portal, change: Callable[[str], str]) -> None:
    parcel = late(portal, QUIET)
    link = parcel.link(C.WAIT)
    assert portal.get(change(link)).status_code == 404
    assert portal.post(change(link)).status_code == 404
    assert parcel.now == parcel.alert
