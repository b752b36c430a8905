"""The letter that a parcel left names the days the tracking answer names, and whose word they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.documents.parcel_letter_samples import news
from plugin.documents.parcel_letters import parcel_letter
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.tracking.alert_settings import WayMail
from plugin.domain.tracking.shipment import ExpectedDays
from plugin.i18n import catalogue
from plugin.usecases.tracking.quote_tracking import told_shipment
from plugin.wording.tracking.answer import tracking_answer
from tests.build import NOW, a_shop

LAW = Law(load_rulebook(), HolidayCalendar())
FIRST, LAST = NOW.date().replace(day=25), NOW.date().replace(day=27)
SAID = [ExpectedDays(first, LAST, NOW, by_carrier=sure) for first in (FIRST, LAST) for sure in (True, False)]


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh-Hans"])
@pytest.mark.parametrize("days", SAID, ids=["carrier's days", "our days", "carrier's day", "our day"])
def test_the_letter_that_a_parcel_left_says_when_and_who_says_so(days: ExpectedDays, language: str) -> None:
    told = news(WayMail.DISPATCHED, language, a_shop(), None, NOW)
    told = replace(told, shipment=replace(told.shipment, expected=days))
    (parcel,) = tracking_answer(told_shipment(told.shipment, told.stored, NOW), catalogue(language)).parcels
    assert parcel.expected
    assert parcel.expected_by
    assert f"{parcel.expected} ({parcel.expected_by})" in parcel_letter(LAW, "https://care.example")(told).text
