"""Every trap of both platforms through `aftercare import`, and read back through repository and commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from plugin.cli import main
from plugin.domain.order import Order
from plugin.runtime import cli_runtime
from tests.cli.conftest import lines_of, own_home
from tests.cli.hostile_shopify import SHOPIFY
from tests.cli.hostile_woocommerce import WOOCOMMERCE
from tests.cli.traps import Meant, Platform, Refused

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "entitlements-schema.json").read_text())
PLATFORMS = {platform.name: platform for platform in (WOOCOMMERCE, SHOPIFY)}
MEANT = [(name, trap) for name, platform in PLATFORMS.items() for trap in platform.meant]
REFUSED = [(name, trap) for name, platform in PLATFORMS.items() for trap in platform.refused]


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file of hostile records left behind."""

    summary: str
    orders: dict[str, Order]
    rows: dict[str, list[dict[str, Any]]]
    parked: list[dict[str, Any]]
    table: str


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Imported]]:
    """Import one file per platform into one home."""
    with own_home(tmp_path_factory.mktemp("hostile") / "home"):
        yield {name: _import(platform) for name, platform in PLATFORMS.items()}


def _import(platform: Platform) -> Imported:
    told = _aftercare("import", "--shop", platform.name, "--platform", platform.name, "-", stdin=platform.file())
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in lines_of(_aftercare("entitlements", "--shop", platform.name, "--json")):
        rows.setdefault(row["order_id"], []).append(row)
    parked = lines_of(_aftercare("parked", "--shop", platform.name, "--json"))
    table = _aftercare("entitlements", "--shop", platform.name).stdout
    return Imported(told.stdout, _orders(platform.name), rows, parked, table)


def _orders(shop: str) -> dict[str, Order]:
    runtime = cli_runtime()
    (merchant,) = runtime.deps.directory.merchants()
    with runtime.deps.units.read(merchant.id) as unit:
        known = unit.shops.by_name(shop)
        assert known is not None
        stored = unit.orders.batch(known.id, None, 1_000)
    runtime.close()
    return {entry.order.ref.external_id: entry.order for entry in stored}


def _aftercare(*arguments: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(("platform", "trap"), MEANT, ids=[f"{name}: {trap.sentence}" for name, trap in MEANT])
def test_a_hostile_order_is_on_record_as_it_was_meant(
    imported: dict[str, Imported], platform: str, trap: Meant
) -> None:
    assert trap.ask(imported[platform].orders[trap.order_id]) == trap.answer


@pytest.mark.parametrize(("platform", "trap"), MEANT, ids=[f"{name}: {trap.sentence}" for name, trap in MEANT])
def test_a_hostile_order_has_a_row_for_each_line_as_the_schema_describes_it(
    imported: dict[str, Imported], platform: str, trap: Meant
) -> None:
    order = imported[platform].orders[trap.order_id]
    rows = imported[platform].rows[trap.order_id]
    assert [(row["line"], row["title"], row["sku"]) for row in rows] == [
        (li.id, li.title, li.sku) for li in order.lines
    ]
    for row in rows:
        jsonschema.validate(row, SCHEMA)
        assert row["order"] == order.number


@pytest.mark.parametrize(("platform", "trap"), REFUSED, ids=[f"{name}: {trap.sentence}" for name, trap in REFUSED])
def test_an_unreadable_record_is_parked_alone_with_its_body_code_and_field(
    imported: dict[str, Imported], platform: str, trap: Refused
) -> None:
    body = trap.body.decode(errors="replace")
    (record,) = [record for record in imported[platform].parked if record["body"] == body]
    assert (record["code"], record["field"]) == (trap.code, trap.field)
    assert (record["platform"], record["topic"], record["attempts"]) == (platform, "", 1)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_record_of_the_file_is_accounted_for(imported: dict[str, Imported], platform: str) -> None:
    given, found = PLATFORMS[platform], imported[platform]
    counts = {"stored": given.meant, "unchanged": (), "skipped": given.skipped, "parked": given.refused}
    assert found.summary == ", ".join(f"{outcome} {len(traps)}" for outcome, traps in counts.items()) + "\n"
    assert set(found.orders) == set(found.rows) == {trap.order_id for trap in given.meant}
    assert len(found.parked) == len(given.refused)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_script_of_a_tracking_link_is_shown_anywhere(imported: dict[str, Imported], platform: str) -> None:
    shown = json.dumps([*imported[platform].rows.values()]) + imported[platform].table
    assert "javascript" not in shown.lower()
    assert "javascript" in PLATFORMS[platform].file().decode(errors="replace").lower()


@pytest.mark.parametrize(
    ("platform", "sentence"),
    [
        ("shopify", "a parcel that is only expected"),
        ("shopify", "a parcel delivered without an instant"),
        ("woocommerce", "a parcel that has only left"),
        ("woocommerce", "an order that is only completed"),
    ],
)
def test_an_estimate_or_a_shipment_starts_no_legal_period(
    imported: dict[str, Imported], platform: str, sentence: str
) -> None:
    clocks = withdrawal_clocks(imported, platform, sentence)
    assert {clock["state"] for clock in clocks} == {"not_started"}


def test_a_status_called_delivered_starts_a_legal_period_and_is_named(imported: dict[str, Imported]) -> None:
    clocks = withdrawal_clocks(imported, "woocommerce", "a status called delivered")
    assert {clock["starts_source"] for clock in clocks} == {"status"}


def withdrawal_clocks(imported: dict[str, Imported], platform: str, sentence: str) -> list[dict[str, Any]]:
    """Of each line of the one order that the sentence is about."""
    (trap,) = (each for each in PLATFORMS[platform].meant if each.sentence == sentence)
    return [row["clocks"]["withdrawal"] for row in imported[platform].rows[trap.order_id]]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_same_hostile_file_again_changes_nothing(imported: dict[str, Imported], platform: str) -> None:
    given = PLATFORMS[platform]
    again = _aftercare("import", "--shop", platform, "--platform", platform, "-", stdin=given.file())
    told = (len(given.meant), len(given.skipped), len(given.refused))
    assert again.stdout == "stored 0, unchanged {}, skipped {}, parked {}\n".format(*told)
    parked = lines_of(_aftercare("parked", "--shop", platform, "--json"))
    assert [record["body"] for record in parked] == [record["body"] for record in imported[platform].parked]
    assert _orders(platform) == imported[platform].orders
