"""What a platform's report does to the order on record: stored, unchanged or outdated; the past overwrites nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from plugin.domain import line_scope, merge
from plugin.domain.errors import NotFound
from plugin.domain.order import Fulfilment, Order, OrderRef, PlatformReturn, Refund
from plugin.domain.shop_events import (
    DeliverySeen,
    DeliveryWithdrawn,
    FulfilmentSeen,
    FulfilmentsListed,
    OrderGone,
    OrderSeen,
    RefundReported,
    RefundSeen,
    RefundsListed,
    ReturnSeen,
)
from plugin.domain.stored import Outcome, StoredOrder

OrderEvent = (
    OrderSeen
    | FulfilmentSeen
    | FulfilmentsListed
    | DeliverySeen
    | DeliveryWithdrawn
    | RefundSeen
    | RefundReported
    | RefundsListed
    | ReturnSeen
    | OrderGone
)  # the events that are about one order


class OrderUnknown(NotFound):
    """The report is about an order that is not on record."""

    code = "order_unknown"

    def __init__(self, ref: OrderRef) -> None:
        super().__init__({"field": "order", "order": ref.external_id})


class FulfilmentUnknown(NotFound):
    """The report is about a fulfilment that is not on record, so it cannot be said which goods it means."""

    code = "fulfilment_unknown"

    def __init__(self, fulfilment_id: str) -> None:
        super().__init__({"field": "fulfilment", "fulfilment": fulfilment_id})


def ref_of(event: OrderEvent) -> OrderRef:
    """The order an event is about."""
    return event.order.ref if isinstance(event, OrderSeen) else event.order


def received(event: OrderEvent, stored: StoredOrder | None, new: Callable[[Order], StoredOrder]) -> StoredOrder:
    """The order after the event; the same object when nothing changed. `new` makes the record of a first report.

    Raises `OrderUnknown` and `FulfilmentUnknown`.
    """
    if stored is None:
        if isinstance(event, OrderSeen):
            return new(event.order)
        raise OrderUnknown(ref_of(event))
    after = _after(event, stored)
    return stored if after == stored else after


def outcome(event: OrderEvent, before: StoredOrder | None, after: StoredOrder) -> Outcome:
    """What became of the report, told from the order before and after it."""
    if after is not before:
        return Outcome.STORED
    return Outcome.OUTDATED if isinstance(event, OrderSeen) and _is_older(event, after) else Outcome.UNCHANGED


def _is_older(event: OrderSeen, stored: StoredOrder) -> bool:
    return event.order.updated_at < stored.order.updated_at


def _after(event: OrderEvent, stored: StoredOrder) -> StoredOrder:
    order = stored.order
    match event:
        case OrderSeen():
            return stored if _is_older(event, stored) else _seen(event.order, stored)
        case OrderGone():
            return replace(stored, is_gone=True)
        case RefundSeen():
            order = replace(order, refunds=_with_refund(order, event.refund))
        case RefundReported():
            order = replace(order, refunds=_with_refund(order, event.refund.priced(order)))
        case RefundsListed():
            order = order if order.updated_at > event.as_of else _without_deleted(order, event.refunds)
        case FulfilmentsListed():
            order = replace(order, fulfilments=merge.with_apart(order.fulfilments, event.fulfilments))
        case ReturnSeen():
            order = replace(order, returns=_with_return(order, event.platform_return))
        case FulfilmentSeen() | DeliverySeen() | DeliveryWithdrawn():
            order = _with_fulfilment(order, _fulfilment_after(event, order))
        case _:
            assert_never(event)
    return replace(stored, order=order)


def _seen(new: Order, stored: StoredOrder) -> StoredOrder:
    copies = line_scope.still_copied(stored.copies, new)
    return replace(stored, order=merge.merged(stored.order, new), copies=copies, is_gone=False)


def _without_deleted(order: Order, refunds: tuple[str, ...]) -> Order:
    return replace(order, refunds=tuple(refund for refund in order.refunds if refund.id in refunds))


def _with_refund(order: Order, new: Refund) -> tuple[Refund, ...]:
    old = next((refund for refund in order.refunds if refund.id == new.id), None)
    return merge.with_entry(order.refunds, [merge.merged_refund(old, new)], lambda entry: entry.id)


def _with_return(order: Order, new: PlatformReturn) -> tuple[PlatformReturn, ...]:
    old = next((known for known in order.returns if known.id == new.id), None)
    return merge.with_entry(order.returns, [merge.merged_return(old, new)], lambda entry: entry.id)


def _fulfilment_after(event: FulfilmentSeen | DeliverySeen | DeliveryWithdrawn, order: Order) -> Fulfilment:
    fulfilment_id = event.fulfilment.id if isinstance(event, FulfilmentSeen) else event.fulfilment_id
    old = next((fulfilment for fulfilment in order.fulfilments if fulfilment.id == fulfilment_id), None)
    if isinstance(event, FulfilmentSeen):
        return _newer(old, event.fulfilment)
    if old is None:
        raise FulfilmentUnknown(fulfilment_id)
    if isinstance(event, DeliverySeen):
        events = merge.merged_events(old.events, (event.event,))
        return replace(old, events=events, estimated=event.estimated or old.estimated)
    return replace(old, events=tuple(entry for entry in old.events if entry.id != event.event_id))


def _newer(old: Fulfilment | None, new: Fulfilment) -> Fulfilment:
    if old and old.updated_at and new.updated_at and new.updated_at < old.updated_at:
        return old
    return merge.merged_fulfilment(old, new)


def _with_fulfilment(order: Order, fulfilment: Fulfilment) -> Order:
    return replace(order, fulfilments=merge.with_entry(order.fulfilments, [fulfilment], lambda entry: entry.id))
