"""Compute stored projections again, for lists, reminders and reports; nothing is written where nothing changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from plugin.domain.clocks.engine import Law
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.version import for_earlier_orders
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.quote_entitlements import quote

_BATCH = 200


def rebuild_entitlements(
    orders: Sequence[OrderId], *, merchant: MerchantId, units: Units, law: Law, now: datetime
) -> int:
    """How many projections changed, of these orders, or of all the merchant's when none is named.

    Versions in force by `now` better earlier orders. Orders that are gone are passed over. Batches are committed one by
    one: a run that dies is simply run again.
    """
    if not orders:
        return sum(_rebuild_all(merchant, units, law, now))
    return sum(_rebuild(orders[at : at + _BATCH], merchant, units, law, now) for at in range(0, len(orders), _BATCH))


def _rebuild_all(merchant: MerchantId, units: Units, law: Law, now: datetime) -> Iterator[int]:
    after: OrderId | None = None
    while True:
        with units(merchant) as unit:
            batch = unit.orders.batch(None, after, _BATCH)
            changed = _replace(batch, unit, law, now)
            unit.commit()
        yield changed
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def _rebuild(orders: Sequence[OrderId], merchant: MerchantId, units: Units, law: Law, now: datetime) -> int:
    with units(merchant) as unit:
        changed = _replace([stored for order in orders for stored in _found(order, unit)], unit, law, now)
        unit.commit()
    return changed


def _found(order: OrderId, unit: UnitOfWork) -> list[StoredOrder]:
    try:
        return [unit.orders.get(order)]
    except NotFound:
        return []


def _replace(batch: Sequence[StoredOrder], unit: UnitOfWork, law: Law, now: datetime) -> int:
    changed = 0
    policies = {version.id: version for version in unit.policies.all()}
    for stored in batch:
        policy = _policy(stored, policies, unit)
        later = for_earlier_orders(policies.values(), policy, stored.order.placed.at, now)
        lines = quote(stored, policy, law, later).lines
        if tuple(unit.entitlements.of(stored.id)) != lines:
            unit.entitlements.replace(stored.id, lines)
            changed += 1
    return changed


def _policy(stored: StoredOrder, policies: Mapping[str, PolicyVersion], unit: UnitOfWork) -> PolicyVersion | None:
    if stored.policy_version is not None:
        return policies[stored.policy_version]
    return unit.policies.in_force(stored.order.placed.at) if policies else None
