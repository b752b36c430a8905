"""Scores of carriers, compared with what was computed by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from plugin.domain.ids import OrderId
from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.scorecard import Score, ScoredLane, ScoredParcel, scorecard

_S = DeliveryStatus
TODAY = date(2026, 11, 20)
"""A Friday."""


def at(day: int) -> datetime:
    """Noon of a day of November 2026; the 2nd, 9th and 16th are Mondays."""
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def parcel(  # noqa: PLR0913, PLR0917 - the columns of the table below
    order: str,
    carrier: str,
    to: str,
    sent: int,
    came: int | None,
    promised: int | None,
    status: DeliveryStatus = _S.DELIVERED,
    shipping: Money | None = None,
) -> ScoredParcel:
    by = date(2026, 11, promised) if promised else None
    came_at = at(came) if came else None
    return ScoredParcel(OrderId(order), carrier, "DE", to, None, status, at(sent), came_at, by, shipping)


PARCELS = [
    # dhl to Germany, sent Monday 2nd: Tuesday is 1 working day, Wednesday 2, Friday 4, Monday 9th 5, Saturday 7th too
    parcel("1", "dhl", "DE", 2, 3, 4, shipping=Money(490, "EUR")),
    parcel("2", "dhl", "DE", 2, 4, 4, shipping=Money(490, "EUR")),
    parcel("3", "dhl", "DE", 2, 6, 4, shipping=Money(0, "EUR")),
    parcel("4", "dhl", "DE", 2, 7, None),
    parcel("5", "dhl", "DE", 2, None, 4, _S.LOST),
    # dhl to Poland, two parcels of one order; Wednesday 11th is a holiday there: Thursday 12th is the 2nd working day
    parcel("6", "dhl", "PL", 9, 12, 13, shipping=Money(1001, "EUR")),
    parcel("6", "dhl", "PL", 9, None, 13, _S.IN_TRANSIT, Money(1001, "EUR")),
    # ups: under way and not due yet, and one in another currency
    parcel("7", "ups", "US", 16, None, 27, _S.IN_TRANSIT),
    parcel("8", "ups", "US", 16, 18, 18, shipping=Money(1200, "USD")),
]


def scores() -> dict[tuple[str | None, str | None], Score]:
    card = scorecard(PARCELS, TODAY)
    assert card.sent == len(PARCELS)
    return {(lane.carrier, lane.destination): score for lane, score in (*card.carriers, *card.lanes)}


def test_a_lane_is_counted_as_by_hand() -> None:
    germany = scores()["dhl", "DE"]
    assert (germany.sent, germany.delivered, germany.lost) == (5, 4, 1)
    assert (germany.judged, germany.on_time, germany.on_time_share) == (4, 2, 0.5)
    assert germany.lost_share == 0.2
    assert sorted(germany.days.elements()) == [1, 2, 4, 5]
    assert (germany.half, germany.most) == (2, 5)
    assert germany.shipping_each() == (Money(326, "EUR"),)


def test_what_is_overdue_counts_as_late_and_a_holiday_as_no_day() -> None:
    poland = scores()["dhl", "PL"]
    assert (poland.judged, poland.on_time, poland.on_time_share) == (2, 1, 0.5)
    assert poland.days == {2: 1}
    assert poland.lost_share == 0.0


def test_an_orders_shipping_is_shared_by_its_parcels_and_none_of_it_is_lost() -> None:
    poland = scores()["dhl", "PL"]
    assert (poland.paid, poland.shipping) == ({"EUR": 2}, {"EUR": 1001})
    assert poland.shipping_each() == (Money(500, "EUR"),)


def test_what_is_not_due_yet_is_not_judged() -> None:
    states = scores()["ups", "US"]
    assert (states.sent, states.judged, states.on_time_share) == (2, 1, 1.0)
    assert states.shipping_each() == (Money(1200, "USD"),)


def test_a_carrier_is_all_its_lanes_and_those_who_sent_most_come_first() -> None:
    card = scorecard(PARCELS, TODAY)
    assert [lane.carrier for lane, _ in card.carriers] == ["dhl", "ups"]
    dhl = card.carriers[0][1]
    assert (dhl.sent, dhl.delivered, dhl.judged, dhl.on_time, dhl.half, dhl.most) == (7, 5, 6, 3, 2, 5)
    assert card.lanes[0][0] == ScoredLane("dhl", "DE", "DE")


def test_without_parcels_nothing_is_scored() -> None:
    assert scorecard([], TODAY).carriers == ()
    empty = Score()
    assert (empty.on_time_share, empty.lost_share, empty.half, empty.shipping_each()) == (None, None, None, ())
