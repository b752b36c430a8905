"""Orders as every adapter of the port keeps them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.stored import DeliveryMark, StoredOrder
from plugin.domain.times import Moment, Source
from plugin.ports.unit_of_work import Units
from plugin.storage.encoded_orders import encode_order
from tests.build import (
    DELIVERED,
    MERCHANT,
    NOW,
    a_fulfilment,
    a_refund,
    a_shop,
    a_shopper,
    a_stored_order,
    an_event,
    an_order,
)

SHOP = a_shop().id
FULL = an_order(
    fulfilments=(a_fulfilment(events=(an_event(),)),),
    refunds=(a_refund(),),
    shopper=a_shopper(note="Leave it with Ms Ōe", line_properties={"11": (("Engraving", "Für Ida"),)}),
    updated_at=DELIVERED + timedelta(microseconds=1),
)
MARK = DeliveryMark(Moment(DELIVERED, Source.MERCHANT), marked_at=NOW, marked_by=None)


def save(units: Units, *orders: StoredOrder) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save(orders)
        unit.commit()


def load(units: Units, order_id: str = "order1") -> StoredOrder:
    with units.read(MERCHANT) as unit:
        return unit.orders.get(OrderId(order_id))


def test_an_order_comes_back_as_it_was_saved(units: Units) -> None:
    stored = a_stored_order(FULL, policy_version="v1", marks=(MARK,), is_gone=True)
    save(units, stored)
    assert load(units) == replace(stored, version=1)


def test_nothing_stays_of_a_unit_that_did_not_commit(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
    with pytest.raises(NotFound):
        load(units)


def test_saving_what_has_moved_on_is_a_conflict_and_saves_nothing(units: Units) -> None:
    save(units, a_stored_order(), a_stored_order(an_order("1002"), order_id="order2"))
    first, second = load(units), load(units, "order2")
    save(units, replace(first, policy_version="v2"))
    with units(MERCHANT) as unit:
        with pytest.raises(Conflict):
            unit.orders.save([replace(second, policy_version="v3"), replace(first, policy_version="v3")])
        unit.commit()
    assert (load(units).policy_version, load(units, "order2").policy_version) == ("v2", None)


def test_the_same_platform_order_cannot_be_recorded_twice(units: Units) -> None:
    save(units, a_stored_order())
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        unit.orders.save([a_stored_order(order_id="another")])


def test_an_order_is_never_inserted_over_another_of_its_id(units: Units) -> None:
    save(units, a_stored_order())
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        unit.orders.save([a_stored_order(an_order("1002"))])


def test_updating_an_order_that_is_not_there_is_a_conflict(units: Units) -> None:
    with units(MERCHANT) as unit, pytest.raises(Conflict):
        unit.orders.save([a_stored_order(version=1)])


def test_orders_are_found_by_reference_within_their_shop(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.shops.add(a_shop("Südkap"))
        unit.commit()
    other = a_stored_order(an_order("1002"), order_id="order2", shop=a_shop("Südkap").id)
    save(units, a_stored_order(), other)
    refs = [an_order("1001").ref, an_order("1002").ref, an_order("1003").ref]
    with units.read(MERCHANT) as unit:
        assert {ref: found.id for ref, found in unit.orders.by_ref(SHOP, refs).items()} == {refs[0]: "order1"}
        assert {ref: found.id for ref, found in unit.orders.digests(SHOP, refs).items()} == {refs[0]: "order1"}


def test_a_digest_tells_a_repeat_from_news_without_opening_anything(units: Units) -> None:
    save(units, a_stored_order(FULL))
    with units.read(MERCHANT) as unit:
        known = unit.orders.digests(SHOP, [FULL.ref])[FULL.ref]
        assert (known.id, known.updated_at, known.version) == ("order1", FULL.updated_at, 1)
        assert known.digest == unit.orders.digest(FULL)
        assert known.digest != unit.orders.digest(replace(FULL, shopper=a_shopper(note="Ring twice")))


def test_an_order_encoded_ahead_is_kept_like_any_other(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.orders.expect([encode_order(FULL)])
        unit.orders.save([a_stored_order(FULL)])
        unit.commit()
    assert load(units) == replace(a_stored_order(FULL), version=1)
    with units.read(MERCHANT) as unit:
        assert unit.orders.digests(SHOP, [FULL.ref])[FULL.ref].digest == unit.orders.digest(FULL)


@pytest.mark.parametrize("asked", ["#WB-7", "wb-7", "WB-7"])
def test_an_order_number_is_found_whole_case_and_hash_aside(units: Units, asked: str) -> None:
    save(
        units,
        a_stored_order(an_order("1", number="#WB-7")),
        a_stored_order(an_order("2", number="wb-7"), order_id="order2"),
        a_stored_order(an_order("3", number="WB-77"), order_id="order3"),
    )
    with units.read(MERCHANT) as unit:
        assert [stored.id for stored in unit.orders.by_number(SHOP, asked)] == ["order1", "order2"]


def test_everything_can_be_walked_in_batches(units: Units) -> None:
    save(units, *(a_stored_order(an_order(str(i)), order_id=f"order{i}") for i in range(5)))
    with units.read(MERCHANT) as unit:
        first = unit.orders.batch(SHOP, None, 3)
        rest = unit.orders.batch(None, first[-1].id, 3)
        assert [stored.id for stored in (*first, *rest)] == [f"order{i}" for i in range(5)]
        assert not unit.orders.batch(ShopId("unknown"), None, 3)


def test_an_erased_shopper_never_comes_back_with_a_later_report(units: Units) -> None:
    save(units, a_stored_order(FULL))
    with units(MERCHANT) as unit:
        person = unit.people.find("IDA@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    erased = load(units)
    assert erased.order.shopper.is_erased
    assert erased.order.lines == FULL.lines
    save(units, replace(erased, order=replace(FULL, updated_at=NOW)))
    assert load(units).order == replace(erased.order, updated_at=NOW)


def test_whoever_orders_again_after_an_erasure_is_a_new_person(units: Units) -> None:
    save(units, a_stored_order())
    with units(MERCHANT) as unit:
        old = unit.people.find("ida@example.com")
        assert old
        unit.people.erase(old, NOW)
        assert unit.people.find("ida@example.com") is None
        unit.orders.save([a_stored_order(an_order("1002"), order_id="order2")])
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.people.find("ida@example.com") not in {None, old}
    assert load(units, "order2").order.shopper == a_shopper()
    assert load(units).order.shopper.is_erased
