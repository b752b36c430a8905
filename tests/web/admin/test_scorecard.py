"""Insights: the scores of carriers as a page and as a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Role
from plugin.domain.tracking.shipment import ExpectedDays, Shipment, TrackedNumber
from tests.build import MERCHANT, NOW, PLACED, a_fulfilment, an_order
from tests.support.admin import Installation
from tests.support.shipments import a_report, a_shipment

PAGE = "/admin/insights/carriers"
SENT = PLACED
"""A Monday."""


def parcel(name: str, carrier: str = "dhl", days: int | None = 2, **facts: object) -> Shipment:
    """Sent on a Monday and promised by Wednesday; there after so many days, None: not yet."""
    promised = ExpectedDays(date(2026, 11, 3), date(2026, 11, 4), SENT)
    number = (TrackedNumber(f"NO-{name}", carrier),)
    sent = a_shipment(name, numbers=number, shipped_at=SENT, first_expected=promised, **facts)
    at = SENT + timedelta(days=days or 0)
    return sent.with_reports([a_report(DeliveryStatus.DELIVERED, at)] if days else [])


def keep(installation: Installation, *parcels: Shipment) -> None:
    (order,) = installation.keep(an_order("2001", fulfilments=(a_fulfilment(),)))
    with installation.deps.units(MERCHANT) as unit:
        unit.shipments.save([replace(each, order=order) for each in parcels])
        unit.commit()


def table(installation: Installation, query: str = "") -> list[dict[str, str]]:
    answer = installation.signed_in(Role.VIEWER).get(f"{PAGE}.csv{query}")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert f'days-{NOW:%Y-%m-%d}.csv"' in answer.headers["Content-Disposition"]
    return list(csv.DictReader(answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()))


def test_scores_are_those_counted_by_hand(light: Installation) -> None:
    late, lost = parcel("late", days=4), parcel("overdue", days=None)
    keep(light, parcel("on-time"), parcel("early", days=1), late, lost, parcel("other", "ups", destination="FR"))
    carriers = {row["carrier"]: row for row in table(light) if row["level"] == "carrier"}
    dhl = carriers["dhl"]
    assert (dhl["sent"], dhl["delivered"], dhl["promised"], dhl["on_time"]) == ("4", "3", "4", "2")
    assert (dhl["on_time_percent"], dhl["lost_percent"]) == ("50.0", "0.0")
    assert (dhl["days_p50"], dhl["days_p90"]) == ("2", "4")
    assert carriers["ups"]["on_time_percent"] == "100.0"
    lanes = [(row["carrier"], row["origin"], row["destination"]) for row in table(light) if row["level"] == "lane"]
    assert lanes == [("dhl", "DE", "DE"), ("ups", "DE", "FR")]


def test_the_page_draws_what_the_table_says(light: Installation) -> None:
    keep(light, parcel("on-time"), parcel("late", days=4))
    page = light.signed_in(Role.VIEWER).get(PAGE).text
    assert page.count('<svg class="bars__bar"') == 2
    assert 'class="bars__part" width="50.0"' in page
    assert "50%" in page
    assert "Germany to Germany" in page


def test_only_parcels_of_the_period_that_count_are_in_it(light: Installation) -> None:
    keep(light, parcel("void", is_void=True), replace(parcel("old"), shipped_at=NOW - timedelta(days=60)))
    assert table(light, "?days=30") == []
    assert [row["sent"] for row in table(light, "?days=90")] == ["1", "1"]
    assert len(table(light, "?days=many")) == len(table(light, "?days=7")) == 2


def test_a_service_is_no_formula_in_the_file(light: Installation) -> None:
    keep(light, parcel("p1", service="=cmd()"))
    assert [row["service"] for row in table(light)] == ["", "'=cmd()"]


def test_without_parcels_the_page_says_what_it_will_show(light: Installation) -> None:
    assert "No parcels were sent in this period" in light.signed_in(Role.VIEWER).get(PAGE).text
