"""What ten thousand shops with a hundred million orders take, reckoned from what one of each was measured to cost.

Assumed is the sale of the year in shops that keep three years; each number can be argued with, and then the table
follows: `python -m bench.plan` writes it anew into docs/operating/scaling.md, as every bench does that is put on
record, and a test holds the two together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.record import Record, read
from bench.result import Size, figure

PAGE = Path(__file__).parents[1] / "docs" / "operating" / "scaling.md"
_TABLE = re.compile(r"(?P<head>\| what \|.*\n\|(?: -+:? \|)+\n)(?P<rows>(?:\|.*\n)*)")

SHOPS = 10_000
ORDERS = 100_000_000
YEARS = 3
ORDERS_A_DAY = ORDERS / (YEARS * 365)
PEAK_DAY = 5
PEAK_HOUR = 0.1
"""Of the peak day's orders."""
ORDERS_A_SECOND = ORDERS_A_DAY * PEAK_DAY * PEAK_HOUR / 3_600
DELIVERIES = 6
"""Of an order in its life: each is reckoned like the first, which costs most."""
WITHDRAWALS = 0.03
PARCELS = 1.1
ANSWERS = 28
"""Of a parcel: four a day for a week."""
ANSWERS_A_SECOND = ORDERS_A_DAY * (6 + PEAK_DAY) / 7 * PARCELS * ANSWERS / 86_400
"""In the week after the peak day."""
PAGES = 50
"""Storefront answers for one order."""
BUSY = 0.6
"""How busy a core is at the peak, by plan."""
PARTITIONS = 64
_GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Row:
    """`amount` is what it comes to, in `unit`."""

    what: str
    of_one: str
    how_many: str
    amount: float
    unit: str

    def __str__(self) -> str:
        amount = f"{figure(self.amount)} {self.unit}"
        return f"| {self.what} | {self.of_one} | {self.how_many} | {amount} |"


@dataclass(frozen=True, slots=True)
class _Costs:
    """Measured figures by the end of their names."""

    record: Record

    def __call__(self, name: str) -> float:
        found = self.record.last(name, Size.FULL)
        if found is None:
            raise ValueError(f"{name} was never measured")
        return found.value


def rows(record: Record) -> Iterator[Row]:
    """Disk, then cores by who works, then what is to be started."""
    of = _Costs(record)
    disk = [
        _disk("orders, their clocks and persons", of("cost: bytes of an order, its clocks and its person"), ORDERS),
        _disk("parcels", of("cost: bytes of a parcel"), ORDERS * PARCELS),
        _disk("withdrawals", of("cost: bytes of a withdrawal"), ORDERS * WITHDRAWALS),
    ]
    yield from disk
    size = sum(each.amount for each in disk)
    yield Row("disk in all, before copies and headroom", "", "", size, "GB")
    yield Row(f"of which each of {PARTITIONS} partitions", "", "", size / PARTITIONS, "GB")
    deliveries, claims = ORDERS_A_SECOND * DELIVERIES, ORDERS_A_SECOND * WITHDRAWALS
    web = [
        _cores(
            "storefront answers that are kept", of("storefront: server's CPU for it") / 1e3, ORDERS_A_SECOND * PAGES
        ),
        _cores("webhooks kept", of("cost: a webhook that is kept, CPU of ours"), deliveries),
        _cores("withdrawals submitted", of("cost: a withdrawal that is submitted, CPU of ours"), claims),
    ]
    yield from _sum("web", web)
    follows = "cost: a new order, applied, and what follows, CPU of"
    workers = [
        _cores("deliveries applied, and what follows", of(f"{follows} ours"), deliveries),
        _cores("answers about parcels", of("cost: an answer about a parcel, CPU of ours"), ANSWERS_A_SECOND),
        _idle("looking after shops by the clock", of("cost: an idle merchant, CPU of the worker")),
    ]
    yield from _sum("workers", workers)
    database = [
        _cores("webhooks kept, in the database", of("cost: a webhook that is kept, CPU of the database"), deliveries),
        _cores("deliveries applied, in the database", of(f"{follows} the database"), deliveries),
        _cores("parcels, in the database", of("cost: an answer about a parcel, CPU of the database"), ANSWERS_A_SECOND),
        _cores("withdrawals, in the database", of("cost: a withdrawal that is submitted, CPU of the database"), claims),
    ]
    yield from _sum("the database", database)
    a_job = of("cost: jobs of a new order")
    yield Row(
        "jobs", f"{figure(a_job)} of a delivery", f"{figure(deliveries)} a second", deliveries * a_job, "a second"
    )


def with_table(page: str, record: Record) -> str:
    """The page's text with these rows; raises `ValueError` where it has no table for them."""
    table = _TABLE.search(page)
    if table is None:
        raise ValueError("the page has no table of the plan")
    return page[: table.end("head")] + "".join(f"{row}\n" for row in rows(record)) + page[table.end() :]


def _disk(what: str, of_one: float, count: float) -> Row:
    return Row(what, f"{figure(of_one)} bytes", f"{figure(count)}", of_one * count / _GIGABYTE, "GB")


def _cores(what: str, milliseconds: float, a_second: float) -> Row:
    used = milliseconds * a_second / 1e3
    return Row(what, f"{figure(milliseconds)} ms", f"{figure(a_second)} a second", used, "cores")


def _idle(what: str, seconds_a_day: float) -> Row:
    return Row(what, f"{figure(seconds_a_day)} s a day", f"{figure(SHOPS)}", seconds_a_day * SHOPS / 86_400, "cores")


def _sum(who: str, parts: list[Row]) -> Iterator[Row]:
    yield from parts
    used = sum(part.amount for part in parts)
    yield Row(f"**{who}**, cores {BUSY:.0%} busy", "", "", math.ceil(used / BUSY), "cores")


def write() -> None:
    """Write the table by what is on record now."""
    PAGE.write_text(with_table(PAGE.read_text(), read()))


if __name__ == "__main__":
    write()
