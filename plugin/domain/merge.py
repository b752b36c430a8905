"""How a newer report of an order joins what is on record: nothing known is forgotten because a report leaves it out.

Platforms report parts: Shopify's order webhook carries no fulfilment events and no returns (Admin API 2026-07), a
WooCommerce order lists refunds without their lines and blanks the product of past lines once it is deleted
(REST v3, WooCommerce 10.5).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from plugin.domain.order import DeliveryEvent, Fulfilment, Order, OrderLine, PlatformReturn, Refund, Shopper
from plugin.domain.times import Moment, Source

T = TypeVar("T")


def merged(old: Order, new: Order) -> Order:
    """The order as `new` reports it, completed by what only `old` knows. `new` is not older."""
    return replace(
        new,
        lines=tuple(_line(known, line) for known, line in _paired(old.lines, new.lines, lambda line: line.id)),
        shopper=_shopper(old.shopper, new.shopper),
        paid=new.paid or old.paid,
        completed=_first(old.completed, new.completed),
        withdrawn=_first(old.withdrawn, new.withdrawn),
        delivered=None if new.is_underway else _first(old.delivered, new.delivered),
        language=new.language or old.language,
        fulfilments=_fulfilments(old, new),
        refunds=_refunds(old, new),
        returns=_returns(old, new),
        origin=new.origin or old.origin,
    )


def with_apart(known: Sequence[Fulfilment], listed: Sequence[Fulfilment]) -> tuple[Fulfilment, ...]:
    """Those the order tells itself, and those that were listed apart; a parcel that both name counts once."""
    own = [f for f in known if not f.is_apart]
    before = {f.id: f for f in known if f.is_apart}
    told = {parcel.number for f in own for parcel in f.parcels if parcel.number}
    more = (f for f in listed if told.isdisjoint(parcel.number for parcel in f.parcels))
    return (*own, *(merged_fulfilment(before.get(f.id), f) for f in more))


def with_entry(old: Sequence[T], new: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    """`old` with the entries of `new` in the place of those with the same key, or after them."""
    entries = {key(entry): entry for entry in old}
    entries.update((key(entry), entry) for entry in new)
    return tuple(entries.values())


def merged_fulfilment(old: Fulfilment | None, new: Fulfilment) -> Fulfilment:
    """A fulfilment as reported last; the events of earlier reports stay."""
    if old is None:
        return new
    return replace(
        new,
        shipped=new.shipped or old.shipped,
        lines=new.lines or old.lines,
        events=merged_events(old.events, new.events),
        estimated=new.estimated or old.estimated,
    )


def merged_events(old: Sequence[DeliveryEvent], new: Sequence[DeliveryEvent]) -> tuple[DeliveryEvent, ...]:
    """Every event once, by instant. One with an id is replaced by its correction; of those without, the first stay.

    An event without id is derived from an order's status, whose instant moves with each later edit of the order
    (WooCommerce `date_modified_gmt`, `date_completed_gmt`): a later edit must not postpone a delivery. Where a report
    has more of a kind than before (another parcel arrived), all of that kind are taken from it.
    """
    groups = _by_key(old)
    for key, events in _by_key(new).items():
        if events[-1].id is not None or len(events) > len(groups.get(key, ())):
            groups[key] = events if events[-1].id is None else events[-1:]
    every = list(chain.from_iterable(groups.values()))
    return tuple(old) if Counter(every) == Counter(old) else tuple(sorted(every, key=_by_instant))


def merged_refund(old: Refund | None, new: Refund) -> Refund:
    """A refund as reported last; its lines and its instant stay when a summary leaves them out."""
    if old is None:
        return new
    kept = new if new.lines else replace(new, lines=old.lines, amount=new.amount or old.amount)
    moment = old.moment if new.moment.source is Source.ESTIMATE else new.moment
    return replace(kept, moment=moment, return_id=new.return_id or old.return_id)


def merged_return(old: PlatformReturn | None, new: PlatformReturn) -> PlatformReturn:
    """A return as reported last; what a report leaves out stays: a webhook tells neither parcels nor fees."""
    if old is None:
        return new
    return replace(
        new,
        lines=new.lines or old.lines,
        handled=new.handled or old.handled,
        deliveries=new.deliveries or old.deliveries,
        shipping_fee=new.shipping_fee or old.shipping_fee,
        restocking_fees=new.restocking_fees or old.restocking_fees,
    )


def _by_key(events: Iterable[DeliveryEvent]) -> dict[object, list[DeliveryEvent]]:
    groups: dict[object, list[DeliveryEvent]] = {}
    for event in events:
        key = event.id if event.id is not None else (event.status, event.moment.source)
        groups.setdefault(key, []).append(event)
    return groups


def _by_instant(event: DeliveryEvent) -> tuple[datetime, str, str]:
    return (event.moment.at, event.status, event.id or "")


def _paired(old: Sequence[T], new: Sequence[T], key: Callable[[T], object]) -> list[tuple[T | None, T]]:
    known = {key(entry): entry for entry in old}
    return [(known.get(key(entry)), entry) for entry in new]


def _line(old: OrderLine | None, new: OrderLine) -> OrderLine:
    if old is None or old == new:
        return new
    return replace(
        new,
        product_id=new.product_id or old.product_id,
        variant_id=new.variant_id or old.variant_id,
        sku=new.sku or old.sku,
        categories=new.categories or old.categories,
        collections=new.collections or old.collections,
        tags=new.tags or old.tags,
        is_physical=old.is_physical if new.is_physical is None else new.is_physical,
    )


def _shopper(old: Shopper, new: Shopper) -> Shopper:
    """What was erased stays erased, however often the platform repeats it."""
    return old if old.is_erased else new


def _first(old: Moment | None, new: Moment | None) -> Moment | None:
    """A later report may move it (WooCommerce, each time an order is completed again): the first one counts."""
    reported = [moment for moment in (old, new) if moment is not None]
    return min(reported, key=lambda moment: moment.at, default=None)


def _fulfilments(old: Order, new: Order) -> tuple[Fulfilment, ...]:
    """Those of `new`, and those the platform made after it took that snapshot."""
    reported = tuple(
        merged_fulfilment(known, entry)
        for known, entry in _paired(old.fulfilments, new.fulfilments, lambda entry: entry.id)
    )
    ids = {entry.id for entry in reported}
    rest = [f for f in old.fulfilments if f.id not in ids and not f.is_apart]
    later = (f for f in rest if _is_later(f.updated_at, new.updated_at))
    return with_apart((*reported, *later), [f for f in old.fulfilments if f.is_apart])


def _refunds(old: Order, new: Order) -> tuple[Refund, ...]:
    """Those of `new`, and those made at or after its snapshot: an earlier one that is missing was deleted."""
    reported = tuple(
        merged_refund(known, entry) for known, entry in _paired(old.refunds, new.refunds, lambda entry: entry.id)
    )
    ids = {entry.id for entry in reported}
    return (*reported, *(r for r in old.refunds if r.id not in ids and r.moment.at >= new.updated_at))


def _returns(old: Order, new: Order) -> tuple[PlatformReturn, ...]:
    """Those of either: order reports need not list returns, so one that is missing is not gone."""
    paired = _paired(old.returns, new.returns, lambda entry: entry.id)
    return with_entry(old.returns, [merged_return(known, entry) for known, entry in paired], lambda entry: entry.id)


def _is_later(changed: datetime | None, snapshot: datetime) -> bool:
    return changed is not None and changed >= snapshot
