"""Grants are kept sealed, and one at a time renews a shop's, on both databases."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from plugin.domain.connection_faults import AccessRevoked
from plugin.domain.shop_token import Grant, ShopToken
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import shop_tokens
from tests.build import MERCHANT, NOW, a_shop

SHOP = a_shop().id
HOUR, SEASON = NOW + timedelta(hours=1), NOW + timedelta(days=90)
GRANT = Grant("shpat_1", ("read_orders", "write_returns"), HOUR, "shprt_1", SEASON)
TOKEN = ShopToken.of(SHOP, GRANT, NOW)
LATER = TOKEN.renewed(Grant("shpat_2", ("read_orders",), HOUR, "shprt_2", SEASON), HOUR)
UNTIL = NOW + timedelta(minutes=2)


@pytest.fixture
def granted(units: Units) -> Units:
    keep(units)
    return units


def keep(units: Units, token: ShopToken = TOKEN) -> None:
    with units(MERCHANT) as unit:
        unit.shop_tokens.save(token)
        unit.commit()


def found(units: Units) -> ShopToken | None:
    with units.read(MERCHANT) as unit:
        return unit.shop_tokens.get(SHOP)


def leased(units: Units, at: timedelta = timedelta()) -> ShopToken | None:
    with units(MERCHANT) as unit:
        taken = unit.shop_tokens.lease(SHOP, NOW + at, UNTIL + at)
        unit.commit()
    return taken


def settled(units: Units, token: ShopToken, at: timedelta = timedelta()) -> bool:
    with units(MERCHANT) as unit:
        is_held = unit.shop_tokens.settle(token, UNTIL + at)
        unit.commit()
    return is_held


def test_a_grant_comes_back_as_it_was_saved(granted: Units) -> None:
    assert found(granted) == TOKEN
    old_kind = ShopToken.of(SHOP, Grant("shpat_for_ever", ()), NOW).failed(AccessRevoked(), NOW)
    keep(granted, old_kind)
    assert found(granted) == old_kind


def test_one_at_a_time_renews_a_grant(granted: Units) -> None:
    assert leased(granted) == TOKEN
    assert leased(granted, timedelta(seconds=1)) is None
    assert settled(granted, LATER)
    assert found(granted) == LATER
    assert leased(granted, timedelta(seconds=2)) == LATER


def test_who_died_over_a_renewal_leaves_it_to_the_next_and_comes_too_late(granted: Units) -> None:
    late = timedelta(minutes=3)
    assert leased(granted)
    assert leased(granted, late) == TOKEN
    assert not settled(granted, LATER)
    assert found(granted) == TOKEN
    assert settled(granted, LATER, late)


def test_a_grant_that_came_meanwhile_stands_against_a_renewal(granted: Units) -> None:
    assert leased(granted)
    keep(granted, LATER)
    assert not settled(granted, TOKEN)
    assert found(granted) == LATER


def test_a_forgotten_grant_is_not_brought_back_by_who_renewed_it(granted: Units) -> None:
    assert leased(granted)
    with granted(MERCHANT) as unit:
        unit.shop_tokens.remove(SHOP)
        unit.commit()
    assert not settled(granted, LATER)
    assert found(granted) is None
    assert leased(granted) is None


def test_grants_nobody_used_are_due_after_a_month_and_those_of_the_old_kind_at_once(granted: Units) -> None:
    def due(days: int) -> list[str]:
        with granted.read(MERCHANT) as unit:
            return list(unit.shop_tokens.due(NOW + timedelta(days=days)))

    assert (due(29), due(30)) == ([], [SHOP])
    keep(granted, ShopToken.of(SHOP, Grant("shpat_for_ever", ()), NOW))
    assert due(0) == [SHOP]
    keep(granted, TOKEN.failed(AccessRevoked(), NOW))
    assert due(400) == []


def test_the_tokens_are_nowhere_in_the_database_as_they_are(storage: Storage) -> None:
    keep(storage.units)
    with storage.engine.connect() as connection:
        row = connection.execute(select(shop_tokens)).one()
    assert not any(word in row.token for word in (b"shpat_1", b"shprt_1", b"read_orders"))


def test_of_many_at_once_one_has_the_lease(storage: Storage) -> None:
    keep(storage.units)
    taken: list[ShopToken | None] = []
    together = Barrier(6)

    def take() -> None:
        together.wait()
        taken.append(leased(storage.units))

    threads = [Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=bool) == [None] * 5 + [TOKEN]
