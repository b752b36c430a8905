"""What an installation holds. What one release could tell and a later one cannot any more was lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import func, inspect, select, table

from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.stored import StoredOrder
from plugin.runtime import Runtime
from plugin.storage.tables import metadata
from plugin.usecases.person_data.export import export_person
from plugin.usecases.person_data.pack import PackMeans
from plugin.usecases.quote_entitlements import quote_entitlements

Holdings = dict[str, object]
NOW = datetime(2027, 1, 1, tzinfo=UTC)
ROWS, PERSON = "rows of each table", "what is kept of one person"
SOMEBODY = "ida@example.com"
_LISTED = {"alembic_version", "worker_slots"}
"""Tables of the installation that start anew."""


def holdings(runtime: Runtime) -> Holdings:
    """Merchants with shops and staff, and each order: the shopper's address opened, each line with its clocks.

    Beside them the rows of every table, and of everything that is kept of one person, opened, how much there is.
    """
    merchants = runtime.deps.directory.merchants()
    found: Holdings = {merchant.name: _of(merchant.id, runtime) for merchant in merchants}
    return {**found, ROWS: _rows(runtime), PERSON: dict(_kept_of(SOMEBODY, runtime))}


def _rows(runtime: Runtime) -> dict[str, int]:
    """Ours, and not the job engine's, which come and go."""
    with runtime.storage.engine.connect() as connection:
        tables = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables) - _LISTED)
        return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in tables}


def _kept_of(email: str, runtime: Runtime) -> Iterator[tuple[str, object]]:
    """From the archive that a person may ask for: of each list its length, and the files that are in it."""
    deps = runtime.deps
    assert deps.pack_person
    means = PackMeans(deps.units, deps.evidence.files, deps.ids, deps.pack_person, runtime.settings.base_url)
    for merchant in deps.directory.merchants():
        with deps.units.read(merchant.id) as unit:
            shops = unit.shops.all()
        for shop in shops:
            pieces = export_person(email, shop, means=means, now=NOW)
            if pieces is None:
                continue
            with ZipFile(BytesIO(b"".join(pieces))) as archive:
                data = json.loads(archive.read("data.json"))
                lengths = {key: len(value) for key, value in data.items() if isinstance(value, list)}
                files = sorted(name for name in archive.namelist() if "/" in name)
            yield f"{merchant.name}: {shop.name}", {**lengths, "files": files}


def _of(merchant: MerchantId, runtime: Runtime) -> Holdings:
    with runtime.deps.units.read(merchant) as unit:
        shops = [shop.name for shop in unit.shops.all()]
        staff = [member.email for member in unit.staff.all()]
        policies = len(unit.policies.all())
    return {"shops": shops, "staff": staff, "policies": policies, "orders": dict(_orders(merchant, runtime))}


def _orders(merchant: MerchantId, runtime: Runtime) -> Iterator[tuple[str, object]]:
    for stored in _batch(merchant, runtime):
        quote = quote_entitlements(
            stored.id, merchant=merchant, units=runtime.deps.units, law=runtime.deps.law, now=NOW
        )
        clocks = {line.line: len(line.clocks) for line in quote.lines}
        yield stored.order.ref.external_id, {"email": stored.order.shopper.email, "clocks": clocks}


def _batch(merchant: MerchantId, runtime: Runtime) -> list[StoredOrder]:
    after: OrderId | None = None
    found: list[StoredOrder] = []
    while True:
        with runtime.deps.units.read(merchant) as unit:
            batch = unit.orders.batch(None, after, 500)
        if not batch:
            return found
        found += batch
        after = batch[-1].id
