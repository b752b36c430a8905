"""Where parcels are, in words: the state first, then when, then what happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.order import DeliveryPlace, DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.customs_help import area_of, areas
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.told import Situation
from plugin.i18n import TRACKING_LANGUAGES, catalogue
from plugin.usecases.tracking.quote_tracking import told_order
from plugin.wording.tracking.answer import TrackingAnswer, tracking_answer
from tests.domain.tracking.reports import JOURNEY, S, at, local, scan
from tests.usecases.tracking.orders import EXPECTED, a_shipment, an_order_with, sent


def said(shipment: Shipment, language: str = "en", hours: float = 100, *, is_proven: bool = True) -> TrackingAnswer:
    told = told_order(an_order_with([sent()]), [shipment], at(hours), is_proven=is_proven)
    return tracking_answer(told, catalogue(language))


def test_every_situation_and_every_customs_area_has_words() -> None:
    words = catalogue("en")
    assert all(words.has(f"tracking.state.{situation.value}") for situation in Situation)
    assert all(words.has(f"tracking.customs.{area}") for area in areas())
    assert {status.value for status in DeliveryStatus} <= {situation.value for situation in Situation}


@pytest.mark.parametrize(
    ("country", "area"),
    [("FR", "eu"), ("GB", "gb"), ("LI", "ch"), ("NO", "no"), ("US", "us"), ("CA", "ca"), ("AU", "au"), ("JP", "other")],
)
def test_customs_are_explained_by_the_rules_of_where_the_parcel_goes(country: str, area: str) -> None:
    assert area_of(country) == area


def test_state_and_days_come_first_and_say_whose_word_they_are() -> None:
    answer = said(a_shipment(JOURNEY[:2]))
    (parcel,) = answer.parcels
    assert (answer.heading, parcel.headline) == ("On its way", "On its way")
    assert parcel.expected == "Expected between Thursday 12 November 2026 and Monday 16 November 2026"
    assert parcel.expected_by == "as we estimate from earlier parcels"
    carriers = said(a_shipment(JOURNEY[:2], expected=replace(EXPECTED, first=EXPECTED.last, by_carrier=True)))
    assert carriers.parcels[0].expected == "Expected on Monday 16 November 2026"
    assert carriers.parcels[0].expected_by == "as the carrier forecasts"


def test_a_late_parcel_is_called_late() -> None:
    (parcel,) = said(a_shipment(JOURNEY[:2]), hours=24 * 20).parcels
    assert parcel.expected == "It was expected by Monday 16 November 2026 and is late."
    assert parcel.expected_by == ""


def test_a_parcel_nobody_tells_of_is_usual_for_some_days_and_then_followed_up() -> None:
    fresh, silent = (said(a_shipment(), hours=hours).parcels[0] for hours in (24 * 4, 24 * 8))
    assert fresh.headline == silent.headline
    assert fresh.text == "That is usual in the first days after sending."
    assert silent.text.endswith("If you do not have it, tell us: we follow it up.")


def test_the_latest_step_is_first_with_the_shoppers_clock_and_the_carriers_own_words() -> None:
    (parcel,) = said(a_shipment([scan(S.IN_TRANSIT, 0, message="Posted"), scan(S.IN_TRANSIT, 10)])).parcels
    assert [step.when for step in parcel.steps] == [
        "Monday 2 November 2026, 19:00",
        "Monday 2 November 2026, 09:00",
    ]
    assert [step.raw for step in parcel.steps] == [(), ("Posted",)]
    assert [step.is_current for step in parcel.steps] == [True, False]


def test_a_clock_of_a_country_with_several_zones_tells_the_day_only() -> None:
    told = told_order(
        an_order_with([sent()], place=DeliveryPlace("US", None)),
        [a_shipment([local(S.IN_TRANSIT, "2026-11-03T12:00:00")], destination="US")],
        at(100),
    )
    (parcel,) = tracking_answer(told, catalogue("en")).parcels
    assert parcel.steps[0].when == "Tuesday 3 November 2026"


def test_what_is_kept_back_is_neither_place_nor_words_and_the_step_stays() -> None:
    shipment = a_shipment([scan(S.DELIVERED, 20, message="Left with Schmidt, 3rd floor")])
    guessed, proven = (said(shipment, is_proven=known).parcels[0] for known in (False, True))
    assert "Schmidt" not in repr(guessed)
    assert "Schmidt" in repr(proven)
    assert [step.title for step in guessed.steps] == [step.title for step in proven.steps]


def test_what_the_team_noted_is_no_word_of_the_carriers() -> None:
    noted = scan(S.EXCEPTION, 20, source=Source.MERCHANT, message="Customer keeps calling")
    (parcel,) = said(a_shipment([scan(S.IN_TRANSIT, 0, message="Posted"), noted])).parcels
    assert [step.raw for step in parcel.steps] == [(), ("Posted",)]
    assert "keeps calling" not in repr(parcel)


def test_several_parcels_are_counted_and_a_return_is_named() -> None:
    told = told_order(an_order_with([sent(), sent("f2")]), [a_shipment()], at(1))
    answer = tracking_answer(told, catalogue("de"))
    assert [parcel.title for parcel in answer.parcels] == ["Paket 1 von 2", "Paket 2 von 2"]
    assert answer.heading == "Ihre Bestellung kommt in mehreren Paketen"


@pytest.mark.parametrize("language", TRACKING_LANGUAGES)
def test_every_language_says_the_whole_answer(language: str) -> None:
    answer = said(a_shipment(JOURNEY[:3]), language)
    assert answer.language == language
    assert answer.parcels[0].headline == catalogue(language).text("tracking.state.customs")
    assert answer.parcels[0].customs is not None
