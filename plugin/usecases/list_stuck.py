"""Everything of one merchant that does not go on by itself: gathered from where it is kept, never kept twice."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.outage import outage
from plugin.domain.refund.intent import RefundState
from plugin.domain.returning.label import UPLOAD_NEEDED
from plugin.domain.shop_health import Problem, problems
from plugin.domain.stuck import LATE, Stuck, StuckKind
from plugin.domain.tracking.breaking import is_dead
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.ports.views import Views

MOST: Final = 50
"""Of one kind; one more is asked for, so that it can be said that there are more."""
ALL: Final = 2**31 - 1
"""As many as a limit can say."""
IN_DOUBT: Final = "in_doubt"
"""The fault of a refund of which nobody knows whether it arrived."""
_TOLD: Final = frozenset({Problem.HOOKS_MENDED, Problem.LATE})
"""Worth knowing on the shop's page, and nothing that is stuck."""

Gather = Callable[[UnitOfWork, Views, datetime, int], Iterator[Stuck]]


def list_stuck(
    merchant: MerchantId,
    *,
    units: Units,
    views: Views,
    now: datetime,
    kinds: Collection[StuckKind] = tuple(StuckKind),
    limit: int = MOST + 1,
) -> Mapping[StuckKind, Sequence[Stuck]]:
    """By kind, those that have any, in the order of `kinds`; of each at most `limit`. Empty: all is well."""
    with units.read(merchant) as unit:
        found = {kind: tuple(islice(_GATHER[kind](unit, views, now, limit), limit)) for kind in kinds}
    return {kind: stuck for kind, stuck in found.items() if stuck}


def _refunds(unit: UnitOfWork, views: Views, _now: datetime, limit: int) -> Iterator[Stuck]:
    for row in views.refunds_in(unit.merchant, RefundState.FAILED, limit):
        intent = unit.refunds.get(row.id)
        fault = IN_DOUBT if intent.may_have_moved else row.code or ""
        yield Stuck(
            StuckKind.REFUND, row.id, row.order_number, row.changed_at, fault, intent.attempts, row.purpose,
            detail=row.code or "",
        )  # fmt: skip


def _effects(unit: UnitOfWork, _views: Views, now: datetime, limit: int) -> Iterator[Stuck]:
    for each in unit.failed_effects.waiting(now, limit):
        yield Stuck(
            StuckKind.EFFECT, each.id, each.name, each.first_at, each.fault, each.times, _claim_of(each),
            detail=each.request or "",
        )  # fmt: skip


def _claim_of(failed: FailedEffect) -> str | None:
    claim = json.loads(failed.fields).get("claim")
    return str(claim) if claim else None


def _shops(unit: UnitOfWork, _views: Views, now: datetime, _limit: int) -> Iterator[Stuck]:
    names = _names(unit)
    for connection in unit.connections.all():
        hooks = unit.hooks.get(connection.shop)
        for problem in problems(connection, hooks, now):
            if problem in _TOLD:
                continue
            away = outage(connection, now)
            since = away.since if away else connection.failing_since or connection.polled_at or connection.connected_at
            fault = connection.fault if problem in {Problem.CONNECTION, Problem.SILENT} else hooks and hooks.fault
            detail = f"{problem.value}:{fault}" if fault else problem.value
            tries = connection.failures or None
            yield Stuck(
                StuckKind.SHOP, connection.shop, names[connection.shop], since, problem.value, tries,
                connection.shop, detail=detail,
            )  # fmt: skip


def _deliveries(unit: UnitOfWork, _views: Views, now: datetime, limit: int) -> Iterator[Stuck]:
    names = _names(unit)
    for each in unit.inbox.late(now - LATE, limit):
        yield Stuck(
            StuckKind.DELIVERY, each.id, names[each.shop], each.received_at, each.reason or "waiting", each.attempts,
            detail=each.topic,
        )  # fmt: skip


def _records(unit: UnitOfWork, views: Views, _now: datetime, limit: int) -> Iterator[Stuck]:
    for row in views.parked(unit.merchant, limit):
        yield Stuck(
            StuckKind.RECORD, row.id, row.shop_name, row.parked_at, row.code, row.attempts, row.id, detail=row.field
        )


def _letters(unit: UnitOfWork, _views: Views, _now: datetime, limit: int) -> Iterator[Stuck]:
    for each in unit.undelivered.all(limit):
        yield Stuck(
            StuckKind.LETTER, each.id, each.mail.subject, each.queued_at, each.fault or "unknown", each.attempts
        )


def _labels(unit: UnitOfWork, _views: Views, _now: datetime, limit: int) -> Iterator[Stuck]:
    for each in unit.labels.waiting(limit):
        code = each.code or "unknown"
        yield Stuck(
            StuckKind.LABEL, each.id, each.claim_number, each.changed_at, code, each.attempts, each.claim,
            may_retry=code != UPLOAD_NEEDED,
        )  # fmt: skip


def _carriers(unit: UnitOfWork, _views: Views, now: datetime, _limit: int) -> Iterator[Stuck]:
    for each in unit.carrier_accounts.all():
        if is_dead(each, now):
            since, fault = each.breaker.failing_since or each.since, each.breaker.fault or "unavailable"
            yield Stuck(StuckKind.CARRIER, each.kind, each.kind, since, fault, each.breaker.failures or None)


def _pushes(unit: UnitOfWork, _views: Views, _now: datetime, limit: int) -> Iterator[Stuck]:
    for each in unit.carrier_pushes.parked(limit):
        yield Stuck(
            StuckKind.PUSH, each.id, each.kind, each.received_at, each.fault, each.attempts, detail=each.fault_field
        )


def _boards(unit: UnitOfWork, _views: Views, _now: datetime, _limit: int) -> Iterator[Stuck]:
    names = _names(unit)
    for each in unit.postings.all():
        if each.is_stuck:
            fault = each.fault or "refused"
            yield Stuck(
                StuckKind.BOARD, each.shop, names[each.shop], each.asked_at or each.due_at, fault, each.failures or None
            )


def _names(unit: UnitOfWork) -> Mapping[ShopId, str]:
    return {shop.id: shop.name for shop in unit.shops.all()}


_GATHER: Final[Mapping[StuckKind, Gather]] = {
    StuckKind.REFUND: _refunds,
    StuckKind.EFFECT: _effects,
    StuckKind.SHOP: _shops,
    StuckKind.DELIVERY: _deliveries,
    StuckKind.RECORD: _records,
    StuckKind.LETTER: _letters,
    StuckKind.LABEL: _labels,
    StuckKind.CARRIER: _carriers,
    StuckKind.PUSH: _pushes,
    StuckKind.BOARD: _boards,
}
