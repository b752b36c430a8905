"""A key that is about to go stays when something new stands under it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.files.local import LocalFiles
from plugin.domain.ids import OrderId
from plugin.domain.order import OrderRef, Platform
from plugin.storage import Storage
from tests.build import MERCHANT, NOW, a_shopper, a_stored_order, an_order
from tests.storage.person_data import Kept as Whose
from tests.storage.person_data import keep
from tests.storage.test_retention import change, expire


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_an_order_that_arrives_meanwhile_keeps_its_key(storage: Storage, tmp_path: Path) -> None:
    keep(Whose("again", "again@example.com"), storage, LocalFiles(tmp_path))
    with storage.units(MERCHANT) as unit:
        again = unit.people.find("again@example.com")
        assert again is not None
    for statement in (
        "UPDATE claim_entries SET words = NULL",
        "UPDATE evidence SET state = 'gone'",
        "UPDATE shipments SET told = NULL",
        "UPDATE alerts SET address = NULL",
        "UPDATE declarations SET words = NULL",
    ):
        change(storage, statement)
    with storage.units(MERCHANT) as unit:
        unit.people.forget_order(OrderId("order-again"), NOW)
        unit.commit()
    order = replace(an_order(), ref=OrderRef(Platform.WOOCOMMERCE, "new"), shopper=a_shopper("again@example.com"))
    with storage.units(MERCHANT) as unit, ThreadPoolExecutor(1) as other:
        unit.orders.save([replace(a_stored_order(order), id=OrderId("order-new"))])
        expiring = other.submit(expire, storage, again)
        with pytest.raises(TimeoutError):
            expiring.result(1)
        unit.commit()
        expiring.result(20)
    with storage.units.read(MERCHANT) as unit:
        assert unit.orders.get(OrderId("order-new")).order.shopper.email == "again@example.com"
