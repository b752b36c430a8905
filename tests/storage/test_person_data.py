"""All that is kept about somebody: whole, and nobody else's, on either database; gone with them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from integrations.files.local import LocalFiles
from plugin.documents.person_package import pack_person
from plugin.domain.data_request import RequestState, Sought, UnknownDataRequest
from plugin.domain.ids import MerchantId, OrderId, StaffId
from plugin.domain.person_file import PersonFile
from plugin.domain.shop import Merchant
from plugin.ports.person_package import Attached
from plugin.storage import Storage
from plugin.usecases.erase_person import erase_person
from plugin.usecases.person_data.hand_over import hand_over, sweep_data_requests
from tests.build import MERCHANT, NOW, a_shop, a_shopper
from tests.fakes.sources import FakeIds
from tests.storage.person_data import ELSEWHERE, IDA, MAX, PIECES, STAFF, Counter, Kept, keep

RIVAL = MerchantId("rival")
DAY = timedelta(days=1)


@pytest.fixture
def counter(storage: Storage, tmp_path: Path) -> Counter:
    """A shop with two shoppers, one of whom buys in another of its shops and from another merchant as well."""
    files = LocalFiles(tmp_path / "files")
    with storage.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Elsewhere"))
        unit.commit()
    with storage.units(RIVAL) as unit:
        unit.shops.add_merchant(Merchant(RIVAL, "Rival", NOW))
        unit.shops.add(rivals := a_shop("Rivals", merchant=RIVAL))
        unit.commit()
    for whose in (
        Kept("idahere", IDA),
        Kept("maxhere", MAX, customer="8"),
        Kept("idaelsewhere", IDA, ELSEWHERE),
        Kept("idarival", IDA, rivals.id, RIVAL),
    ):
        keep(whose, storage, files)
    return Counter(storage, files, FakeIds())


def test_it_is_all_of_theirs_and_nothing_of_anybody_elses(counter: Counter) -> None:
    packed = counter.archive(counter.ask(Sought(IDA)))
    everything = b"\n".join((*packed.values(), *(name.encode() for name in packed)))
    assert [piece for piece in PIECES if f"{piece}-idahere".encode() not in everything] == []
    assert [mark for mark in (b"maxhere", b"idaelsewhere", b"idarival", b"MAXHERE") if mark in everything] == []
    assert packed["files/evidence-idahere.jpg"] == b"evidence-idahere"
    assert set(packed) == {"data.json", "readable.html", "files/evidence-idahere.jpg"}


def test_it_reads_as_data_and_as_a_page_in_the_owners_language(counter: Counter) -> None:
    packed = counter.archive(counter.ask(Sought(IDA)))
    data, page = json.loads(packed["data.json"]), packed["readable.html"].decode()
    (order,), (claim,), (draft,) = data["orders"], data["claims"], data["drafts"]
    assert data["format"] == "aftercare-person-file/1"
    assert order["order"]["shopper"]["email"] == IDA
    assert order["paid_to"][0]["payee"]["account"] == "wallet-idahere"
    assert [entry["words"]["text"] for entry in claim["case"]["record"] if entry["words"]] == ["said-idahere"]
    assert draft["lines"][0]["note"] == "draft-idahere"
    assert data["files"][0]["name"] == "file-idahere.jpg"
    assert [look["number"] for look in data["looks"]] == ["number-idahere"]
    assert [record["topic"] for record in data["unread"]] == ["idahere"]
    assert "staff1" not in packed["data.json"].decode()
    assert '<html lang="de" dir="ltr">' in page
    assert [word for word in ("Ida Holm", "Torstraße 1", "said-idahere", "wallet-idahere") if word not in page] == []


def test_a_mail_that_waits_is_told_to_whoever_buys_in_one_shop_only(counter: Counter) -> None:
    ida = json.loads(counter.archive(counter.ask(Sought(IDA)))["data.json"])
    most = json.loads(counter.archive(counter.ask(Sought(MAX)))["data.json"])
    assert ida["mails"] == []  # it does not say which shop it is of
    assert [mail["subject"] for mail in most["mails"]] == ["subject-maxhere"]


def test_several_addresses_of_one_customer_are_found_by_orders_or_by_the_customers_id(counter: Counter) -> None:
    ref = keep(Kept("idaagain", "ida@work.example", customer="99"), counter.storage, counter.files)
    keep(Kept("idanameless", None, customer="7"), counter.storage, counter.files)
    assert counter.numbers(Sought(IDA, "7", (ref,))) == ["number-idaagain", "number-idahere"]
    assert counter.numbers(Sought("nobody@example.com", "7")) == ["number-idahere", "number-idanameless"]


@pytest.mark.parametrize("sought", [Sought("nobody@example.com"), Sought(), Sought(customer="12345678")])
def test_nobody_on_record_is_an_answer_too(counter: Counter, sought: Sought) -> None:
    asked = counter.ask(sought)
    (request,) = counter.requests()
    assert (request.state, request.sought) == (RequestState.NOTHING, sought)  # it has to be told
    with pytest.raises(UnknownDataRequest):
        counter.archive(asked)


def test_whoever_buys_only_elsewhere_is_nobody_here(counter: Counter) -> None:
    keep(Kept("elseonly", "else@example.com", ELSEWHERE), counter.storage, counter.files)
    counter.ask(Sought("else@example.com"))
    assert [request.state for request in counter.requests()] == [RequestState.NOTHING]


def test_it_lies_sealed_and_packing_again_changes_nothing(counter: Counter, tmp_path: Path) -> None:
    asked = counter.ask(Sought(IDA))
    lying = [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert [content for content in lying if b"idahere" in content or b"PK\x03\x04" in content] == []
    before = counter.requests()
    assert counter.pack(asked) == "settled_before"
    assert counter.requests() == before


def test_a_packing_that_was_killed_leaves_one_file(counter: Counter, tmp_path: Path) -> None:
    asked = counter.ask(Sought(IDA))
    (done,) = counter.requests()
    with counter.storage.engine.begin() as connection:  # as if the process had died before this was recorded
        connection.exec_driver_sql("UPDATE data_requests SET packed_at = NULL, object = NULL")
    assert counter.pack(asked) == "packed"
    assert len([path for path in (tmp_path / "files").rglob("*") if asked in str(path) and path.is_file()]) == 1
    assert counter.requests()[0].object != done.object


def test_it_goes_a_week_after_it_was_handed_over(counter: Counter, tmp_path: Path) -> None:
    asked = counter.ask(Sought(IDA))
    ports = {"merchant": MERCHANT, "units": counter.storage.units}
    hand_over(asked, STAFF.id, now=NOW, **ports)  # type: ignore[arg-type]  # its ports
    assert sweep_data_requests(files=counter.files, now=NOW + 7 * DAY, **ports) == 0  # type: ignore[arg-type]  # its ports
    assert counter.archive(asked)
    assert sweep_data_requests(files=counter.files, now=NOW + 8 * DAY, **ports) == 1  # type: ignore[arg-type]  # its ports
    assert [path for path in (tmp_path / "files").rglob("*") if asked in str(path) and path.is_file()] == []
    (request,) = counter.requests()
    assert (request.state, request.handed_over_by) == (RequestState.HANDED_OVER, STAFF.id)
    with pytest.raises(UnknownDataRequest):
        counter.archive(asked)


def test_an_erasure_while_it_is_put_together_leaves_neither_file_nor_promise(counter: Counter, tmp_path: Path) -> None:
    def pack(file: PersonFile, language: str, attached: Iterable[Attached]) -> Iterator[bytes]:
        erase_person(IDA, merchant=MERCHANT, units=counter.storage.units, now=NOW)
        return pack_person(file, language, attached)

    asked = counter.ask(Sought(IDA), pack)
    (request,) = counter.requests()
    assert (request.state, request.sought) == (RequestState.NOTHING, None)
    assert [path for path in (tmp_path / "files").rglob("*") if asked in str(path) and path.is_file()] == []


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_a_file_that_does_not_open_any_more_is_told_of(
    counter: Counter, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    (kept,) = (path for path in (tmp_path / "files").rglob("*") if "evidence-idahere" in str(path) and path.is_file())
    damage(kept)
    packed = counter.archive(counter.ask(Sought(IDA)))
    (told,) = json.loads(packed["data.json"])["files"]
    assert (told["path"], told["is_readable"]) == ("files/evidence-idahere.jpg", False)
    assert told["path"] not in packed
    assert "Lässt sich nicht mehr öffnen" in packed["readable.html"].decode()


def test_whom_to_tell_is_forgotten_with_them_and_with_time(counter: Counter) -> None:
    counter.ask(Sought("nobody@example.com"))
    counter.ask(Sought("later@example.com"))
    erase_person("NOBODY@example.com", merchant=MERCHANT, units=counter.storage.units, now=NOW)
    assert {request.sought for request in counter.requests()} == {None, Sought("later@example.com")}
    ports = {"merchant": MERCHANT, "units": counter.storage.units, "files": counter.files}
    sweep_data_requests(now=NOW + 91 * DAY, **ports)  # type: ignore[arg-type]  # its ports
    assert {request.sought for request in counter.requests()} == {None}


def test_an_erased_person_takes_their_copy_along(counter: Counter, tmp_path: Path) -> None:
    asked = counter.ask(Sought(IDA))
    erase_person(IDA, merchant=MERCHANT, units=counter.storage.units, now=NOW)
    assert [request.state for request in counter.requests()] == [RequestState.GONE]
    with pytest.raises(UnknownDataRequest):
        counter.archive(asked)
    ports = {"merchant": MERCHANT, "units": counter.storage.units, "files": counter.files}
    assert sweep_data_requests(now=NOW, **ports) == 1  # type: ignore[arg-type]  # its ports
    assert [path for path in (tmp_path / "files").rglob("*") if asked in str(path) and path.is_file()] == []


def test_that_somebody_took_the_copy_is_on_record(counter: Counter) -> None:
    asked = counter.ask(Sought(MAX))
    with counter.storage.units(MERCHANT) as unit:
        unit.staff.save(taker := replace(STAFF, id=StaffId("taker"), email="taker@nordkap.example"))
        unit.commit()
    counter.archive(asked, taker.id)
    with counter.storage.units.read(MERCHANT) as unit:
        views = [(view.subject, view.staff) for view in unit.claim_desk.views(10)]
    assert ("order-maxhere", taker.id) in views


def test_an_order_that_changed_hands_tells_nothing_of_whoever_had_it_before(counter: Counter) -> None:
    with counter.storage.units(MERCHANT) as unit:
        stored = unit.orders.get(OrderId("order-idahere"))
        theirs = replace(stored.order, shopper=a_shopper("new@example.com", name="New Owner", note="mine"))
        unit.orders.save([replace(stored, order=theirs)])
        unit.commit()
    packed = counter.archive(counter.ask(Sought("new@example.com")))
    everything = b"\n".join(packed.values())
    assert b"number-idahere" in everything
    words = ("said", "draft", "reason", "file", "evidence", "note", "wallet", "signed", "elsewhere")
    assert [word for word in words if f"{word}-idahere".encode() in everything] == []
