"""A parcel that goes back is followed like any other, and what its carrier says moves the claim's goods."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import withdrawing
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.effects import FollowShipments
from plugin.domain.ids import LabelId
from plugin.domain.order import DeliveryStatus, Platform
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.label import Carriage, LabelledLine
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.carrier import Told
from plugin.usecases.claim.follow_label import follow_label
from plugin.usecases.claim.hear_shopper import SentGoods, call_off, tell_sent
from plugin.usecases.close_labels import stop_following
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.catch_up_arrivals import catch_up_arrivals
from plugin.usecases.tracking.follow_shipments import follow_shipments
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.demo_platform import open_demo_shop
from tests.support.returning import HOME, HUB, a_label
from tests.support.shipments import NUMBER, a_report, a_shipment

TWO_LINES = "3004"
OTHER = "1Z999AA10123456784"
_S, _R, _W = DeliveryStatus, ReturnState, WithdrawalState


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, TWO_LINES))
    desk.deliver(TWO_LINES)
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    lines = [each.id for each in desk.shop.order(TWO_LINES).lines][:2]
    claim = desk.open(TWO_LINES, *(asked(line) for line in lines), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def labelled(desk: ClaimDesk, claim: Claim, *nos: int, to: ReturnAddress = HOME, number: str = NUMBER) -> None:
    """Buy a label for these lines, with a number."""
    now = desk.shop.clock.now()
    lines = tuple(LabelledLine(claim.line(no).order_line, 1) for no in nos)
    label = a_label(id=LabelId("label1"), claim=claim.id, order=claim.order, lines=lines, to=to, due_at=None)
    with desk.shop.units(MERCHANT) as unit:
        unit.labels.save([label])
        known = unit.labels.get(label.id)
        unit.labels.save([known.issued(None, Carriage("ref", "dhl", number), None, now)])
        unit.commit()
    follow_label(label.id, desk=desk.desk, now=now)


def sent(desk: ClaimDesk, claim: Claim, *lines: int, tracking: str) -> None:
    now = desk.shop.clock.now()
    tell_sent(claim.id, SentGoods(lines, now.date(), "UPS", tracking), desk=desk.desk, now=now)


def parcels(desk: ClaimDesk) -> list[Shipment]:
    return [e for e in desk.shop.units.of(MERCHANT).shipments.values() if e.purpose is Purpose.RETURN]


def heard(desk: ClaimDesk, *statuses: DeliveryStatus, number: str = NUMBER, days_ago: int = 0) -> Claim:
    """Have the carrier tell of the parcel, one thing an hour, and the worker do what follows."""
    now = desk.shop.clock.now()
    reports: tuple[Report, ...] = tuple(
        a_report(status, now + timedelta(hours=hour, days=-days_ago), heard_at=now, number=number)
        for hour, status in enumerate(statuses)
    )
    told = Told(number, is_known=True, reports=reports)
    units = desk.shop.units
    applied = apply_told([told], None, merchant=MERCHANT, units=units, now=now)
    follow_shipments([each.shipment.id for each in applied.moved], desk=desk.desk, now=now)
    (claim,) = desk.shop.units.of(MERCHANT).claims.values()
    return claim


def test_the_parcel_of_a_label_is_followed_from_when_it_is_bought(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    follow_label(LabelId("label1"), desk=desk.desk, now=desk.shop.clock.now())
    (parcel,) = parcels(desk)
    assert (parcel.belongs_to, parcel.number.number, parcel.number.carrier) == ("label1", NUMBER, "dhl")
    assert (parcel.origin, parcel.destination) == (claim.country, HOME.address.country)
    assert parcel.asking.next_at == desk.shop.clock.now()


def test_the_first_scan_proves_that_they_were_sent_and_starts_the_refund(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    announced = heard(desk, _S.INFO_RECEIVED)
    assert announced.withdrawal is _W.AWAITING_GOODS, "printing a label sends nothing"
    after = heard(desk, _S.INFO_RECEIVED, _S.IN_TRANSIT)
    assert {line.leg for line in after.lines} == {_R.IN_TRANSIT}
    assert (after.withdrawal, len(after.refunds)) == (_W.REFUND_DUE, 1)
    assert {line.sent_at for line in after.lines} == {desk.shop.clock.now()}


def test_a_first_scan_whose_job_was_lost_is_made_up_for_at_night(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    now, units = desk.shop.clock.now(), desk.shop.units
    told = Told(NUMBER, is_known=True, reports=(a_report(_S.IN_TRANSIT, now, heard_at=now),))
    apply_told([told], None, merchant=MERCHANT, units=units, now=now)
    units.of(MERCHANT).effects.clear()
    (parcel,) = parcels(desk)
    assert catch_up_arrivals(merchant=MERCHANT, units=units, now=now) == 1
    assert FollowShipments(MERCHANT, (parcel.id,)) in units.effects(MERCHANT)
    follow_shipments([parcel.id], desk=desk.desk, now=now)
    assert catch_up_arrivals(merchant=MERCHANT, units=units, now=now) == 0


def test_the_money_waits_for_goods_in_another_parcel(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1)
    assert heard(desk, _S.IN_TRANSIT).withdrawal is _W.AWAITING_GOODS


def test_arrived_by_the_carriers_word_is_not_received(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    after = heard(desk, _S.IN_TRANSIT, _S.DELIVERED)
    assert {line.leg for line in after.lines} == {_R.DELIVERED}


def test_at_a_hub_they_are_when_the_hub_says_so(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2, to=HUB)
    assert {line.leg for line in heard(desk, _S.IN_TRANSIT, _S.DELIVERED).lines} == {_R.IN_TRANSIT}


@pytest.mark.parametrize(
    ("status", "leg"), [(_S.CUSTOMS, _R.HELD), (_S.LOST, _R.LOST), (_S.RETURNING, _R.HELD), (_S.EXCEPTION, _R.HELD)]
)
def test_what_goes_wrong_on_the_way_is_known_and_frees_the_money(
    desk: ClaimDesk, claim: Claim, status: DeliveryStatus, leg: ReturnState
) -> None:
    labelled(desk, claim, 1, 2)
    after = heard(desk, _S.IN_TRANSIT, status)
    assert {line.leg for line in after.lines} == {leg}
    assert after.withdrawal is _W.REFUND_DUE, "the risk of the way back is not the shopper's once it was sent"


def test_the_number_a_shopper_gives_is_followed_and_taken_back_with_it(desk: ClaimDesk, claim: Claim) -> None:
    sent(desk, claim, 1, 2, tracking="1Z-999-AA1-0123-4567-84")
    (parcel,) = parcels(desk)
    assert (parcel.number.number, parcel.number.carrier, parcel.is_void) == (OTHER, "ups", False)
    after = heard(desk, _S.IN_TRANSIT, _S.DELIVERED, number=OTHER)
    assert {line.leg for line in after.lines} == {_R.DELIVERED}
    sent(desk, claim, 1, 2, tracking=NUMBER)
    assert {each.number.number: each.is_void for each in parcels(desk)} == {OTHER: True, NUMBER: False}


def test_a_shopper_who_gives_the_labels_number_makes_no_second_parcel(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    sent(desk, claim, 1, 2, tracking=NUMBER)
    assert len(parcels(desk)) == 1
    assert {line.leg for line in heard(desk, _S.IN_TRANSIT).lines} == {_R.IN_TRANSIT}


def test_scans_of_before_there_was_a_label_or_a_claim_send_nothing_back(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1)
    sent(desk, claim, 2, tracking=OTHER)
    before = desk.now(claim)
    heard(desk, _S.IN_TRANSIT, _S.DELIVERED, days_ago=20)
    after = heard(desk, _S.IN_TRANSIT, _S.DELIVERED, number=OTHER, days_ago=20)
    assert [line.leg for line in after.lines] == [line.leg for line in before.lines]
    assert after.withdrawal is before.withdrawal


def test_the_number_the_goods_came_under_is_none_they_go_back_under(desk: ClaimDesk, claim: Claim) -> None:
    came = a_shipment("outbound", order=claim.order, shop=claim.shop)
    with desk.shop.units(MERCHANT) as unit:
        unit.shipments.save([came])
        unit.commit()
    sent(desk, claim, 1, 2, tracking=NUMBER)
    assert parcels(desk) == []


def test_hearing_it_again_tells_the_claim_nothing_new(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    once = heard(desk, _S.IN_TRANSIT)
    (parcel,) = parcels(desk)
    assert follow_shipments([parcel.id], desk=desk.desk, now=desk.shop.clock.now()) == "followed_0"
    assert desk.now(claim).version == once.version


@pytest.mark.parametrize(("scans", "is_void"), [((), True), ((_S.INFO_RECEIVED,), True), ((_S.IN_TRANSIT,), False)])
def test_the_parcel_of_a_label_nobody_sends_by_is_followed_no_more(
    desk: ClaimDesk, claim: Claim, scans: tuple[DeliveryStatus, ...], *, is_void: bool
) -> None:
    labelled(desk, claim, 1, 2)
    heard(desk, *scans)
    with desk.shop.units(MERCHANT) as unit:
        stop_following(unit.labels.of_claim(claim.id), unit)
        unit.commit()
    (parcel,) = parcels(desk)
    assert (parcel.is_void, parcel.asking.next_at is None) == (is_void, is_void)


def test_the_parcel_of_a_claim_that_was_called_off_is_followed_no_more(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim, 1, 2)
    call_off(claim.id, desk=desk.desk, now=desk.shop.clock.now())
    assert [each.is_void for each in parcels(desk)] == [True]
