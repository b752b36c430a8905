"""Carry out what a platform tells our app: let a shop go, look at one again, forget a shopper.

What privacy law asks is carried out for a shop that was let go as well.
"""

from datetime import datetime
from typing import assert_never

from plugin.domain.app_events import AppEvent, AppUninstalled, DataAsked, ErasureAsked, ScopesChanged, ShopErasureAsked
from plugin.domain.data_request import AskedThrough, DataRequest
from plugin.domain.ids import DataRequestId
from plugin.domain.shop import Shop
from plugin.domain.stored import Outcome
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.apply_shop_events import Verdict, apply_shop_events
from plugin.usecases.disconnect_shop import let_go
from plugin.usecases.erase_person import forget_known, forget_order, forget_person
from plugin.usecases.person_data.ask import open_request
from plugin.usecases.read_record import Fault, Meaning

_AT_ONCE = 50
"""Persons forgotten in one transaction."""


def apply_message(meaning: Meaning, shop: Shop, unit: UnitOfWork, ids: Ids, now: datetime) -> Verdict:
    """What became of one message, be it about the shop or about our app there. The caller commits."""
    if not isinstance(meaning, Fault) and len(meaning) == 1 and isinstance(meaning[0], AppEvent):
        return _apply(meaning[0], shop, unit, ids, now)
    (verdict,) = apply_shop_events([meaning], shop, unit, ids)
    return verdict


def _apply(event: AppEvent, shop: Shop, unit: UnitOfWork, ids: Ids, now: datetime) -> Verdict:
    match event:
        case AppUninstalled():
            return _uninstall(event, shop, unit, now)
        case ScopesChanged():
            return _look_again(shop, unit, now)
        case ErasureAsked():
            return _forget(event, shop, unit, now)
        case DataAsked():
            return _open_request(event, shop, unit, ids, now)
        case ShopErasureAsked():
            return _forget_shop(shop, unit, now)
        case _:
            assert_never(event)


def _uninstall(event: AppUninstalled, shop: Shop, unit: UnitOfWork, now: datetime) -> Outcome:
    """Nothing calls the shop any more, and what was read from it stays. One that was installed anew since stays too.

    An undated message may be older than that: whether the shop still lets us in is found out by asking it.
    """
    connection = unit.connections.get(shop.id)
    if connection is None:
        unit.shop_tokens.remove(shop.id)
        unit.postings.forget(shop.id)
        unit.disconnections.remove(shop.id)  # whoever installs the app again wants the shop connected
        return Outcome.UNCHANGED
    if event.at is None:
        return _look_again(shop, unit, now)
    if event.at < connection.connected_at:
        return Outcome.OUTDATED
    let_go(connection, unit, now, has_left=True)
    unit.disconnections.remove(shop.id)
    return Outcome.STORED


def _look_again(shop: Shop, unit: UnitOfWork, now: datetime) -> Outcome:
    """A poll asks what is granted, and says what is missing: it is due now, also where it rested for want of access."""
    return Outcome.STORED if unit.connections.hasten(shop.id, now) else Outcome.SKIPPED


def _open_request(event: DataAsked, shop: Shop, unit: UnitOfWork, ids: Ids, now: datetime) -> Outcome:
    """Have it put together for the merchant to hand over; asked for once, however often it is told."""
    request = DataRequest(
        DataRequestId(ids.new()),
        shop.id,
        AskedThrough.PLATFORM,
        asked_at=now,
        sought=event.sought,
        reference=event.reference,
    )
    return Outcome.STORED if open_request(request, unit) else Outcome.UNCHANGED


def _forget(event: ErasureAsked, shop: Shop, unit: UnitOfWork, now: datetime) -> Outcome:
    """Forget whoever has the address, and what is personal about these orders, as far as they are on record.

    An order may stand under the address of somebody else, a gift or an office: they are forgotten only where all their
    orders are named.
    """
    known = forget_person(event.email, unit, now).person if event.email else None
    found = unit.orders.by_ref(shop.id, event.orders).values()
    named = sorted(stored.id for stored in found if not stored.order.shopper.is_erased)
    for person in sorted(set(unit.people.behind(named).values())):
        theirs = unit.people.orders_of(person)
        if set(theirs) <= set(named):
            forget_known([person], unit, now)
        else:
            for order in sorted(set(theirs) & set(named)):
                forget_order(order, unit, now)
    return Outcome.STORED if known or named else Outcome.UNCHANGED


def _forget_shop(shop: Shop, unit: UnitOfWork, now: datetime) -> Verdict:
    """Forget its shoppers, so many at once. Whoever has bought in another of the merchant's shops stays its shopper.

    A shop that is here again is not meant any more: Shopify does not ask then, but it may have asked before.
    """
    if unit.connections.get(shop.id) is not None:
        return Outcome.OUTDATED
    persons = unit.people.only_of(shop.id, _AT_ONCE)
    forget_known(persons, unit, now)
    unit.data_requests.forget_sought(shop.id)
    unit.parked.remove(list(unit.parked.codes(shop.id)))  # unread, so it may name anybody
    return Fault("forgetting_shop", "shop") if len(persons) == _AT_ONCE else Outcome.STORED
