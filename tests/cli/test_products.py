"""Products through the real command: recorded ones before, beside and after the recorded orders that sold them."""

from __future__ import annotations

import json

from plugin.domain.order import Order
from plugin.runtime import cli_runtime
from tests.cli.conftest import Run
from tests.support.woocommerce import raw_orders, recorded_list

SHOP = ("import", "--shop", "Fjell", "--platform", "woocommerce")
PRODUCTS = [*recorded_list("products.json"), *recorded_list("product_variations.json")]
CATALOGUE = b"\n".join(json.dumps(record).encode() for record in PRODUCTS)
ORDERS = b"\n".join(raw_orders())
BY_ID = {str(record["id"]): record for record in PRODUCTS}


def imported(run: Run, content: bytes) -> str:
    result = run(*SHOP, "-", stdin=content)
    assert result.exit_code == 0, result.output
    return result.stdout


def on_record() -> list[Order]:
    runtime = cli_runtime()
    (merchant,) = runtime.deps.directory.merchants()
    with runtime.deps.units.read(merchant.id) as unit:
        (shop,) = unit.shops.all()
        orders = [stored.order for stored in unit.orders.batch(shop.id, None, 1000)]
    runtime.close()
    return orders


def slugs(record: dict, kind: str) -> tuple[str, ...]:
    return tuple(term["slug"] for term in record[kind])


def assert_each_line_says_what_was_sold(orders: list[Order]) -> None:
    lines = [line for order in orders for line in order.lines if line.product_id is not None]
    assert len(lines) > 500
    for line in lines:
        assert line.product_id is not None
        product, sold = BY_ID[line.product_id], BY_ID[line.variant_id or line.product_id]
        assert line.categories == slugs(product, "categories") != ()
        assert line.tags == slugs(product, "tags")
        assert line.is_physical is not bool(sold["virtual"])


def test_recorded_orders_after_their_products_carry_categories_tags_and_whether_they_are_physical(run: Run) -> None:
    assert imported(run, CATALOGUE) == "stored 120, unchanged 0, skipped 0, parked 0\n"
    assert imported(run, ORDERS) == "stored 298, unchanged 0, skipped 2, parked 0\n"
    assert_each_line_says_what_was_sold(on_record())
    assert imported(run, CATALOGUE) == "stored 0, unchanged 120, skipped 0, parked 0\n"
    assert imported(run, ORDERS) == "stored 0, unchanged 298, skipped 2, parked 0\n"


def test_one_file_of_products_and_orders_does_it_as_well(run: Run) -> None:
    assert imported(run, CATALOGUE + b"\n" + ORDERS) == "stored 418, unchanged 0, skipped 2, parked 0\n"
    assert_each_line_says_what_was_sold(on_record())


def test_orders_imported_before_their_products_are_completed_when_they_are_imported_again(run: Run) -> None:
    imported(run, ORDERS)
    before = on_record()
    assert not any(line.categories for order in before for line in order.lines)
    imported(run, CATALOGUE)
    assert on_record() == before
    assert imported(run, ORDERS).startswith("stored 29")
    assert_each_line_says_what_was_sold(on_record())
    assert imported(run, ORDERS) == "stored 0, unchanged 298, skipped 2, parked 0\n"


def test_a_category_renamed_later_does_not_reach_what_was_sold_before(run: Run) -> None:
    imported(run, CATALOGUE + b"\n" + ORDERS)
    before = on_record()
    moved = [
        {**record, "categories": [{"id": 1, "name": "New", "slug": "new"}], "date_modified_gmt": "2027-01-01T00:00:00"}
        for record in PRODUCTS
    ]
    assert imported(run, b"\n".join(json.dumps(record).encode() for record in moved)).startswith("stored 120,")
    imported(run, ORDERS)
    assert on_record() == before
