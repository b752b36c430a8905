"""What a second file does to the first: repeats, older and newer states, refunds before and after their orders."""

from __future__ import annotations

import json

import pytest
from click.testing import Result

from plugin.domain.order import Order, Refund
from plugin.runtime import cli_runtime
from tests.cli.conftest import Run, lines_of
from tests.cli.traps import Record, line
from tests.support.woocommerce import an_order_record, recorded_orders, recorded_refunds

SHOP = ("--shop", "Fjell", "--platform", "woocommerce")
ORDER_ID, REFUNDS = next((order, refunds) for order, refunds in recorded_refunds().items() if refunds[0]["line_items"])
REFUNDED = next(order for order in recorded_orders() if str(order["id"]) == ORDER_ID)
REFUNDED_LINES = {part["meta_data"][0]["value"] for refund in REFUNDS for part in refund["line_items"]}


def imported(run: Run, *records: Record) -> Result:
    result = run("import", *SHOP, "-", stdin=b"\n".join(map(line, records)))
    assert result.exit_code == 0, result.output
    return result


def parked(run: Run) -> list[dict[str, object]]:
    return lines_of(run("parked", "--shop", "Fjell", "--json"))


def on_record(order_id: str) -> Order:
    runtime = cli_runtime()
    (merchant,) = runtime.deps.directory.merchants()
    with runtime.deps.units.read(merchant.id) as unit:
        (shop,) = unit.shops.all()
        stored = {entry.order.ref.external_id: entry.order for entry in unit.orders.batch(shop.id, None, 100)}
    runtime.close()
    return stored[order_id]


def refunds_of(order_id: str) -> tuple[Refund, ...]:
    return on_record(order_id).refunds


def status(run: Run) -> set[str]:
    return {row["platform_status"] for row in lines_of(run("entitlements", "--shop", "Fjell", "--json"))}


def test_an_older_state_after_a_newer_one_is_outdated_and_overwrites_nothing(run: Run) -> None:
    older = an_order_record(status="processing", total="1.00", date_modified_gmt="2023-12-13T00:00:00")
    newer = an_order_record(status="completed", date_modified_gmt="2023-12-14T00:00:00")
    imported(run, newer)
    before = on_record("205")
    assert imported(run, older).stdout == "stored 0, unchanged 0, skipped 0, parked 0, outdated 1\n"
    assert on_record("205") == before
    assert status(run) == {"completed"}


def test_states_of_one_order_in_one_file_end_with_the_newest_whatever_their_order(run: Run) -> None:
    days = {"processing": 13, "on-hold": 15, "completed": 14}
    records = [an_order_record(status=name, date_modified_gmt=f"2023-12-{day}T00:00:00") for name, day in days.items()]
    assert imported(run, *records).stdout == "stored 2, unchanged 0, skipped 0, parked 0, outdated 1\n"
    assert status(run) == {"on-hold"}


@pytest.mark.parametrize("way", ["beside their order", "after their order"])
def test_refunds_find_the_lines_of_their_order(run: Run, way: str) -> None:
    if way == "beside their order":
        imported(run, REFUNDED, *REFUNDS)
    else:
        imported(run, REFUNDED)
        imported(run, *REFUNDS)
    assert parked(run) == []
    assert {part.line for refund in refunds_of(ORDER_ID) for part in refund.lines} == REFUNDED_LINES
    assert all(refund.amount and refund.amount.shop.minor > 0 for refund in refunds_of(ORDER_ID))


def test_an_order_imported_again_keeps_the_lines_its_refunds_told(run: Run) -> None:
    imported(run, REFUNDED, *REFUNDS)
    before = refunds_of(ORDER_ID)
    imported(run, {**REFUNDED, "date_modified_gmt": "2026-11-20T00:00:00"})
    assert refunds_of(ORDER_ID) == before


def test_refunds_before_their_order_wait_and_a_retry_brings_them_in(run: Run) -> None:
    assert imported(run, *REFUNDS).stdout.endswith(f"parked {len(REFUNDS)}\n")
    assert {(record["code"], record["field"]) for record in parked(run)} == {("order_unknown", "order")}
    assert run("parked", "--shop", "Fjell", "--retry", "--all").stdout.endswith(f"parked {len(REFUNDS)}\n")
    imported(run, REFUNDED)
    told = run("parked", "--shop", "Fjell", "--retry", "--all").stdout
    assert told.startswith(f"stored {len(REFUNDS)},")
    assert told.endswith("parked 0\n")
    assert parked(run) == []
    assert {part.line for refund in refunds_of(ORDER_ID) for part in refund.lines} == REFUNDED_LINES


def test_an_order_imported_repaired_leaves_parked_and_another_order_does_not_take_it_along(run: Run) -> None:
    broken = an_order_record(id=7, currency="nonsense")
    assert imported(run, broken).stdout.endswith("parked 1\n")
    imported(run, an_order_record(id=8))
    assert [json.loads(str(record["body"])) for record in parked(run)] == [broken]
    assert imported(run, an_order_record(id=7)).stdout.startswith("stored 1,")
    assert parked(run) == []


def test_refunds_that_waited_leave_parked_when_their_file_comes_again(run: Run) -> None:
    imported(run, *REFUNDS)
    imported(run, REFUNDED, *REFUNDS)
    assert parked(run) == []


def test_retrying_one_record_leaves_the_others_parked(run: Run) -> None:
    other = {**REFUNDS[0], "id": 99, "_links": {}, "parent_id": 98}
    imported(run, REFUNDS[0], other)
    imported(run, REFUNDED)
    waiting = next(record for record in parked(run) if json.loads(str(record["body"])) == REFUNDS[0])
    assert run("parked", "--retry", str(waiting["id"])).stdout.startswith("stored 1,")
    (left,) = parked(run)
    assert json.loads(str(left["body"])) == other


@pytest.mark.parametrize("word", ["magento", "Shopify!", ""])
def test_a_platform_nobody_knows_is_refused_naming_the_option_and_the_choices(run: Run, word: str) -> None:
    result = run("import", "--shop", "Fjell", "--platform", word, "-", stdin=line(an_order_record()))
    assert result.exit_code == 2
    for told in ("--platform", "shopify", "woocommerce"):
        assert told in result.stderr


def test_a_file_of_the_other_platform_is_parked_whole_and_stores_nothing(run: Run) -> None:
    result = run("import", "--shop", "Fjord", "--platform", "shopify", "-", stdin=line(an_order_record()))
    assert result.stdout == "stored 0, unchanged 0, skipped 0, parked 1\n"


def test_a_shop_of_the_other_platform_is_refused_naming_the_option(run: Run) -> None:
    imported(run, an_order_record())
    result = run("import", "--shop", "Fjell", "--platform", "shopify", "-", stdin=line(an_order_record(id=7)))
    assert result.exit_code == 1
    assert "--platform woocommerce" in result.stderr
    assert on_record("205").number == "205"
