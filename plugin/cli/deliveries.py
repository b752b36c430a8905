"""`aftercare deliveries`: says what arrived when, where no carrier did."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

import click

from plugin.cli import dates
from plugin.cli.installation import installation
from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.ports.deps import Deps
from plugin.usecases.find_shop import find_shop
from plugin.usecases.mark_delivered import Delivery, mark_delivered, unmark_delivered
from plugin.usecases.quote_shop import OrderNumberUnknown


@click.group("deliveries")
def command() -> None:
    """Say what was delivered when, where no carrier did."""


@command.command("mark")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when several have a shop of this name.")
@click.option("--order", "number", metavar="N", help="One order, by its number; together with --on.")
@click.option("--on", "day", type=dates.day, metavar="DATE", help="The day it arrived, where it arrived.")
@click.option("--csv", "file", type=click.File("r", encoding="utf-8-sig"), help="Many: lines of order number, date.")
def mark(shop_name: str, merchant: str | None, number: str | None, day: date | None, file: IO[str] | None) -> None:
    """Set orders "delivered on" a day: one with --order and --on, many with --csv. All are marked, or none."""
    if (file is None) == (number is None) or (number is None) != (day is None):
        raise click.UsageError("Give --order together with --on, or --csv.")
    days = read_days(file) if file is not None else [(str(number), day or date.min)]
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
        deliveries = [Delivery(order, on) for order_number, on in days for order in _orders(order_number, shop, deps)]
        changed = mark_delivered(deliveries, merchant=shop.merchant, by=None, units=deps.units, now=deps.clock.now())
        click.echo(f"marked {changed}")


@command.command("unmark")
@click.option("--shop", "shop_name", required=True, metavar="NAME", help="The shop.")
@click.option("--merchant", metavar="NAME", help="The shop's merchant, when several have a shop of this name.")
@click.argument("numbers", nargs=-1, required=True, metavar="ORDER...")
def unmark(shop_name: str, merchant: str | None, numbers: tuple[str, ...]) -> None:
    """Take the marks of these orders back."""
    with installation() as runtime:
        deps = runtime.deps
        shop = find_shop(shop_name, merchant, directory=deps.directory, units=deps.units)
        orders = [order for number in numbers for order in _orders(number, shop, deps)]
        changed = unmark_delivered(orders, merchant=shop.merchant, units=deps.units)
        click.echo(f"unmarked {changed}")


def _orders(number: str, shop: Shop, deps: Deps) -> Sequence[OrderId]:
    with deps.units.read(shop.merchant) as unit:
        found = [stored.id for stored in unit.orders.by_number(shop.id, number)]
    if not found:
        raise OrderNumberUnknown({"field": "order", "order": number, "shop": shop.name})
    return found


def read_days(file: IO[str]) -> list[tuple[str, date]]:
    """Order number and day of each line; a first line without a date is taken as the heading."""
    try:
        return list(_rows(file))
    except (csv.Error, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file.name} is no CSV file in UTF-8.") from error


def _rows(file: IO[str]) -> Iterator[tuple[str, date]]:
    for number, row in enumerate(csv.reader(file), start=1):
        if not any(cell.strip() for cell in row):
            continue
        try:
            order, day = (cell.strip() for cell in row)
            yield order, date.fromisoformat(day)
        except ValueError as error:
            if number > 1:
                raise click.ClickException(f"{file.name}, line {number}: not an order number and a date.") from error
