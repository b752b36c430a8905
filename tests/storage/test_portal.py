"""What the shopper's pages keep: counted for all processes, sealed, one open draft for each order, gone in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from plugin.domain.capabilities import Capabilities, PriceList
from plugin.domain.claim_draft import ClaimDraft, DraftLine, UnknownDraft
from plugin.domain.ids import ClaimDraftId, ClaimId, LineId, OrderId, PersonId
from plugin.ports.claim_drafts import LinkRequest
from plugin.storage import Storage
from plugin.storage.tables import attempts, claim_drafts, link_requests
from tests.build import MERCHANT, NOW, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.conftest import OpenStorage, settle

SHOP = a_shop().id
ORDER = OrderId("order1")
SAID = DraftLine(LineId("11"), 1, "quality.defective", note="The glass of Ida Holm is cracked")


@pytest.fixture
def kept(opened: OpenStorage, database_url: str) -> Storage:
    storage = opened(database_url)
    settle(storage.units)
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(), a_stored_order(an_order("1002"), order_id="order2")])
        other = an_order("1003", shopper=a_shopper("kai@example.com"))
        unit.orders.save([a_stored_order(other, order_id="order3")])
        unit.commit()
    return storage


def person(storage: Storage) -> PersonId:
    with storage.units.read(MERCHANT) as unit:
        found = unit.people.find("ida@example.com")
    assert found
    return found


def a_draft(storage: Storage, draft: str = "draft1") -> ClaimDraft:
    return ClaimDraft(ClaimDraftId(draft), SHOP, ORDER, person(storage), "de", NOW, NOW, (SAID,))


def test_an_order_is_found_by_number_and_address_together_and_never_by_one_of_another(kept: Storage) -> None:
    with kept.units.read(MERCHANT) as unit:
        assert unit.orders.of_shopper(SHOP, " IDA@example.com", "#1002") == [OrderId("order2")]
        assert set(unit.orders.of_shopper(SHOP, "ida@example.com")) == {ORDER, OrderId("order2")}
        assert set(unit.orders.of_person(SHOP, person(kept))) == {ORDER, OrderId("order2")}
        for email, number in (("ida@example.com", "1003"), ("kai@example.com", "1001"), ("ida@example.com", "9")):
            assert unit.orders.of_shopper(SHOP, email, number) == []
        assert unit.orders.of_shopper(a_shop("Other").id, "ida@example.com") == []


def test_attempts_of_units_that_run_at_once_are_all_counted(kept: Storage) -> None:
    start, counts = Barrier(4), []

    def attempt() -> None:
        start.wait()
        for _ in range(5):
            with kept.units(MERCHANT) as unit:
                counts.append(unit.attempts.count("finding", "192.0.2.1", NOW))
                unit.commit()

    threads = [Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 21))


def test_whose_attempts_they_are_cannot_be_read(kept: Storage) -> None:
    with kept.units(MERCHANT) as unit:
        unit.attempts.count("finding", "192.0.2.1", NOW)
        unit.link_requests.add(LinkRequest("l1", SHOP, "ida@example.com", "de", NOW))
        unit.claim_drafts.add(a_draft(kept))
        unit.commit()
    with kept.engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in (attempts, link_requests, claim_drafts)]
    assert all(rows)
    assert not [secret for secret in ("192.0.2.1", "ida@", "Ida Holm") if secret in str(rows)]


@pytest.mark.parametrize("kind", ["attempts", "link_requests", "claim_drafts"])
def test_what_is_old_is_forgotten_and_nothing_else(kept: Storage, kind: str) -> None:
    later = NOW + timedelta(days=1)
    with kept.units(MERCHANT) as unit:
        for at, name in ((NOW, "1"), (later, "2")):
            unit.attempts.count("finding", name, at)
            unit.link_requests.add(LinkRequest(name, SHOP, "ida@example.com", "de", at))
            order = OrderId(f"order{name}")
            unit.claim_drafts.add(replace(a_draft(kept, name), order=order, touched_at=at))
        unit.commit()
    with kept.units(MERCHANT) as unit:
        assert [getattr(unit, kind).forget(at) for at in (NOW, later, later)] == [0, 1, 0]


def test_a_wish_for_a_link_is_taken_once(kept: Storage) -> None:
    wish = LinkRequest("l1", SHOP, "ida@example.com", "de", NOW)
    with kept.units(MERCHANT) as unit:
        unit.link_requests.add(wish)
        assert [unit.link_requests.take("l1"), unit.link_requests.take("l1")] == [wish, None]


def test_an_order_has_one_open_draft_and_may_have_another_once_that_became_a_claim(kept: Storage) -> None:
    with kept.units(MERCHANT) as unit:
        assert [unit.claim_drafts.add(a_draft(kept, name)) for name in ("first", "second")] == [True, False]
        assert unit.claim_drafts.open(ORDER) == a_draft(kept, "first")
        unit.claim_drafts.save(replace(a_draft(kept, "first"), claim=ClaimId("claim1")))
        assert unit.claim_drafts.open(ORDER) is None
        assert unit.claim_drafts.hold(ClaimDraftId("first")) == replace(
            a_draft(kept, "first"), lines=(), claim=ClaimId("claim1")
        )
        assert unit.claim_drafts.add(a_draft(kept, "second"))


def test_a_draft_takes_the_place_of_one_that_whoever_had_the_order_before_was_writing(kept: Storage) -> None:
    with kept.units(MERCHANT) as unit:
        sent = a_draft(kept, "sent")
        unit.claim_drafts.add(sent)
        unit.claim_drafts.save(replace(sent, claim=ClaimId("claim1")))
        unit.claim_drafts.add(a_draft(kept))
        kai = unit.people.find("kai@example.com")
        assert kai
        theirs = replace(a_draft(kept, "theirs"), person=kai)
        assert unit.claim_drafts.add(theirs)
        assert unit.claim_drafts.open(ORDER) == theirs
        assert unit.claim_drafts.hold(sent.id).claim == ClaimId("claim1")


def test_what_the_platform_can_do_is_learnt_beside_what_somebody_types_meanwhile(kept: Storage) -> None:
    can = Capabilities(exchange=True, prices=PriceList("EUR", includes_tax=True))
    typing, draft = a_draft(kept), ClaimDraftId("draft1")
    with kept.units(MERCHANT) as unit:
        unit.claim_drafts.add(replace(typing, id=draft))
        unit.claim_drafts.learn(draft, can)
        unit.claim_drafts.save(replace(typing, id=draft, language="fr"))
        found = unit.claim_drafts.hold(draft)
        unit.claim_drafts.learn(ClaimDraftId("gone"), can)
    assert (found.can, found.language, found.lines) == (can, "fr", typing.lines)


def test_a_draft_goes_with_its_person(kept: Storage) -> None:
    draft = a_draft(kept)
    with kept.units(MERCHANT) as unit:
        unit.claim_drafts.add(draft)
        unit.commit()
    with kept.units(MERCHANT) as unit:
        unit.people.erase(draft.person, NOW)
        unit.commit()
    tried: list[Callable[..., object]] = []
    with kept.units(MERCHANT) as unit:
        assert unit.claim_drafts.open(ORDER) is None
        tried = [lambda: unit.claim_drafts.hold(draft.id), lambda: unit.claim_drafts.save(draft)]
        for attempt in tried:
            with pytest.raises(UnknownDraft):
                attempt()


def test_what_never_was_is_not_there(kept: Storage) -> None:
    with kept.units(MERCHANT) as unit, pytest.raises(UnknownDraft):
        unit.claim_drafts.hold(ClaimDraftId("nobody"))
