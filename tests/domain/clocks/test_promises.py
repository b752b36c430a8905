"""The clocks the shop promises, and the legal guarantee beside them."""

from datetime import UTC, date, datetime

import pytest

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import ClockState, LineEntitlements, Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy.presets import law_only
from plugin.domain.times import Moment, Source
from tests.domain.clocks.worked_orders import PLACED, a_line, a_policy, day, delivered, refund_of, shipped, stored

EARLIER = Moment(datetime(2023, 8, 1, tzinfo=UTC), Source.PLATFORM)
FAR = datetime(2060, 1, 1, tzinfo=UTC)


def first(law: Law, policy: PolicyVersion | None = None, **order: object) -> LineEntitlements:
    return entitlements(stored(**order), policy, law)[0]


def test_every_line_has_the_five_clocks_in_order(law: Law) -> None:
    answers = entitlements(stored(lines=(a_line("1"), a_line("2"))), demo_policy(PLACED), law)
    assert [answer.line for answer in answers] == ["1", "2"]
    assert all(tuple(clock.right for clock in answer.clocks) == tuple(Right) for answer in answers)


def test_an_answer_names_the_versions_it_was_computed_from(law: Law) -> None:
    answer = first(law, demo_policy(PLACED))
    assert answer.rulebook_version == law.rulebook.version
    assert answer.calendar_version == law.calendar.version
    assert answer.policy_version == "demo-1"
    assert answer.zone == "Europe/Berlin"


def test_a_shop_return_runs_its_calendar_days_and_no_weekend_moves_it(law: Law) -> None:
    clock = first(law, a_policy(return_days=13)).clock(Right.SHOP_RETURN)  # day 13 is Saturday 16 December
    assert clock.last_day == date(2023, 12, 16)
    assert clock.closes_at == datetime(2023, 12, 16, 23, tzinfo=UTC)
    assert clock.basis[0].citation == "v1 · everywhere · returns"
    assert not clock.is_statutory


def test_a_shorter_shop_return_never_hides_the_law(law: Law) -> None:
    answer = first(law, a_policy(return_days=7))
    assert answer.clock(Right.WITHDRAWAL).last_day == date(2023, 12, 18)


@pytest.mark.parametrize("right", [Right.SHOP_RETURN, Right.EXCHANGE, Right.COMMERCIAL_WARRANTY])
@pytest.mark.parametrize(
    "policy", [None, law_only(PLACED), a_policy(return_days=0)], ids=["none", "law only", "0 days"]
)
def test_what_is_not_promised_is_absent(law: Law, right: Right, policy: PolicyVersion) -> None:
    assert first(law, policy).clock(right).absent == "no_promise"


def test_without_a_statutory_right_the_shop_return_runs_all_the_same(law: Law) -> None:
    answer = first(law, demo_policy(PLACED), country="US", postcode="10001")
    assert answer.clock(Right.WITHDRAWAL).absent == "no_statutory_right"
    assert answer.clock(Right.SHOP_RETURN).last_day == date(2023, 12, 17)
    assert answer.clock(Right.SHOP_RETURN).payer is Payer.SHOPPER


def test_a_business_buyer_has_the_shops_promises_only(law: Law) -> None:
    answer = first(law, demo_policy(PLACED), is_business=True)
    absent = {clock.right: clock.absent for clock in answer.clocks}
    assert absent[Right.WITHDRAWAL] == absent[Right.LEGAL_GUARANTEE] == "business_order"
    assert absent[Right.SHOP_RETURN] is absent[Right.EXCHANGE] is absent[Right.COMMERCIAL_WARRANTY] is None


def test_a_refunded_line_has_no_clock_left_and_the_others_keep_theirs(law: Law) -> None:
    gone, kept = entitlements(
        stored(lines=(a_line("1"), a_line("2")), refunds=(refund_of("1", 1, day(9)),)), demo_policy(PLACED), law
    )
    assert {clock.absent for clock in gone.clocks} == {"refunded"}
    assert {clock.absent for clock in kept.clocks} == {None}


def test_the_warranty_runs_in_months_from_its_own_line(law: Law) -> None:
    parcels = (delivered(day(3), lines=(("1", 1),)), shipped(lines=(("2", 1),)))
    answers = entitlements(
        stored(lines=(a_line("1"), a_line("2")), fulfilments=parcels), a_policy(warranty_months=36), law
    )
    one, two = (answer.clock(Right.COMMERCIAL_WARRANTY) for answer in answers)
    assert one.last_day == date(2026, 12, 3)
    assert two.state(FAR) is ClockState.NOT_STARTED


def test_a_promise_from_31_august_ends_on_the_last_day_of_february(law: Law) -> None:
    clock = first(law, a_policy(warranty_months=6), placed=EARLIER, fulfilments=(delivered(day(31, 8)),)).clock(
        Right.COMMERCIAL_WARRANTY
    )
    assert clock.last_day == date(2024, 2, 29)


def test_the_legal_guarantee_names_its_anniversary_and_closes_after_the_rolled_day(law: Law) -> None:
    clock = first(law, placed=EARLIER, fulfilments=(delivered(day(4, 11)),)).clock(Right.LEGAL_GUARANTEE)
    assert clock.shown_last_day == date(2025, 11, 4)
    saturday = first(law, placed=EARLIER, fulfilments=(delivered(day(8, 11)),)).clock(Right.LEGAL_GUARANTEE)
    assert saturday.shown_last_day == date(2025, 11, 8)
    assert saturday.closes_at == datetime(2025, 11, 10, 23, tzinfo=UTC)
    assert saturday.presumption_last_day == date(2024, 11, 8)
    assert saturday.payer is Payer.SHOP


@pytest.mark.parametrize(("country", "at_least"), [("FI", 24), ("NL", 24), ("US", None), ("GB", None), ("AU", None)])
def test_without_a_fixed_period_no_day_is_named_and_nothing_ever_closes(
    law: Law, country: str, at_least: int | None
) -> None:
    clock = first(law, country=country, postcode="").clock(Right.LEGAL_GUARANTEE)
    assert clock.state(FAR) is ClockState.UNLIMITED
    assert clock.closes_at is clock.last_day is clock.nominal_last_day is None
    assert clock.min_months == at_least


def test_where_lasting_goods_are_covered_longer_nothing_closes_before_that(law: Law) -> None:
    clock = first(law, country="NO", postcode="0150").clock(Right.LEGAL_GUARANTEE)
    assert clock.shown_last_day == date(2025, 12, 3)
    assert clock.closes_at is not None
    assert clock.closes_at.date() >= date(2028, 12, 3)
    assert clock.trace[-1].code == "longer_for_lasting_goods"


def test_what_is_digital_has_a_liability_we_cannot_date_so_nothing_closes(law: Law) -> None:
    clock = first(law, lines=(a_line(is_physical=False),), fulfilments=()).clock(Right.LEGAL_GUARANTEE)
    assert clock.absent is None
    assert clock.state(FAR) is ClockState.UNLIMITED
    assert clock.certainty is Certainty.UNVERIFIED


def test_where_the_zone_is_open_the_latest_midnight_counts(law: Law) -> None:
    clock = first(law, demo_policy(PLACED), country="US", postcode="").clock(Right.SHOP_RETURN)
    assert clock.last_day == date(2023, 12, 17)
    assert clock.closes_at == datetime(2023, 12, 18, 11, tzinfo=UTC)  # midnight in Pago Pago
