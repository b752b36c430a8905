"""Insights: the scores of carriers as a page and as a file."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import pytest

from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus, Price
from plugin.domain.shop import Role
from plugin.domain.tracking.scorecard import Scored, scorecard
from plugin.domain.tracking.shipment import ExpectedDays, Shipment, TrackedNumber
from plugin.jobs.schedule import periodic
from plugin.usecases.tracking.score_carriers import AT_ONCE
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


def keep(installation: Installation, *parcels: Shipment, number: str = "2001") -> None:
    (order,) = installation.keep(an_order(number, fulfilments=(a_fulfilment(),)))
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


def test_parcels_that_came_the_day_they_were_sent_have_a_bar_and_figures(light: Installation) -> None:
    keep(light, parcel("same-day").with_reports([a_report(DeliveryStatus.DELIVERED, SENT + timedelta(hours=1))]))
    (on_time, days) = (chart.split("</figure>")[0] for chart in _page(light).split('<ol class="bars">')[1:])
    assert "100%" in on_time
    assert '"bars__whole" width="1.0"' in days
    assert '"bars__part" width="1.0"' in days
    assert "50\u00a0%: 0, 90\u00a0%: 0" in days


def test_what_was_paid_in_several_currencies_is_one_list_in_its_cell(light: Installation) -> None:
    orders = [an_order(code, shipping=Price(Money(990, code), Money(990, code))) for code in ("EUR", "BRL", "PLN")]
    kept = light.keep(*orders)
    with light.deps.units(MERCHANT) as unit:
        unit.shipments.save([replace(parcel(order), order=order) for order in kept])
        unit.commit()
    lists = re.findall(r'<span class="sums">(.*?)</span>', _page(light))
    assert lists == ["<bdi>R$9.90</bdi><br><bdi>€9.90</bdi><br><bdi>PLN9.90</bdi>"] * 2
    assert table(light)[0]["shipping_each"] == "9.90 BRL; 9.90 EUR; 9.90 PLN"


def test_of_many_lanes_the_busiest_are_listed_and_all_are_in_the_file(light: Installation) -> None:
    keep(light, *(parcel(f"p{n}", "dhl", service=f"Service {n:02}") for n in range(51)))
    page = _page(light)
    assert "The 50 busiest of 51 lanes" in page
    assert page.count("Germany to Germany") == 50
    assert len(table(light)) == 1 + 51


def test_without_anything_delivered_or_due_there_are_scores_and_no_charts(light: Installation) -> None:
    keep(light, replace(parcel("sent", days=None), first_expected=None))
    page = _page(light)
    assert "Germany to Germany" in page
    assert 'class="charts"' not in page


def _page(installation: Installation) -> str:
    return installation.signed_in(Role.VIEWER).get(PAGE).text


def test_only_parcels_of_the_period_that_count_are_in_it(light: Installation) -> None:
    keep(light, parcel("void", is_void=True), replace(parcel("old"), shipped_at=NOW - timedelta(days=60)))
    assert table(light, "?days=30") == []
    assert [row["sent"] for row in table(light, "?days=90")] == ["1", "1"]
    assert len(table(light, "?days=many")) == len(table(light, "?days=7")) == 2


def test_many_parcels_are_counted_by_night_and_few_at_every_visit(light: Installation) -> None:
    keep(light, *(parcel(f"p{n}") for n in range(AT_ONCE)))
    count = periodic(light.deps)["keep_scores"].run
    count(NOW)
    keep(light, parcel("today"), number="2002")
    assert _sent(light) == AT_ONCE + 1, "few are counted anew"
    count(NOW)
    light.clock.advance(timedelta(hours=5))
    keep(light, parcel("later"), number="2003")
    assert _sent(light) == AT_ONCE + 1, "as last night"
    said = re.search(r"As of (.*); counted anew every night", _page(light))
    assert said
    assert f"{NOW:%H:%M}" in said[1]
    count(NOW)
    assert _sent(light) == AT_ONCE + 2


def test_who_sends_few_parcels_again_has_them_counted_at_every_visit(light: Installation) -> None:
    with light.deps.units(MERCHANT) as unit:
        unit.scorecards.save(Scored(scorecard([], NOW.date()), 90, NOW, is_cut=False))
        unit.commit()
    keep(light, parcel("one"))
    assert table(light) == []
    count = periodic(light.deps)["keep_scores"].run
    count(NOW)
    assert _sent(light) == 1
    assert "counted anew every night" not in _page(light)


def _sent(installation: Installation) -> int:
    return int(table(installation)[0]["sent"])


@pytest.mark.parametrize("run", ["=cmd()", "+1", "-1", "@SUM(1)"])
def test_nothing_that_others_wrote_is_a_formula_in_the_file(light: Installation, run: str) -> None:
    keep(light, parcel("p1", run, service=run))
    assert {cell for row in table(light) for cell in row.values() if run in cell} == {f"'{run}"}


def test_without_parcels_the_page_says_what_it_will_show(light: Installation) -> None:
    assert "No parcels were sent in this period" in light.signed_in(Role.VIEWER).get(PAGE).text
