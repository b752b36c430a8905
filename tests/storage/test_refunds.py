"""Refunds on record: compare-and-swap, one platform refund for one of ours, and never beyond what was captured."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import select

from plugin.domain.capabilities import Capabilities
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, RefundId
from plugin.domain.order import Order, Refund
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.payee import BankAccount, Payee, Wallet
from plugin.domain.refund.request import NotRefundable
from plugin.domain.times import Moment, Source
from plugin.ports.platform_actions import ActionsOf, RefundReceipt
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import refund_intents
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.settle_refunds import Reported, settle_refunds
from tests.build import MERCHANT, NOW, a_stored_order
from tests.fakes.sources import FakeIds
from tests.support.refunds import ORDER, an_intent, line, of, plain_order, returned

SOLD = plain_order(line("11", 4, 4000, 760))
ACCOUNT = BankAccount.parse("Ida Holm", "DE89 3704 0044 0532 0130 00")
REFUND = RefundId("refund1")


@pytest.fixture(autouse=True)
def _order(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(SOLD)])
        unit.commit()


def save(units: Units, *intents: RefundIntent) -> None:
    with units(MERCHANT) as unit:
        unit.refunds.save(intents)
        unit.commit()


def get(units: Units, refund: str = "refund1") -> RefundIntent:
    with units.read(MERCHANT) as unit:
        return unit.refunds.get(RefundId(refund))


def an_own(refund_id: str = "refund1", **facts: object) -> RefundIntent:
    return replace(an_intent(quote(returned(of("11")), SOLD), refund_id), **facts)  # type: ignore[arg-type]  # its fields


def test_a_refund_comes_back_as_it_was_saved(units: Units) -> None:
    tried = an_own(due_at=NOW).attempted(NOW, NOW + timedelta(minutes=10))
    save(units, tried)
    assert get(units) == replace(tried, version=1)


def test_saving_compares_the_version_and_saves_all_or_nothing(units: Units) -> None:
    save(units, an_own(), an_own("refund2"))
    first, second = get(units), get(units, "refund2")
    save(units, first.attempted(NOW, NOW))
    with pytest.raises(Conflict):
        save(units, second.attempted(NOW, NOW), first.failed("late", NOW))
    assert get(units, "refund2") == second
    with pytest.raises(Conflict):
        save(units, an_own())


def test_one_refund_of_the_platform_is_one_of_ours_at_most(units: Units) -> None:
    save(units, an_own(), an_own("refund2"))
    save(units, get(units).sent("77", NOW))
    with pytest.raises(Conflict):
        save(units, get(units, "refund2").sent("77", NOW))


def test_refunds_are_found_by_order_and_by_purpose_oldest_first(units: Units) -> None:
    save(
        units, an_own("refund2"), an_own("refund1", purpose="claim-2"), an_own("refund3", created_at=NOW + timedelta(1))
    )
    with units(MERCHANT) as unit:
        for found in (unit.refunds.hold(ORDER), unit.refunds.of([ORDER])):
            assert [intent.id for intent in found] == ["refund1", "refund2", "refund3"]
        assert [intent.id for intent in unit.refunds.for_purpose("claim-1")] == ["refund2", "refund3"]
        assert unit.refunds.of([]) == []


@pytest.mark.parametrize("read", ["get", "payee"])
def test_an_unknown_refund_or_order_is_not_found(units: Units, read: str) -> None:
    with units(MERCHANT) as unit:
        with pytest.raises(NotFound):
            getattr(unit.refunds, read)(RefundId("nowhere"))
        with pytest.raises(NotFound):
            unit.refunds.hold(OrderId("nowhere"))
        with pytest.raises(NotFound):
            unit.refunds.keep_payee(RefundId("nowhere"), ACCOUNT)


def test_what_is_due_is_told_longest_due_first(units: Units) -> None:
    save(
        units,
        an_own("refund1", due_at=NOW),
        an_own("refund2", due_at=NOW - timedelta(minutes=5)),
        an_own("refund3", due_at=NOW + timedelta(seconds=1)),
        an_own("refund4"),
    )
    with units.read(MERCHANT) as unit:
        assert unit.refunds.due(NOW, 10) == ["refund2", "refund1"]
        assert unit.refunds.due(NOW, 1) == ["refund2"]


@pytest.mark.parametrize(
    "payee", [ACCOUNT, Wallet.parse("Ida Holm", "M-Pesa", "+254 700 000 000")], ids=["bank", "wallet"]
)
def test_where_money_is_paid_to_comes_back_and_goes_with_the_person(units: Units, payee: Payee) -> None:
    save(units, an_own())
    with units(MERCHANT) as unit:
        assert unit.refunds.payee(REFUND) is None
        unit.refunds.keep_payee(REFUND, payee)
        unit.commit()
    save(units, get(units).attempted(NOW, NOW))
    with units(MERCHANT) as unit:
        assert unit.refunds.payee(REFUND) == payee
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    with units(MERCHANT) as unit:
        assert unit.refunds.payee(REFUND) is None
        with pytest.raises(NotFound):
            unit.refunds.keep_payee(REFUND, payee)


def _all(units: Units) -> Sequence[RefundIntent]:
    with units.read(MERCHANT) as unit:
        return unit.refunds.of([ORDER])


class TestRealDatabases:
    @pytest.fixture
    def units(self, storage: Storage) -> Units:
        return storage.units

    def test_an_account_is_nowhere_in_the_database_as_it_is(self, units: Units, storage: Storage) -> None:
        save(units, an_own())
        with units(MERCHANT) as unit:
            unit.refunds.keep_payee(REFUND, ACCOUNT)
            unit.commit()
        with storage.means.engines.read.connect() as connection:
            (row,) = connection.execute(select(refund_intents)).all()
        assert not [value for value in row if ACCOUNT.iban in str(value) or ACCOUNT.holder in str(value)]

    def test_two_workers_that_grant_at_once_never_grant_more_than_was_captured(self, units: Units) -> None:
        """Eight ask for two of four units each: two get them, and not a cent more is on its way."""
        start = threading.Barrier(8)

        def grant(number: int) -> bool:
            start.wait()
            with units(MERCHANT) as unit:
                known = unit.refunds.hold(ORDER)
                sold = unit.orders.get(ORDER).order
                try:
                    quoted = quote(returned(of("11", 2)), sold, known)
                except NotRefundable:
                    return False
                unit.refunds.save([an_intent(quoted, f"refund{number}")])
                unit.commit()
                return True

        with ThreadPoolExecutor(8) as pool:
            granted = list(pool.map(grant, range(8)))
        assert granted.count(True) == 2
        assert open_to_refund(SOLD, _all(units)).presentment.minor == 0

    def test_what_waits_for_a_person_is_listed_longest_first(self, units: Units, storage: Storage) -> None:
        waiting = an_own("refund1").awaits_shopper("cash_on_delivery", NOW + timedelta(minutes=1))
        first = an_own("refund6").awaits_shopper("cash_on_delivery", NOW)
        last = an_own("refund5").awaits_shopper("cash_on_delivery", NOW + timedelta(minutes=2))
        save(units, waiting, first, last, an_own("refund4").stopped(NOW), an_own("refund3"))
        save(units, an_own("refund2").failed("not_paid", NOW + timedelta(minutes=3)))
        (failed,) = storage.views.refunds_in(MERCHANT, RefundState.FAILED, 10)
        assert (failed.id, failed.code, failed.order_number) == ("refund2", "not_paid", "1001")
        assert failed.total == an_own().total.presentment
        found = storage.views.refunds_in(MERCHANT, RefundState.NEEDS_SHOPPER_DATA, 2)
        assert [row.id for row in found] == ["refund6", "refund1"]

    def test_two_workers_that_execute_at_once_ask_the_platform_once(self, units: Units) -> None:
        save(units, an_own(due_at=NOW))
        start, asked = threading.Barrier(4), list[str]()

        class Platform:
            def capabilities(self, _order: Order) -> Capabilities:
                start.wait()  # all four have read the refund as not attempted
                return Capabilities(refund_online=True)

            def refund(self, intent: RefundIntent, _order: Order, *, idempotency_key: str) -> RefundReceipt:
                assert intent.idempotency_key == idempotency_key
                asked.append(idempotency_key)
                return RefundReceipt("77", NOW)

        def execute(_number: int) -> str:
            actions = cast("ActionsOf", lambda _shop: Platform())
            return execute_refund(REFUND, merchant=MERCHANT, units=units, actions=actions, now=NOW)

        with ThreadPoolExecutor(4) as pool:
            ended = list(pool.map(execute, range(4)))
        assert len(asked) == 1
        assert sorted(ended) == ["sent", "waiting", "waiting", "waiting"]
        assert get(units).state is RefundState.SENT

    def test_a_report_saved_at_the_moment_of_the_answer_settles_the_refund(self, units: Units) -> None:
        """An attempt long ago made it, so the report alone does not tell whose it is, and the answer comes late."""
        before = NOW - timedelta(minutes=30)
        save(units, an_own(due_at=before).attempted(before, NOW))
        is_saved, is_over = threading.Event(), threading.Event()

        def report() -> None:
            with units(MERCHANT) as unit:
                known = unit.orders.get(ORDER)
                paid = Refund("77", Moment(before, Source.PLATFORM), an_own().total)
                after = replace(known, order=replace(known.order, refunds=(paid,)))
                unit.orders.save([after])
                settle_refunds([Reported(known, after)], unit, FakeIds())
                is_saved.set()
                is_over.wait(0.3)  # whoever answers now does not see the report yet
                unit.commit()

        class Platform:
            def capabilities(self, _order: Order) -> Capabilities:
                return Capabilities(refund_online=True)

            def refund(self, _intent: RefundIntent, _order: Order, **_key: str) -> RefundReceipt:
                pool.submit(report)
                assert is_saved.wait(10)
                return RefundReceipt("77", before)

        with ThreadPoolExecutor(1) as pool:
            actions = cast("ActionsOf", lambda _shop: Platform())
            execute_refund(REFUND, merchant=MERCHANT, units=units, actions=actions, now=NOW)
            is_over.set()
        assert get(units).state is RefundState.SETTLED
