"""Entitlements as a table for a terminal: a row per line, a column per right."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from plugin.cli.console import console
from plugin.domain.entitlement import Clock, ClockState, Right
from plugin.usecases.quote_entitlements import Quote

_HEADINGS = {
    Right.WITHDRAWAL: "Withdrawal",
    Right.SHOP_RETURN: "Shop return",
    Right.EXCHANGE: "Exchange",
    Right.LEGAL_GUARANTEE: "Guarantee",
    Right.COMMERCIAL_WARRANTY: "Warranty",
}


def print_table(quotes: Iterable[Quote], as_of: datetime) -> None:
    """Print to standard output, as wide as the terminal is."""
    table = Table(title=f"As of {as_of.isoformat(timespec='minutes')}", title_justify="left")
    for heading in ("Order", "To", "Line", *_HEADINGS.values()):
        table.add_column(heading, overflow="fold")
    for quote in quotes:
        for cells in _cells(quote, as_of):
            table.add_row(*cells)
    console().print(table)


def _cells(quote: Quote, as_of: datetime) -> Iterable[Sequence[str]]:
    order = quote.stored.order
    titles = {line.id: line.title for line in order.lines}
    for entitlements in quote.lines:
        rights = [_cell(entitlements.clock(right), as_of) for right in _HEADINGS]
        yield (escape(order.number), order.place.country or "?", escape(titles[entitlements.line]), *rights)


def _cell(clock: Clock, as_of: datetime) -> str:
    """The state as a word, never as a colour alone."""
    match clock.state(as_of):
        case ClockState.OPEN:
            return f"until {clock.shown_last_day}"
        case ClockState.CLOSED:
            return f"ended {clock.shown_last_day}"
        case ClockState.NOT_STARTED:
            return "starts on delivery"
        case ClockState.UNLIMITED:
            return "no fixed end"
        case ClockState.NOT_APPLICABLE:
            return (clock.absent or "none").replace("_", " ")
