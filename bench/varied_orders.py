"""Recorded WooCommerce orders, varied without chance: the same number always gives the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from plugin.domain.order import DeliveryEvent, DeliveryStatus, FulfilledLine, Fulfilment, Order
from plugin.domain.times import Moment, Source
from tests.support.woocommerce import recorded_orders, the_order

Record = dict[str, Any]

FIRST_ID = 1_000_001
_DATES = tuple(f"date_{what}{zone}" for what in ("created", "modified", "completed", "paid") for zone in ("", "_gmt"))
_NAMES = ("Ida", "Łukasz", "Zoë", "Mateo", "Chloé", "Noor", "Jürgen", "Siobhán", "Yiğit", "小明", "ليلى")
_SURNAMES = ("Holm", "Wiśniewska", "García", "O’Brien", "Dupont", "Þórsdóttir", "Nguyễn", "van Dijk", "王", "Özdemir")
_LEFT_OUT = ("checkout-draft", "trash")
_ORDERS_PER_SHOPPER = 1.5
_SPREAD_DAYS = 700
_THREE = 3


def varied_orders(count: int) -> Iterator[bytes]:
    """`count` orders that are all stored: ids, numbers, keys, names, e-mails and dates differ, the rest is recorded.

    Two shoppers in three order once, the third twice.
    """
    records = [record for record in recorded_orders() if record["status"] not in _LEFT_OUT]
    for number in range(count):
        yield msgspec.json.encode(_varied(records[number % len(records)], number))


def email_of(number: int) -> str:
    """The e-mail of the shopper behind the order with this number, counted from 0."""
    return f"shopper{int(number / _ORDERS_PER_SHOPPER)}@example.com"


def write_orders(path: Path, count: int) -> int:
    """Write them as JSON Lines; how many bytes."""
    with path.open("wb") as file:
        file.writelines(body + b"\n" for body in varied_orders(count))
    return path.stat().st_size


def _varied(record: Record, number: int) -> Record:
    order_id = FIRST_ID + number
    name = {"first_name": _NAMES[number % len(_NAMES)], "last_name": f"{_SURNAMES[number % len(_SURNAMES)]} {number}"}
    later = timedelta(days=number % _SPREAD_DAYS, seconds=number % 86_400)
    return {
        **record,
        **{field: _shifted(record[field], later) for field in _DATES if record.get(field)},
        "id": order_id,
        "number": str(order_id),
        "order_key": f"wc_order_{order_id:x}",
        "billing": {**record["billing"], **name, "email": email_of(number)},
        "shipping": {**record["shipping"], **name},
    }


def _shifted(local: str, later: timedelta) -> str:
    return (datetime.fromisoformat(local) + later).isoformat()


def an_order_of_three_lines() -> Order:
    """A recorded order of three lines, as the product reads it, delivered in two parcels."""
    sold = (record for record in recorded_orders() if record["status"] == "completed")
    record = next(record for record in sold if len(record["line_items"]) == _THREE)
    order = the_order(record)
    one, two, three = ((FulfilledLine(line.id, line.quantity),) for line in order.lines)
    parcels = (((*one, *two), timedelta(days=3)), (three, timedelta(days=5)))
    return replace(
        order,
        fulfilments=tuple(_delivered(str(i), lines, order.placed.at + t) for i, (lines, t) in enumerate(parcels)),
    )


def _delivered(number: str, lines: tuple[FulfilledLine, ...], at: datetime) -> Fulfilment:
    event = DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at, Source.CARRIER))
    return Fulfilment(number, "success", Moment(at - timedelta(days=2), Source.PLATFORM), events=(event,), lines=lines)
