"""Every bench still runs, at a size that takes seconds; what it measures then means nothing and is not judged.

Some start a dozen processes even so. In the short run their parts are tried in this process instead.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench import installations, postgres
from bench.imports import raw
from bench.quiet import speak
from bench.registry import BENCHES
from bench.result import Result, Size
from bench.storefront.apps import LAYERS, app
from bench.varied_shopify_orders import write_shopify_orders
from bench.webhooks.senders import Sender, Shopify, WooCommerce
from plugin.app import build_app
from tests.support import databases
from tests.support.postgres import Cluster

INFORM = {"cost", "scale"}
"""What machines of different sizes have to answer differently."""
DEAR = {"cost", "scale", "idle", "storefront", "embedded", "theme", "policy.compile"} | {
    *("import", "import.million", "import.shopify", "webhooks", "webhooks.shopify"),
}
"""Many processes, even at their smallest: `./script/test --long tests/bench` runs them."""


@pytest.fixture(autouse=True)
def _speak_again() -> Iterator[None]:
    """What a bench hushes is heard by the tests that come after it."""
    yield
    speak()


@pytest.fixture
def _migrated(run_folder: Path) -> Iterator[None]:
    with installations.lent(databases.migrated_file(run_folder)):
        yield


@pytest.fixture
def _databases(_migrated: None, postgres_cluster: Cluster, run_folder: Path) -> Iterator[None]:
    """Those of this run; the full size of the suite makes them as a bench does."""
    with postgres.lent(postgres_cluster, databases.migrated_template(postgres_cluster, run_folder)):
        yield


@pytest.mark.usefixtures("_databases")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in DEAR else ()) for name in BENCHES]
)
def test_a_bench_measures_what_it_is_named_for(name: str) -> None:
    with ThreadPoolExecutor(1) as thread:  # other tests of this process may leave a browser's event loop in its own
        results = thread.submit(lambda: list(BENCHES[name](Size.TINY))).result()
    assert any(result.target is not None for result in results) is (name not in INFORM)
    assert all(result.value >= 0 and result.name.startswith(f"{name}: ") for result in results)


@pytest.mark.usefixtures("_migrated")
@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_of_the_storefront_answers(layer: str) -> None:
    with installations.installation() as installed:
        shop = installed.shop()
        installed.promise(shop)
        path = f"/storefront/v1/{shop.key}/policy?country=DE" if layer in {"view", "product"} else "/hello"
        assert app(layer, installed.environ).test_client().get(path).status_code == 200


@pytest.mark.usefixtures("_migrated")
@pytest.mark.parametrize("sender", [WooCommerce(), Shopify()])
def test_what_a_platform_of_the_benches_sends_is_taken(sender: Sender) -> None:
    with installations.installation(**sender.settings) as installed:
        path, (body,) = sender.expect(installed), sender.bodies(1)
        client = build_app(installed.runtime.settings, installed.runtime.deps).test_client()
        assert client.post(path, data=body, headers=sender.headers(body)).status_code == 200


def test_the_baseline_of_an_import_keeps_what_shopify_sends(tmp_path: Path) -> None:
    write_shopify_orders(tmp_path / "orders.jsonl", 3)
    raw.into_sqlite(tmp_path / "orders.jsonl", tmp_path / "raw.sqlite3", raw.shopify_row)
    connection = sqlite3.connect(tmp_path / "raw.sqlite3")
    assert connection.execute("SELECT count(*) FROM raw_orders").fetchone() == (3,)
    connection.close()


@pytest.mark.parametrize(
    ("value", "baseline", "target", "is_lower_better", "ok"),
    [
        (80.0, 100.0, 0.8, False, True),
        (79.0, 100.0, 0.8, False, False),
        (150.0, 100.0, 1.5, True, True),
        (151.0, 100.0, 1.5, True, False),
        (0.3, None, 0.3, True, True),
        (0.31, None, 0.3, True, False),
        (1.0, 100.0, None, False, True),
    ],
)
def test_a_target_is_met_or_missed(
    value: float,
    baseline: float | None,
    target: float | None,
    is_lower_better: bool,  # noqa: FBT001 - a column of the table
    ok: bool,  # noqa: FBT001 - likewise
) -> None:
    result = Result("speed", value, "km/h", baseline, target, is_lower_better=is_lower_better)
    assert result.ok is ok
    assert json.loads(result.to_json())["ok"] is ok
    assert ("MISSED" in result.row()) is not ok
