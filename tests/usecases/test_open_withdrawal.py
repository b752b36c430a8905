"""A withdrawal whose sender is known is carried out: a claim as of its instant, that takes the law's course."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import WithdrawalMoved
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.declaration import Declaration, Picked, Proof, Statement
from plugin.domain.effects import OpenWithdrawal
from plugin.domain.ids import ClaimId, DeclarationId, LineId, OrderId, StaffId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Order
from plugin.domain.policy.decision import Ground
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.open_withdrawal import has_left, open_withdrawal, queue_unopened
from plugin.usecases.read_declaration import NothingRead, read_declaration
from tests.build import (
    DELIVERED,
    MERCHANT,
    NOW,
    PLACED,
    a_fulfilment,
    a_line,
    a_market,
    a_policy,
    a_shop,
    a_stored_order,
    an_event,
    an_order,
)
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.support.kill_points import Died, Fate, WatchedUnits

DAY = timedelta(days=1)
IN_TIME = DELIVERED + 5 * DAY
SAID = Statement("Ida Holm", "1001", "ida@example.com")
AGENT = StaffMember(StaffId("agent"), "kaja@nordkap.example", Role.AGENT, "de", PLACED)
LINES = (a_line("11", quantity=3), a_line("12", title="Tent peg"))
ARRIVED = a_fulfilment(events=(an_event(DELIVERED),))


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def desk(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets, law: Law) -> Desk:
    with units(MERCHANT) as unit:
        unit.policies.add(replace(a_policy(), effective_from=PLACED - 30 * DAY))
        unit.commit()
    return Desk(MERCHANT, units, ids, secrets, law)


def keep(
    units: FakeUnits, bought: Order | None = None, *, at: datetime = IN_TIME, policy: str = "v1", **facts: object
) -> DeclarationId:
    """Put an order and a declaration about it on record; proven unless told otherwise."""
    known = {"order": OrderId("order1"), "proof": Proof.MAIL_EQUALS_ORDER, "proven_at": at} | facts
    declared = Declaration(DeclarationId("declared1"), a_shop().id, SAID, at, "Europe/Berlin", "de", "DE")
    with units(MERCHANT) as unit:
        order = bought or an_order(lines=LINES, fulfilments=(ARRIVED,))
        unit.orders.save([a_stored_order(order, policy_version=policy)])
        unit.declarations.add(replace(declared, **known), form="form1", caller="")  # type: ignore[arg-type]  # its fields
        unit.commit()
    return declared.id


def claim_of(units: FakeUnits) -> Claim:
    with units.read(MERCHANT) as unit:
        return read_claim(ClaimId("declared1"), unit)


def test_the_whole_order_is_withdrawn_from_as_of_the_instant_it_was_declared(desk: Desk, units: FakeUnits) -> None:
    found = keep(units)
    assert open_withdrawal(found, desk=desk, now=NOW) == "awaiting_goods"
    claim = claim_of(units)
    assert claim.track is ClaimTrack.WITHDRAWAL
    assert claim.is_proven
    assert [(line.order_line, line.quantity) for line in claim.lines] == [("11", 3), ("12", 1)]


def test_carried_out_again_it_stays_one_claim(desk: Desk, units: FakeUnits) -> None:
    found = keep(units)
    open_withdrawal(found, desk=desk, now=NOW)
    before = claim_of(units)
    assert open_withdrawal(found, desk=desk, now=NOW) == "opened_before"
    assert claim_of(units) == before


def test_units_that_were_picked_are_the_claim(desk: Desk, units: FakeUnits) -> None:
    found = keep(units, statement=replace(SAID, picked=(Picked(LineId("11"), 2, "Tent lantern"),)))
    open_withdrawal(found, desk=desk, now=NOW)
    assert [(line.order_line, line.quantity) for line in claim_of(units).lines] == [("11", 2)]


def test_goods_that_never_left_are_not_awaited_and_the_refund_is_due(desk: Desk, units: FakeUnits) -> None:
    found = keep(units, an_order(lines=LINES))
    assert open_withdrawal(found, desk=desk, now=NOW) in {"refund_due", "refunded"}


def test_one_that_came_late_by_our_reckoning_is_looked_at_and_not_refused(desk: Desk, units: FakeUnits) -> None:
    found = keep(units, at=DELIVERED + 60 * DAY)
    assert open_withdrawal(found, desk=desk, now=DELIVERED + 61 * DAY) == WithdrawalState.LATE.value


def test_one_of_a_form_that_does_not_say_when_it_came_is_not_called_late(desk: Desk, units: FakeUnits) -> None:
    found = keep(units, at=DELIVERED + 60 * DAY, statement=replace(SAID, is_told_elsewhere=True))
    read_declaration(found, {LineId("11"): 1}, merchant=MERCHANT, by=AGENT, units=units)
    assert open_withdrawal(found, desk=desk, now=DELIVERED + 61 * DAY) == WithdrawalState.ACKNOWLEDGED.value


def test_a_late_one_becomes_the_return_of_the_shops_longer_window_and_the_record_says_both(
    desk: Desk, units: FakeUnits
) -> None:
    with units(MERCHANT) as unit:
        market = a_market("DE", frozenset({"DE"}), return_days=60)
        unit.policies.add(a_policy("v2", markets=(market,), effective_from=PLACED - 20 * DAY))
        unit.commit()
    found = keep(units, at=DELIVERED + 40 * DAY, policy="v2")
    assert open_withdrawal(found, desk=desk, now=DELIVERED + 40 * DAY) == "awaiting_goods"
    with units.read(MERCHANT) as unit:
        events = [entry.event for entry in unit.claims.record(ClaimId("declared1"))]
    moves = [event.to for event in events if isinstance(event, WithdrawalMoved)]
    assert moves[-2:] == [WithdrawalState.LATE, WithdrawalState.AWAITING_GOODS]
    assert {line.judged.ground for line in claim_of(units).lines} == {Ground.SHOP_RETURN}


def test_sent_in_time_and_proven_late_it_is_in_time(desk: Desk, units: FakeUnits) -> None:
    found = keep(units)
    assert open_withdrawal(found, desk=desk, now=DELIVERED + 60 * DAY) == "awaiting_goods"


@pytest.mark.parametrize("facts", [{"order": None}, {"proof": Proof.NONE}, {"statement": replace(SAID, part="A lamp")}])
def test_nothing_happens_while_something_is_not_known(desk: Desk, units: FakeUnits, facts: dict[str, object]) -> None:
    found = keep(units, **facts)  # type: ignore[arg-type]  # fields of it
    assert open_withdrawal(found, desk=desk, now=NOW) == "waiting"


def test_a_part_that_was_typed_is_read_by_a_person_first(desk: Desk, units: FakeUnits) -> None:
    found = keep(units, statement=replace(SAID, part="One lamp"))
    with pytest.raises(NothingRead):
        read_declaration(found, {LineId("11"): 0}, merchant=MERCHANT, by=AGENT, units=units)
    read_declaration(found, {LineId("11"): 1, LineId("99"): 5}, merchant=MERCHANT, by=AGENT, units=units)
    assert units.effects(MERCHANT) == [OpenWithdrawal(MERCHANT, found)]
    open_withdrawal(found, desk=desk, now=NOW)
    assert [(line.order_line, line.quantity) for line in claim_of(units).lines] == [("11", 1)]


def test_one_whose_job_was_lost_is_queued_again_until_it_has_a_claim(desk: Desk, units: FakeUnits) -> None:
    found = keep(units)
    again = {"merchant": MERCHANT, "units": units}
    assert queue_unopened(now=IN_TIME + timedelta(minutes=5), **again) == 0  # type: ignore[arg-type]  # ports
    assert queue_unopened(now=IN_TIME + timedelta(minutes=11), **again) == 1  # type: ignore[arg-type]  # ports
    assert units.effects(MERCHANT) == [OpenWithdrawal(MERCHANT, found)]
    open_withdrawal(found, desk=desk, now=NOW)
    assert queue_unopened(now=NOW, **again) == 0  # type: ignore[arg-type]  # ports


@pytest.mark.parametrize("is_after", [False, True])
def test_who_dies_in_the_opening_leaves_all_of_it_or_nothing_and_the_sweep_goes_on(
    desk: Desk, units: FakeUnits, *, is_after: bool
) -> None:
    found, fate = keep(units), Fate((0, is_after), counts=True)
    with pytest.raises(Died):
        open_withdrawal(found, desk=replace(desk, units=WatchedUnits(units, fate)), now=NOW)
    assert (ClaimId(found) in units.of(MERCHANT).claims) == is_after
    assert queue_unopened(merchant=MERCHANT, units=units, now=NOW) == (not is_after)
    open_withdrawal(found, desk=desk, now=NOW)
    assert claim_of(units).withdrawal is WithdrawalState.AWAITING_GOODS
    assert queue_unopened(merchant=MERCHANT, units=units, now=NOW) == 0


def test_what_has_left_is_known_by_line_or_by_the_whole_order() -> None:
    assert not has_left(an_order(lines=LINES), [LineId("11")])
    assert has_left(an_order(lines=LINES, fulfilments=(ARRIVED,)), [LineId("11")])
