"""Lines with their own copy of the product, on record and back, and a repeat told without opening the order."""

from plugin.domain.line_scope import completed
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import KnownOrder, Units
from plugin.storage import Storage
from plugin.storage.encoded_orders import encode_order
from plugin.storage.tables import orders
from tests.build import MERCHANT, a_line, a_product, a_shop, a_stored_order, an_order

REPORT = an_order(lines=(a_line(categories=(), is_physical=None),))
COPIED = completed(a_stored_order(REPORT), {"501": a_product()})


def save(units: Units, stored: StoredOrder) -> None:
    with units(MERCHANT) as unit:
        unit.orders.expect([encode_order(REPORT)])
        unit.orders.save([stored])
        unit.commit()


def known(units: Units) -> KnownOrder:
    with units.read(MERCHANT) as unit:
        return unit.orders.digests(a_shop().id, [REPORT.ref])[REPORT.ref]


def test_copies_come_back_with_their_lines(units: Units) -> None:
    save(units, COPIED)
    with units.read(MERCHANT) as unit:
        stored = unit.orders.get(COPIED.id)
    assert (stored.order, stored.copies) == (COPIED.order, COPIED.copies)
    assert stored.order.lines[0].categories == ("camping", "lighting")


def test_the_digest_on_record_is_that_of_the_report_without_the_copies(units: Units) -> None:
    save(units, COPIED)
    with units.read(MERCHANT) as unit:
        assert unit.orders.digest(REPORT) == known(units).digest


def test_an_order_awaits_products_until_its_lines_have_met_theirs(units: Units) -> None:
    save(units, a_stored_order(REPORT))
    assert known(units).awaits_products
    with units(MERCHANT) as unit:
        unit.orders.save([completed(unit.orders.get(COPIED.id), {"501": a_product()})])
        unit.commit()
    assert not known(units).awaits_products


def test_an_order_saved_before_there_were_copies_may_await_products(storage: Storage) -> None:
    save(storage.units, COPIED)
    with storage.engine.begin() as connection:
        connection.execute(orders.update().values(awaits_products=None))
    assert known(storage.units).awaits_products
