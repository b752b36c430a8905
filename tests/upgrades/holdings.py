"""What an installation holds, as far as every release can tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.stored import StoredOrder
from plugin.runtime import Runtime
from plugin.usecases.quote_entitlements import quote_entitlements

Holdings = dict[str, object]
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def holdings(runtime: Runtime) -> Holdings:
    """Merchants with shops and staff, and each order: the shopper's address opened, each line with its clocks."""
    return {merchant.name: _of(merchant.id, runtime) for merchant in runtime.deps.directory.merchants()}


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
