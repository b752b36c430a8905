"""Labels from the first asking to the sweep: bought once, parked where a merchant sees it, issued anew in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugin.domain.effects import IssueLabel
from plugin.domain.ids import LabelId
from plugin.domain.order import DeliveryStatus
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.policy.terms import MethodKind
from plugin.domain.returning.account import Carrying
from plugin.domain.returning.label import Label, LabelSource, LabelState
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.errors import Rejected, Unavailable
from plugin.usecases.close_labels import close_labels
from plugin.usecases.erase_person import erase_person
from plugin.usecases.retry_label import retry_label
from plugin.usecases.sweep_labels import sweep_labels
from tests.build import MERCHANT, NOW
from tests.support.label_desk import LABEL, LabelDesk
from tests.support.returning import CLAIM, HOME, HUB
from tests.support.shipments import a_report, a_shipment

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> LabelDesk:
    return LabelDesk()


def close(desk: LabelDesk) -> tuple[Label, ...]:
    with desk.units(MERCHANT) as unit:
        closed = close_labels(CLAIM, unit=unit, now=desk.now)
        unit.commit()
    return closed


def retry(desk: LabelDesk, label: Label, grams: int | None = None) -> Label:
    return retry_label(label.id, grams=grams, merchant=MERCHANT, units=desk.units, now=desk.now)


def sweep(desk: LabelDesk) -> int:
    return sweep_labels(merchant=MERCHANT, units=desk.units, files=desk.files, now=desk.now)


def test_a_prepaid_label_is_queued_bought_sealed_and_kept(desk: LabelDesk) -> None:
    label = desk.request()
    assert desk.units.effects(MERCHANT) == [IssueLabel(MERCHANT, label.id)]
    assert desk.issue(label) == "issued"
    there = desk.got(label)
    assert (there.source, there.carriage) == (LabelSource.PROVIDER, desk.provider.carriage)
    assert there.valid_until == NOW + 10 * DAY
    assert desk.read(label) == LABEL
    assert there.file
    assert list(desk.files.objects) == [there.file.object]


def test_the_provider_is_asked_for_what_the_parcel_is(desk: LabelDesk) -> None:
    desk.issue(desk.request())
    (asked,) = desk.provider.asked
    assert (asked.order_number, asked.claim_number, asked.grams) == ("1001", "R-10042", 900)
    assert asked.sender.postcode == "10119"
    assert asked.to_parts.city == "Flensburg"
    assert asked.carrying == Carrying("DE", "dpd:return/return", 77)
    assert not asked.crosses_a_border


def test_asking_twice_gives_the_same_label(desk: LabelDesk) -> None:
    first = desk.request()
    assert desk.request() == first
    desk.issue(first)
    assert desk.request().id == first.id
    assert desk.request(to=HUB).id != first.id


def test_a_job_that_runs_twice_buys_once(desk: LabelDesk) -> None:
    label = desk.request()
    assert [desk.issue(label), desk.issue(label)] == ["issued", "issued"]
    assert len(desk.provider.asked) == 1


def test_a_way_of_the_shoppers_own_gets_an_address_slip_at_once(desk: LabelDesk) -> None:
    label = desk.request(MethodKind.OWN_CARRIER)
    assert (label.source, label.state, label.file) == (LabelSource.ADDRESS, LabelState.ISSUED, None)
    assert desk.units.effects(MERCHANT) == []
    assert desk.tick(3650 * DAY) == (0, 0)


def test_a_label_for_later_is_bought_later(desk: LabelDesk) -> None:
    label = desk.request(not_before=NOW + DAY)
    assert desk.units.effects(MERCHANT) == []
    assert desk.issue(label) == "waiting"
    assert desk.tick(DAY) == (0, 1)
    assert desk.issue(label) == "issued"


def test_nobodys_answer_is_waited_for_and_asked_for_again_with_the_same_key(desk: LabelDesk) -> None:
    desk.provider.mishaps.append((Unavailable("provider_unavailable"), True))
    label = desk.request()
    assert desk.issue(label) == "requested"
    assert desk.issue(label) == "waiting"
    assert desk.tick(timedelta(minutes=1)) == (0, 1)
    assert desk.issue(label) == "issued"
    first, second = desk.provider.asked
    assert first.key == second.key
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert len(desk.provider.sold) == 1


def test_a_provider_that_says_when_is_left_alone_until_then(desk: LabelDesk) -> None:
    desk.provider.mishaps.append((Unavailable("provider_unavailable", 3600), False))
    label = desk.request()
    desk.issue(label)
    assert desk.got(label).due_at == NOW + timedelta(hours=1)


def test_after_nine_attempts_a_person_is_asked(desk: LabelDesk) -> None:
    label = desk.request()
    for _ in range(9):
        desk.provider.mishaps.append((Unavailable("provider_unreachable"), False))
        desk.issue(label)
        desk.now += timedelta(hours=2)
    parked = desk.got(label)
    assert (parked.state, parked.code, parked.attempts) == (LabelState.FAILED, "provider_unreachable", 9)
    with desk.units.read(MERCHANT) as unit:
        assert [each.id for each in unit.labels.waiting(10)] == [label.id]
    assert retry(desk, parked).state is LabelState.REQUESTED
    assert desk.issue(label) == "issued"


def test_attempts_that_all_end_in_what_nobody_foresaw_are_parked_too(desk: LabelDesk) -> None:
    label = desk.request()
    for _ in range(9):
        desk.provider.mishaps.append((RuntimeError("an answer like no other"), False))
        with pytest.raises(RuntimeError):
            desk.issue(label)
        desk.now += timedelta(minutes=10)
    assert desk.issue(label) == "failed"
    assert desk.got(label).code == "unexpected"
    assert desk.provider.sold == {}


def test_a_refusal_is_parked_at_once_with_the_providers_words(desk: LabelDesk) -> None:
    desk.provider.mishaps.append((Rejected("provider_refused", detail="weight: too heavy"), False))
    label = desk.request()
    assert desk.issue(label) == "failed"
    parked = desk.got(label)
    assert (parked.code, parked.detail, parked.attempts) == ("provider_refused", "weight: too heavy", 1)
    retry(desk, parked, grams=400)
    assert desk.issue(label) == "issued"
    assert desk.provider.asked[-1].grams == 400


def test_what_cannot_be_asked_is_parked_before_anything_leaves(desk: LabelDesk) -> None:
    nowhere = ReturnAddress("x", "Nordkap", Address(("Flensburg",), "DE"))
    for label, code in (
        (desk.request(grams=None), "weight_unknown"),
        (desk.request(to=nowhere), "return_address_unread"),
    ):
        assert desk.issue(label) == "failed"
        assert desk.got(label).code == code
    erase_person("ida@example.com", merchant=MERCHANT, units=desk.units, now=NOW)
    label = desk.request(to=HUB)
    assert desk.issue(label) == "failed"
    assert desk.got(label).code == "sender_unknown"
    assert desk.provider.asked == []


@pytest.mark.parametrize("is_after", [False, True])
def test_a_worker_that_dies_at_the_provider_leaves_one_label_and_one_sale(desk: LabelDesk, *, is_after: bool) -> None:
    desk.provider.mishaps.append((RuntimeError("killed"), is_after))
    label = desk.request()
    with pytest.raises(RuntimeError):
        desk.issue(label)
    assert desk.issue(label) == "waiting"
    assert desk.tick(timedelta(minutes=10)) == (0, 1)
    assert desk.issue(label) == "issued"
    assert len(desk.provider.sold) == 1
    assert desk.read(label) == LABEL


def test_a_worker_that_dies_after_storing_the_file_leaves_one_label_and_one_sale(desk: LabelDesk) -> None:
    label = desk.request()
    put = desk.files.put

    def put_and_die(name: str, content: object) -> None:
        put(name, content)  # type: ignore[arg-type]  # passed on
        raise RuntimeError("killed")

    desk.files = _Dying(desk.files, put_and_die)  # type: ignore[assignment]  # the same port
    with pytest.raises(RuntimeError):
        desk.issue(label)
    desk.files = desk.files.inner  # type: ignore[attr-defined]  # the one that lives
    desk.tick(timedelta(minutes=10))
    assert desk.issue(label) == "issued"
    assert len(desk.provider.sold) == 1
    assert len(desk.files.objects) == 2
    close(desk)
    desk.now += 91 * DAY
    assert sweep(desk) == 1
    assert desk.files.objects == {}


class _Dying:
    def __init__(self, inner: object, put: object) -> None:
        self.inner, self.put = inner, put


def test_a_label_that_ran_out_is_bought_anew_while_the_shopper_may_still_send(desk: LabelDesk) -> None:
    label = desk.request()
    desk.issue(label)
    assert desk.tick(9 * DAY) == (0, 0)
    assert desk.tick(DAY)[0] == 1
    old, new = desk.all()
    assert (old.state, new.state, new.replaces) == (LabelState.EXPIRED, LabelState.REQUESTED, old.id)
    assert desk.units.effects(MERCHANT)[-1] == IssueLabel(MERCHANT, new.id)
    assert desk.issue(new) == "issued"
    assert len(desk.provider.sold) == 2
    assert desk.tick(timedelta()) == (0, 0)


@pytest.mark.parametrize("was_handed_over", [False, True])
def test_the_parcel_of_a_label_that_ran_out_is_followed_only_if_a_carrier_has_it(
    desk: LabelDesk, *, was_handed_over: bool
) -> None:
    label = desk.request()
    desk.issue(label)
    scans = (a_report(DeliveryStatus.IN_TRANSIT, NOW),) if was_handed_over else ()
    back = a_shipment(order=label.order, purpose=Purpose.RETURN, belongs_to=label.id).with_reports(scans)
    with desk.units(MERCHANT) as unit:
        unit.shipments.save([back])
        unit.commit()
    desk.tick(10 * DAY)
    with desk.units.read(MERCHANT) as unit:
        after = unit.shipments.get(back.id)
    assert (after.is_void, after.asking.next_at is None) == (not was_handed_over, not was_handed_over)


def test_after_the_shoppers_time_nothing_is_bought(desk: LabelDesk) -> None:
    desk.issue(desk.request(wanted_until=NOW + 10 * DAY))
    assert desk.tick(10 * DAY) == (1, 0)
    assert [label.state for label in desk.all()] == [LabelState.EXPIRED]


def test_a_handed_over_parcel_gets_no_new_label(desk: LabelDesk) -> None:
    desk.issue(desk.request())
    assert len(close(desk)) == 1
    assert close(desk) == ()
    assert desk.tick(3650 * DAY) == (0, 0)


def test_a_label_closed_while_it_was_bought_stays_closed_and_leaves_no_file(desk: LabelDesk) -> None:
    label = desk.request()
    buy = desk.provider.buy

    class _Slow:
        def buy(self, wanted: object) -> object:
            close(desk)
            return buy(wanted)  # type: ignore[arg-type]  # passed on

    desk.provider = _Slow()  # type: ignore[assignment]  # the same port
    assert desk.issue(label) == "moved_on"
    assert desk.got(label).state is LabelState.CLOSED
    assert desk.files.objects == {}


def test_files_of_erased_people_go_with_the_next_sweep(desk: LabelDesk) -> None:
    label = desk.request()
    desk.issue(label)
    erase_person("ida@example.com", merchant=MERCHANT, units=desk.units, now=NOW)
    assert sweep(desk) == 1
    assert desk.files.objects == {}
    assert desk.got(LabelId(label.id)).to == HOME
    assert sweep(desk) == 0
