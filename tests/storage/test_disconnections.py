"""Shops that were let go come back as they were saved, their keys sealed and gone when they are of no use any more."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from plugin.domain.connection import Credentials
from plugin.domain.disconnection import Disconnection
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import disconnections
from tests.build import MERCHANT, NOW, a_shop

SHOP = a_shop().id
BEGUN = Disconnection(SHOP, NOW, "y", Credentials("ck_key", "cs_secret", "basic"), NOW, 2, "shop_blocks", "HTTP 403")


def save(units: Units, disconnection: Disconnection) -> None:
    with units(MERCHANT) as unit:
        unit.disconnections.save(disconnection)
        unit.commit()


def test_one_comes_back_as_it_was_saved_and_is_due_when_it_says(units: Units) -> None:
    save(units, BEGUN)
    with units.read(MERCHANT) as unit:
        assert unit.disconnections.get(SHOP) == BEGUN
        assert unit.disconnections.all() == [BEGUN]
        assert unit.disconnections.due(NOW, 5) == [SHOP]
        assert unit.disconnections.due(NOW - timedelta(seconds=1), 5) == []


def test_the_keys_are_sealed_and_then_nowhere(storage: Storage) -> None:
    save(storage.units, BEGUN)
    with storage.engine.connect() as connection:
        assert b"cs_secret" not in connection.execute(select(disconnections.c.credentials)).scalar_one()
    done = replace(BEGUN, credentials=None, due_at=None)
    save(storage.units, done)
    with storage.engine.connect() as connection:
        assert connection.execute(select(disconnections.c.credentials)).scalar_one() is None
    with storage.units.read(MERCHANT) as unit:
        assert unit.disconnections.get(SHOP) == done
        assert unit.disconnections.due(NOW, 5) == []


def test_it_is_forgotten_once(units: Units) -> None:
    save(units, BEGUN)
    for _ in range(2):
        with units(MERCHANT) as unit:
            unit.disconnections.remove(SHOP)
            unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.disconnections.get(SHOP) is None
