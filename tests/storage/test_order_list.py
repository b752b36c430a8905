"""The order list: pages that neither skip nor repeat, searches, and the indices behind them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.errors import Invalid
from plugin.domain.ids import ParkedId, ShopId
from plugin.domain.order import Order, Platform, Standing
from plugin.domain.stored import DeliveryMark, ParkedRecord
from plugin.domain.times import Moment, Source
from plugin.ports.views import Figures, OrderQuery, OrderRow, ParkedRow
from plugin.storage import Storage
from plugin.storage.scope import Scope
from plugin.storage.views import order_list
from plugin.storage.views.figures import figures
from tests.build import (
    DELIVERED,
    MERCHANT,
    NOW,
    PLACED,
    a_fulfilment,
    a_price,
    a_shop,
    a_shopper,
    a_stored_order,
    an_event,
    an_order,
)
from tests.storage.plans import planned

EVERYTHING = OrderQuery()
SHOP = a_shop().id


def placed(number: int, minutes: int) -> Order:
    return an_order(str(number), placed=Moment(PLACED + timedelta(minutes=minutes), Source.PLATFORM))


def save(storage: Storage, *orders: Order, shop: ShopId = SHOP) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(order, order_id=f"id{order.ref.external_id}", shop=shop) for order in orders])
        unit.commit()


def listed(storage: Storage, query: OrderQuery = EVERYTHING, limit: int = 100) -> list[str]:
    return [row.number for row in storage.views.orders(MERCHANT, query, None, limit, NOW).rows]


def test_a_row_says_what_the_list_needs(storage: Storage) -> None:
    save(storage, an_order(total=a_price(5490)))
    [row] = storage.views.orders(MERCHANT, EVERYTHING, None, 10, NOW).rows
    assert row == OrderRow(
        id=a_stored_order(order_id="id1001").id,
        shop=a_shop().id,
        shop_name="Nordkap",
        number="1001",
        standing=Standing.PLACED,
        country="DE",
        placed_at=PLACED,
        total=a_price(5490).shop,
        line_count=1,
        next_last_day=None,
    )


@pytest.mark.parametrize("limit", [1, 3, 7, 20])
def test_pages_forth_and_back_show_every_order_once_newest_first(storage: Storage, limit: int) -> None:
    orders = [placed(i, minutes=i // 4) for i in range(20)]  # four share each instant
    save(storage, *orders[limit:], *orders[:limit])
    pages, cursor = [storage.views.orders(MERCHANT, EVERYTHING, None, limit, NOW)], None
    assert pages[0].previous_cursor is None
    while cursor := pages[-1].next_cursor:
        pages.append(storage.views.orders(MERCHANT, EVERYTHING, cursor, limit, NOW))
    rows = [row for page in pages for row in page.rows]
    assert rows == sorted(rows, key=lambda row: (row.placed_at, row.id), reverse=True)
    assert len({row.id for row in rows}) == len(rows) == 20

    for after, page in zip(pages[:0:-1], pages[-2::-1], strict=True):
        assert after.previous_cursor
        assert storage.views.orders(MERCHANT, EVERYTHING, after.previous_cursor, limit, NOW) == page


def test_a_page_stays_where_it_was_when_newer_orders_arrive(storage: Storage) -> None:
    save(storage, *(placed(i, i) for i in range(4)))
    first = storage.views.orders(MERCHANT, EVERYTHING, None, 2, NOW)
    save(storage, placed(9, 9))
    second = storage.views.orders(MERCHANT, EVERYTHING, first.next_cursor, 2, NOW)
    assert [row.number for row in second.rows] == ["1", "0"]


@pytest.mark.parametrize("cursor", ["x", "bm90IG91cnM=", "e30=", "ö", "W10="])
def test_a_cursor_that_is_not_ours_is_refused(storage: Storage, cursor: str) -> None:
    with pytest.raises(Invalid):
        storage.views.orders(MERCHANT, EVERYTHING, cursor, 10, NOW)


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_page_has_a_sensible_size(storage: Storage, limit: int) -> None:
    with pytest.raises(Invalid):
        storage.views.orders(MERCHANT, EVERYTHING, None, limit, NOW)


def test_orders_are_found_by_the_beginning_of_their_number(storage: Storage) -> None:
    numbers = ["#WB-1", "WB-10", "wb-1%", "WB-2", "AWB-1", "100_1", "1000"]
    save(storage, *(replace(placed(i, i), number=number) for i, number in enumerate(numbers)))
    assert listed(storage, OrderQuery("#wb-1")) == ["wb-1%", "WB-10", "#WB-1"]
    assert listed(storage, OrderQuery(" WB-2 ")) == ["WB-2"]
    assert listed(storage, OrderQuery("100_")) == ["100_1"]
    assert listed(storage, OrderQuery("%")) == []
    assert listed(storage, OrderQuery("ō")) == []


def test_a_beginning_that_many_numbers_share_still_lists_the_newest_first(storage: Storage) -> None:
    save(storage, *(placed(100_000 + i, i * 7919 % 2003) for i in range(1500)), placed(2, 9999))
    found = storage.views.orders(MERCHANT, OrderQuery("10"), None, 50, NOW)
    instants = [row.placed_at for row in found.rows]
    assert instants == sorted(instants, reverse=True)
    assert len(instants) == 50
    assert found.rows[0].placed_at == max(placed(0, i * 7919 % 2003).placed.at for i in range(1500))


def test_a_beginning_of_old_orders_alone_is_found_behind_all_the_newer_ones(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_list, "_NEAR", 100)
    old = [replace(placed(1000 + i, i), number=f"A-{i}") for i in range(1100)]
    save(storage, *old, *(placed(5000 + i, 2000 + i) for i in range(150)))
    found, wanted = OrderQuery("a-"), [f"A-{i}" for i in reversed(range(1100))]
    first = storage.views.orders(MERCHANT, found, None, 500, NOW)
    second = storage.views.orders(MERCHANT, found, first.next_cursor, 500, NOW)
    third = storage.views.orders(MERCHANT, found, second.next_cursor, 500, NOW)
    assert [row.number for page in (first, second, third) for row in page.rows] == wanted
    assert third.next_cursor is None
    back = storage.views.orders(MERCHANT, found, second.previous_cursor, 500, NOW)
    assert back.rows == first.rows
    assert [row.number for row in storage.views.orders(MERCHANT, found, None, 50, NOW).rows] == wanted[:50]
    assert listed(storage, replace(found, standing=Standing.CANCELLED)) == []


def test_numbers_that_go_up_with_nothing_are_found_in_order_all_the_same(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_list, "_FEW", 10)
    monkeypatch.setattr(order_list, "_NEAR", 1)
    save(storage, *(placed(i, i * 7919 % 503) for i in (*range(1, 300), *range(1000, 1100))), placed(2000, 999))
    wanted = [str(row.id) for row in storage.views.orders(MERCHANT, OrderQuery("1"), None, 500, NOW).rows]
    there, back = list[str](), list[str]()
    page = storage.views.orders(MERCHANT, OrderQuery("1"), None, 7, NOW)
    while page.next_cursor:
        there += [row.id for row in page.rows]
        page = storage.views.orders(MERCHANT, OrderQuery("1"), page.next_cursor, 7, NOW)
    there += [row.id for row in page.rows]
    while page.previous_cursor:
        back = [*(row.id for row in page.rows), *back]
        page = storage.views.orders(MERCHANT, OrderQuery("1"), page.previous_cursor, 7, NOW)
    back = [*(row.id for row in page.rows), *back]
    assert len(wanted) == 211
    assert there == back == wanted


def test_orders_are_found_by_the_whole_e_mail_only(storage: Storage) -> None:
    save(storage, an_order("1"), an_order("2", shopper=a_shopper(email="ida@example.com.au")))
    assert listed(storage, OrderQuery("IDA@example.com ")) == ["1"]
    assert listed(storage, OrderQuery("ida@example")) == []


def test_filters_narrow_the_list_together(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Südkap"))
        unit.commit()
    save(
        storage,
        an_order("1"),
        an_order("2", standing=Standing.CANCELLED),
    )
    save(storage, an_order("4"), shop=a_shop("Südkap").id)
    assert listed(storage, OrderQuery(standing=Standing.CANCELLED)) == ["2"]
    assert listed(storage, OrderQuery(shop=a_shop("Südkap").id)) == ["4"]
    assert listed(storage, OrderQuery(standing=Standing.CANCELLED, shop=a_shop("Südkap").id)) == []


def test_the_home_page_counts(storage: Storage) -> None:
    arrived = a_fulfilment(events=(an_event(),))
    mark = DeliveryMark(Moment(DELIVERED, Source.MERCHANT), NOW, None)
    save(storage, an_order("1"), an_order("2", fulfilments=(arrived,)), an_order("3", standing=Standing.CANCELLED))
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("4"), order_id="id4", marks=(mark,))])
        unit.orders.save([a_stored_order(an_order("5"), order_id="id5", is_gone=True)])
        unit.commit()
    assert storage.views.figures(MERCHANT, NOW) == Figures(
        orders=5, parked=0, inbox_waiting=0, closing_soon=0, awaiting_delivery=1, unsent=0
    )


def test_the_home_page_counts_no_further_than_it_costs_little(storage: Storage) -> None:
    save(storage, *(an_order(str(number)) for number in range(5)))
    with storage.engine.connect() as connection:
        few = figures(Scope(connection, MERCHANT), NOW, most=3)
        enough = figures(Scope(connection, MERCHANT), NOW, most=6)
    assert (few.orders, few.at_least) == (3, {"orders", "awaiting_delivery"})
    assert (enough.orders, enough.at_least) == (5, frozenset())


def test_parked_records_are_listed_newest_first_without_their_bodies(storage: Storage) -> None:
    record = ParkedRecord(ParkedId("p1"), a_shop().id, Platform.WOOCOMMERCE, "order", "missing", "id", b"12345", NOW)
    with storage.units(MERCHANT) as unit:
        later = replace(record, id=ParkedId("p2"), body=b"{}", parked_at=NOW + timedelta(seconds=1))
        unit.parked.add([record, later])
        unit.commit()
    newest, oldest = storage.views.parked(MERCHANT, 10)
    assert newest.id == "p2"
    assert oldest == ParkedRow(ParkedId("p1"), a_shop().id, "Nordkap", "order", "missing", "id", NOW, 1, 5)
    assert storage.views.parked(MERCHANT, 1) == [newest]


BY_DATE = "orders USING COVERING INDEX ix_orders_placed (merchant_id=?"


@pytest.mark.parametrize(
    ("query", "page", "index"),
    [
        (EVERYTHING, 1, f"{BY_DATE})"),
        (EVERYTHING, 2, f"{BY_DATE} AND (placed_at,id)<(?,?))"),
        (OrderQuery("1007"), 1, "orders USING COVERING INDEX ix_orders_number (merchant_id=? AND number_normalised>?"),
        (OrderQuery("ida777@example.com"), 1, "orders USING INDEX ix_orders_person (merchant_id=? AND person_id=?)"),
        (OrderQuery(shop=a_shop().id), 1, "orders USING COVERING INDEX ix_orders_shop (merchant_id=? AND shop_id=?)"),
        (
            OrderQuery(standing=Standing.PLACED),
            1,
            "orders USING COVERING INDEX ix_orders_standing (merchant_id=? AND standing=?)",
        ),
    ],
)
def test_a_page_is_read_through_indices_however_many_orders_there_are(
    sqlite_storage: Storage, query: OrderQuery, page: int, index: str
) -> None:
    """SQLite plans without statistics: a small table's plan is a large one's. PostgreSQL's is for the bench."""
    save(sqlite_storage, placed(1, 1), placed(2, 2))
    with planned(sqlite_storage) as plan:
        first = sqlite_storage.views.orders(MERCHANT, query, None, 1, NOW)
        if page > 1:
            sqlite_storage.views.orders(MERCHANT, query, first.next_cursor, 1, NOW)
    steps = plan[-1]
    assert any(index in step for step in steps), steps
    assert any("entitlements USING PRIMARY KEY (merchant_id=? AND order_id=?)" in step for step in steps), steps
    assert {step for step in steps if step.startswith("SCAN")} <= {"SCAN found", "SCAN page"}, steps
    assert bool(query.text) or not [step for step in steps if "TEMP B-TREE" in step], steps
