"""An order under somebody else's address, a gift or an office: it tells and forgets nothing else of theirs."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from integrations.files.local import LocalFiles
from plugin.domain.app_events import ErasureAsked
from plugin.domain.data_request import DataRequest, RequestState, Sought
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, MerchantId, OrderId, RefundId
from plugin.domain.order import OrderRef
from plugin.storage import Storage
from plugin.usecases.apply_app_event import apply_message
from plugin.usecases.person_data.reach import orders_in
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds
from tests.storage.person_data import HERE, IDA, MAX, PIECES, Counter, Kept, keep


@pytest.fixture
def counter(storage: Storage, tmp_path: Path) -> Counter:
    """Ida is customer 7; she gave a present under the address of Max, customer 8, who ordered something too."""
    files = LocalFiles(tmp_path / "files")
    for whose in (Kept("idahere", IDA), Kept("maxgift", MAX, customer="7"), Kept("maxhere", MAX, customer="8")):
        keep(whose, storage, files)
    return Counter(storage, files, FakeIds())


def ref(counter: Counter, order: str) -> OrderRef:
    with counter.storage.units.read(MERCHANT) as unit:
        return unit.orders.get(OrderId(order)).order.ref


def numbers(counter: Counter, request: DataRequest) -> list[str]:
    """Of the orders in its file."""
    data = json.loads(counter.archive(request.id)["data.json"])
    return [order["order"]["number"] for order in data["orders"]]


def redact(counter: Counter, *orders: str, email: str | None = IDA, now: datetime = NOW) -> str:
    event = ErasureAsked(email, tuple(ref(counter, order) for order in orders))
    with counter.storage.units(MERCHANT) as unit:
        became = str(apply_message([event], unit.shops.get(HERE), unit, FakeIds(), now))
        unit.commit()
    return became


def is_erased(counter: Counter) -> dict[str, bool]:
    with counter.storage.units.read(MERCHANT) as unit:
        return {stored.id[6:]: stored.order.shopper.is_erased for stored in unit.orders.batch(HERE, None, 10)}


@pytest.mark.parametrize("listed", [(), ("order-idahere", "order-maxgift")])
def test_a_gift_is_told_of_and_nothing_else_of_whose_address_it_is(counter: Counter, listed: tuple[str, ...]) -> None:
    counter.ask(Sought(IDA, "7", tuple(ref(counter, order) for order in listed)))
    packed = [counter.archive(each.id) for each in counter.requests()]
    everything = b"\n".join(content for each in packed for content in each.values())
    assert len(packed) == 2
    assert b"number-maxgift" in everything
    assert b"wallet-idahere" in everything
    pieces = (*PIECES, "number", "subject")
    assert [piece for piece in pieces if f"{piece}-maxhere".encode() in everything] == []
    assert [word for word in (b"reason-maxgift", b"subject-maxgift") if word in everything] == []  # sent to Max, by Max


def test_what_a_file_holds_is_known_until_it_is_gone(counter: Counter) -> None:
    counter.ask(Sought(IDA, "7", (ref(counter, "order-maxgift"),)))
    for request in counter.requests():
        with counter.storage.units(MERCHANT) as unit:
            unit.data_requests.save(request.handed_over(unit.staff.all()[0].id, NOW))
            unit.commit()
    handed = counter.requests()
    with counter.storage.units.read(MERCHANT) as unit:
        held = sorted(orders_in(each, unit) for each in handed)
    assert held == [["order-idahere"], ["order-maxgift"]]
    assert [each.sought for each in handed if each.sought and each.sought != Sought(only=each.sought.only)] == []
    assert sorted(number for each in handed for number in numbers(counter, each)) == [
        "number-idahere",
        "number-maxgift",
    ]


def test_an_address_all_of_whose_orders_are_the_customers_is_theirs(counter: Counter) -> None:
    keep(Kept("idawork", "ida@work.example", customer="7"), counter.storage, counter.files)
    counter.ask(Sought(None, "7", (ref(counter, "order-idawork"),)))
    (request,) = counter.requests()
    assert b"reason-idawork" in counter.archive(request.id)["data.json"]


def test_forgetting_a_customer_forgets_the_gift_and_leaves_whose_address_it_was(counter: Counter) -> None:
    assert redact(counter, "order-idahere", "order-maxgift") == "stored"
    assert is_erased(counter) == {"idahere": True, "maxgift": True, "maxhere": False}
    with counter.storage.units.read(MERCHANT) as unit:
        assert unit.people.find(MAX)
        assert unit.refunds.payee(RefundId("refund-maxgift")) is None
        assert unit.refunds.payee(RefundId("refund-maxhere"))
        assert [each.stored for each in unit.evidence.of_claim(ClaimId("claim-maxgift")) if each.stored] == []
        assert [each.id for each in unit.evidence.of_claim(ClaimId("claim-maxhere"))] == ["evidence-maxhere"]
        assert [entry.words for entry in unit.claims.record(ClaimId("claim-maxgift")) if entry.words] == []
        assert [entry.words for entry in unit.claims.record(ClaimId("claim-maxhere")) if entry.words] != []
        assert unit.claim_drafts.open(OrderId("order-maxgift")) is None
        assert [mail.subject for mail in unit.personal_records.mails(MAX)] == ["subject-maxgift", "subject-maxhere"]
    assert redact(counter, "order-idahere", "order-maxgift") == "unchanged"


def test_a_forgotten_order_stays_so_whatever_its_platform_repeats(counter: Counter) -> None:
    with counter.storage.units.read(MERCHANT) as unit:
        told = unit.orders.get(OrderId("order-maxgift")).order
    redact(counter, "order-maxgift")
    with counter.storage.units(MERCHANT) as unit:
        unit.orders.save([replace(unit.orders.get(OrderId("order-maxgift")), order=told)])
        unit.commit()
    assert is_erased(counter)["maxgift"]


def test_whoever_has_only_orders_that_are_named_is_forgotten(counter: Counter) -> None:
    redact(counter, "order-maxgift", "order-maxhere", email=None)
    assert is_erased(counter) == {"idahere": False, "maxgift": True, "maxhere": True}
    with counter.storage.units.read(MERCHANT) as unit:
        assert unit.people.find(MAX) is None
        assert unit.personal_records.mails(MAX) == []


def test_a_copy_that_has_the_forgotten_order_goes_too(counter: Counter) -> None:
    asked = counter.ask(Sought(MAX))
    redact(counter, "order-maxgift")
    assert [each.state for each in counter.requests() if each.id == asked] == [RequestState.GONE]


def test_a_restored_backup_does_not_bring_a_forgotten_order_back(counter: Counter) -> None:
    connection = counter.storage.engine
    with connection.begin() as before:
        kept = before.exec_driver_sql("SELECT person_id, personal FROM orders WHERE id = 'order-maxgift'").one()
    redact(counter, "order-maxgift", email=None)
    assert counter.storage.replay_erasures() == 0
    with connection.begin() as restored:
        whose = text("UPDATE orders SET person_id = :person_id, personal = :personal WHERE id = 'order-maxgift'")
        restored.execute(whose, dict(kept._mapping))
        restored.exec_driver_sql("DELETE FROM people WHERE id = 'order-maxgift'")
    assert counter.storage.replay_erasures() == 1
    assert is_erased(counter) == {"idahere": False, "maxgift": True, "maxhere": False}
    assert counter.storage.replay_erasures() == 0


def test_nobody_elses_order_is_forgotten(counter: Counter) -> None:
    with counter.storage.units(MerchantId("rival")) as unit, pytest.raises(NotFound):
        unit.people.forget_order(OrderId("order-maxgift"), NOW)
