"""`aftercare connections`: which shops are read live, and how that goes."""

import json
from datetime import datetime

import click
from rich.markup import escape
from rich.table import Table

from plugin.cli.console import console
from plugin.cli.entitlement_row import instant_text
from plugin.cli.installation import installation, sentence_of
from plugin.domain.connection import Connection
from plugin.domain.reading_progress import Progress, progress
from plugin.domain.shop import Merchant, Shop
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.deps import Deps
from plugin.wording.reading import reading_in_words

_Row = tuple[Merchant, Shop, Connection]


@click.command("connections")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output.")
def command(*, as_json: bool) -> None:
    """List the connected shops: when each was last read, how far a first reading is, and what went wrong."""
    with installation() as runtime:
        rows, now = _connected(runtime.deps), runtime.deps.clock.now()
    if as_json:
        for row in rows:
            click.echo(json.dumps(_document(row, now), ensure_ascii=False))
    elif rows:
        _print_table(rows, now)
    else:
        click.echo("No shop is connected.")


def _connected(deps: Deps) -> list[_Row]:
    rows: list[_Row] = []
    for merchant in deps.directory.merchants():
        with deps.units.read(merchant.id) as unit:
            rows += [(merchant, unit.shops.get(known.shop), known) for known in unit.connections.all()]
    return rows


def _state(connection: Connection) -> str:
    if connection.due_at is None:
        return "stopped"
    if connection.fault:
        return "failing"
    return "connected" if connection.polled_at else "reading"


def _document(row: _Row, now: datetime) -> dict[str, object]:
    merchant, shop, connection = row
    return {
        "merchant": merchant.name,
        "shop": shop.name,
        "platform": shop.platform,
        "address": shop.address,
        "state": _state(connection),
        "connected_at": instant_text(connection.connected_at),
        "polled_at": _instant(connection.polled_at),
        "read_until": _instant(connection.read_until),
        "due_at": _instant(connection.due_at),
        "fault": connection.fault,
        "fault_detail": connection.fault_detail,
        "first_reading": _reading(progress(connection, now)),
    }


def _reading(first: Progress | None) -> dict[str, object] | None:
    """How far the first reading is; None once it is through."""
    if first is None:
        return None
    seconds = None if first.left is None else round(first.left.total_seconds())
    return {"pace": first.pace, "orders": first.done, "of": first.total, "seconds_left": seconds}


def _instant(at: datetime | None) -> str | None:
    return instant_text(at) if at else None


def _print_table(rows: list[_Row], now: datetime) -> None:
    table = Table()
    for heading in ("Merchant", "Shop", "Address", "State", "Last read", "Orders until"):
        table.add_column(heading, overflow="fold")
    for merchant, shop, known in rows:
        instants = (at.isoformat(timespec="minutes") if at else "" for at in (known.polled_at, known.read_until))
        table.add_row(*map(escape, (merchant.name, shop.name, shop.address or "", _state(known), *instants)))
    console().print(table)
    for _, shop, known in rows:
        if first := progress(known, now):
            told = reading_in_words(first, catalogue(FALLBACK))
            click.echo(f"{shop.name}: {'. '.join(filter(None, (told.counted, told.rest)))}")
        if known.fault:
            click.echo(f"{shop.name}: {sentence_of(known.fault, known.fault_detail)}")
