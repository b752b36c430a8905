"""Worked withdrawal periods with all they say: days and instants, every step, the sources. Reckoned by hand."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.facts import ConsumerGroup, Informed, OrderType, WithdrawalFacts
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.law.withdrawal import withdrawal_window
from tests.domain.law.told import CHRISTMAS, DELIVERED, Told, at_place, hour, listed, noon, rests_on, steps

WINDOWS: list[Told] = [
    (
        at_place("DE"),
        {"deliveries": (DELIVERED,)},
        "running 2026-12-11 2026-12-25 2026-12-28 12-28T23Z 12-28T23Z 2026-12-28 - -",
        ["delivered 2026-12-11", "day_of_event_not_counted 2026-12-25 14", *CHRISTMAS],
        "verified CRD_art._9 R1182_art._3",
    ),
    (
        at_place("DE"),
        {"deliveries": (DELIVERED,), "informed": Informed.NEVER},
        "running 2026-12-11 2027-12-28 2027-12-28 12-28T23Z 12-28T23Z 2026-12-28 2027-12-27 -",
        [
            "delivered 2026-12-11",
            "day_of_event_not_counted 2026-12-25 14",
            *CHRISTMAS,
            "not_informed_extension 2027-12-28 12 months",
        ],
        "verified CRD_art._9 R1182_art._3 CRD_art._10",
    ),
    (
        at_place("DE"),
        {"deliveries": (DELIVERED,), "informed": Informed.LATE, "informed_at": noon("2027-02-01")},
        "running 2026-12-11 2027-02-15 2027-02-15 02-15T23Z 02-15T23Z 2026-12-28 - -",
        [
            "delivered 2026-12-11",
            "day_of_event_not_counted 2026-12-25 14",
            *CHRISTMAS,
            "informed_late 2027-02-01 14 days",
        ],
        "verified CRD_art._9 R1182_art._3 CRD_art._10",
    ),
    (
        at_place("DE"),
        {"deliveries": (DELIVERED, noon("2026-12-14")), "order_type": OrderType.MULTIPLE_GOODS},
        "running 2026-12-14 2026-12-28 2026-12-28 12-28T23Z 12-28T23Z 2026-12-28 - -",
        ["last_of_several_deliveries 2026-12-14", "day_of_event_not_counted 2026-12-28 14"],
        "verified CRD_art._9 R1182_art._3",
    ),
    (
        at_place("DE"),
        {"deliveries": (DELIVERED, None), "order_type": OrderType.REGULAR},
        "running 2026-12-11 2026-12-25 2026-12-28 12-28T23Z 12-28T23Z 2026-12-28 - -",
        ["first_of_regular_deliveries 2026-12-11", "day_of_event_not_counted 2026-12-25 14", *CHRISTMAS],
        "verified CRD_art._9 R1182_art._3",
    ),
    (
        at_place("DE"),
        {"order_type": OrderType.SERVICES_AND_DIGITAL_CONTENT, "contract_concluded_on": date(2026, 12, 1)},
        "running 2026-12-01 2026-12-15 2026-12-15 12-15T23Z 12-15T23Z 2026-12-15 - -",
        ["contract_concluded 2026-12-01", "day_of_event_not_counted 2026-12-15 14"],
        "verified CRD_art._9 R1182_art._3",
    ),
    (at_place("DE"), {}, "not_started - - - - - - - -", ["not_started"], "verified CRD_art._9"),
    (
        at_place("DE", is_region_certain=False),
        {"deliveries": (noon("2026-12-23"),)},
        "running 2026-12-23 2027-01-06 2027-01-06 01-07T23Z 01-07T23Z 2027-01-06 - -",
        ["delivered 2026-12-23", "day_of_event_not_counted 2027-01-06 14", "place_unknown_latest_accepted 2027-01-07"],
        "verified CRD_art._9 R1182_art._3",
    ),
    (
        at_place("ES", is_region_certain=False, other_zones=(ZoneInfo("Atlantic/Canary"),)),
        {"deliveries": (DELIVERED,)},
        "running 2026-12-11 2026-12-25 2026-12-28 12-29T00Z 12-29T00Z 2026-12-28 - -",
        [
            "delivered 2026-12-11",
            "day_of_event_not_counted 2026-12-25 14",
            *CHRISTMAS,
            "place_unknown_latest_accepted 2026-12-28",
        ],
        "verified CRD_art._9 R1182_art._3",
    ),
    (
        at_place("US"),
        {"deliveries": (DELIVERED,)},
        "no_statutory_right - - - - - - - merchant_policy_only",
        ["no_statutory_right"],
        "verified US_FTC",
    ),
    (
        at_place("JP"),
        {"deliveries": (DELIVERED,)},
        "running 2026-12-11 2026-12-18 2026-12-18 12-18T15Z 12-18T15Z 2026-12-18 - -",
        ["delivered 2026-12-11", "day_of_event_counted 2026-12-18 8"],
        "unverified JP",
    ),
    (
        at_place("JP"),
        {"deliveries": (DELIVERED,), "is_return_policy_displayed": True},
        "no_statutory_right - - - - - - - merchant_policy_only",
        ["no_statutory_right only_if_no_return_policy_displayed"],
        "verified JP",
    ),
    (
        at_place("KR"),
        {"deliveries": (DELIVERED,), "document_received_at": noon("2026-12-14")},
        "running 2026-12-14 2026-12-21 2026-12-21 12-21T15Z 12-21T15Z 2026-12-21 - -",
        ["delivered 2026-12-11", "document_received 2026-12-14", "day_of_event_not_counted 2026-12-21 7"],
        "unverified KR",
    ),
    (
        at_place("IL"),
        {
            "deliveries": (DELIVERED,),
            "document_received_at": noon("2026-12-14"),
            "group": ConsumerGroup.SENIOR,
            "had_conversation": True,
        },
        "running 2026-12-14 2027-04-14 2027-04-14 04-14T21Z 04-14T21Z 2027-04-14 - -",
        ["delivered 2026-12-11", "document_received 2026-12-14", "protected_group_months 2027-04-14 4"],
        "verified IL",
    ),
    (
        at_place("IL"),
        {"deliveries": (DELIVERED,), "is_document_missing": True},
        "not_started - - - - - - - -",
        ["not_started"],
        "verified IL",
    ),
    (
        at_place("AR"),
        {"deliveries": (DELIVERED,), "contract_concluded_on": date(2026, 12, 15)},
        "running 2026-12-15 2026-12-25 2026-12-25 12-26T03Z 12-29T03Z 2026-12-25 - -",
        ["delivered 2026-12-11", "contract_concluded 2026-12-15", "day_of_event_not_counted 2026-12-25 10"],
        "unverified AR",
    ),
    (
        at_place("MX"),
        {"deliveries": (DELIVERED,)},
        "running 2026-12-11 2026-12-18 2026-12-18 12-19T06Z 12-19T06Z 2026-12-18 - -",
        ["delivered 2026-12-11", "business_days_counted 2026-12-18 5"],
        "unverified",
    ),
    (
        at_place("CL"),
        {"deliveries": (DELIVERED,), "is_document_missing": True},
        "running 2026-12-11 2027-03-11 2027-03-11 03-12T03Z 03-12T03Z 2026-12-21 2027-03-11 -",
        ["delivered 2026-12-11", "day_of_event_not_counted 2026-12-21 10", "not_informed_extension 2027-03-11 90 days"],
        "verified CL",
    ),
    (
        at_place("RU"),
        {"deliveries": (DELIVERED,), "informed": Informed.NEVER},
        "running 2026-12-11 2027-03-11 2027-03-11 03-11T21Z 03-11T21Z 2026-12-18 2027-03-11 -",
        ["delivered 2026-12-11", "day_of_event_not_counted 2026-12-18 7", "not_informed_extension 2027-03-11 3 months"],
        "unverified",
    ),
    (
        at_place("CA", "CA-QC"),
        {"deliveries": (DELIVERED,), "contract_concluded_on": date(2026, 12, 1), "informed": Informed.NEVER},
        "running 2026-12-01 2026-12-31 2026-12-31 01-01T05Z 01-01T05Z 2026-12-31 - -",
        ["contract_concluded 2026-12-01", "day_of_event_not_counted 2026-12-31 30"],
        "unverified",
    ),
    (
        at_place("CA", "CA-QC"),
        {"deliveries": (DELIVERED,), "document_received_at": noon("2026-12-14"), "informed": Informed.LATE},
        "running 2026-12-14 2026-12-21 2026-12-21 12-22T05Z 12-22T05Z 2026-12-21 - -",
        ["document_received 2026-12-14", "day_of_event_not_counted 2026-12-21 7"],
        "unverified",
    ),
    (
        at_place("CA", "CA-QC"),
        {"deliveries": (DELIVERED,), "informed": Informed.NEVER},
        "running 2026-12-11 2027-01-10 2027-01-10 01-11T05Z 01-12T05Z 2027-01-10 - -",
        ["delivered 2026-12-11", "day_of_event_not_counted 2027-01-10 30"],
        "unverified",
    ),
    (
        at_place("TW"),
        {"deliveries": (DELIVERED,), "informed": Informed.LATE, "informed_at": noon("2027-01-05")},
        "running 2026-12-11 2027-01-12 2027-01-12 01-12T16Z 01-12T16Z 2026-12-18 - -",
        ["delivered 2026-12-11", "day_of_event_not_counted 2026-12-18 7", "informed_late 2027-01-05 7 days"],
        "verified TW",
    ),
]


@pytest.mark.parametrize("case", WINDOWS)
def test_a_withdrawal_period_tells_its_days_its_steps_and_its_sources(
    case: Told, rulebook: Rulebook, calendar: HolidayCalendar
) -> None:
    place, facts, days, reasons, sources = case
    window = withdrawal_window(WithdrawalFacts(place, **facts), rulebook, calendar)
    ends = (window.nominal_last_day, window.last_day, hour(window.expires_at), hour(window.accept_until))
    readings = (window.initial_last_day, window.last_day_if_initial_not_rolled)
    assert listed(window.state, window.event_day, *ends, *readings, window.display) == days
    assert (steps(window), rests_on(window)) == (reasons, sources)
