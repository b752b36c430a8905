"""A form control for one place of a policy document: what kind of thing stands there, and how it is shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from plugin.domain.money import exponent
from plugin.web.admin.policy.places import MISSING, value_at

WITHOUT_END = "endless"
_WHOLE_DAY = 1440
PERCENT = 100
"""Basis points."""
KILOGRAM = 1000
"""Grams."""


class Kind(StrEnum):
    """How a place of the document is told and typed."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    NUMBER = "number"
    PERCENT = "percent"
    KILOGRAMS = "kilograms"
    """Whole grams in the document, kilograms in the form."""
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    FLAG = "flag"
    CHECKS = "checks"
    COUNTRIES = "countries"
    """Codes in the document, names in the form; a text that names no country is kept as it was typed."""
    ROWS = "rows"
    """Objects in a list, a row of cells for each and an empty one below; without its first cell a row goes."""
    WINDOW = "window"
    CHAIN = "chain"
    """A list of choices in one order, offered whole."""
    CHANNELS = "channels"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Control:
    """One control; `path` is a place in the document and the name of what is posted.

    `mirrors` are places that get the same value. `means` is what a document means that says nothing there. `cells` are
    the columns of `Kind.ROWS`, their paths inside an entry.
    """

    path: str
    kind: Kind
    label: str
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    means: object = MISSING
    mirrors: tuple[str, ...] = ()
    cells: tuple["Control", ...] = ()

    def cell(self, row: int, cell: "Control") -> "Control":
        """The control of one cell of a row."""
        path = f"{self.path}.{row}.{cell.path}"
        return replace(cell, path=path, mirrors=())


@dataclass(frozen=True, slots=True)
class Shown:
    """A control with what stands there, as its inputs show it."""

    control: Control
    value: Any


def shown(control: Control, document: Mapping[str, object]) -> Shown:
    """The control as the document fills it."""
    return Shown(control, told(control, current(control, document)))


def current(control: Control, document: Mapping[str, object]) -> object:
    """What the document has there, or means by saying nothing."""
    found = value_at(document, control.path)
    return control.means if found is MISSING else found


def told(control: Control, value: Any) -> Any:  # noqa: ANN401 - any part of a document, as JSON has it
    """A value as the control's inputs show it; what is of no use for them is shown as it is."""
    if control.kind is Kind.ROWS:
        return [_row(control, at, entry) for at, entry in enumerate([*entries(value), {}])]
    if control.kind is Kind.COUNTRIES:
        named = dict(control.options)
        return ", ".join(str(named.get(each, each)) for each in value) if isinstance(value, list) else ""
    return _TELLING.get(control.kind, _text)(value)


def flattened(all_shown: Iterable[Shown]) -> Iterator[Control]:
    """Every control, those inside of rows included."""
    for each in all_shown:
        yield each.control
        if each.control.kind is Kind.ROWS:
            for row in each.value:
                yield from flattened(row)


def _row(control: Control, at: int, entry: Mapping[str, object]) -> tuple[Shown, ...]:
    return tuple(Shown(control.cell(at, each), told(each, current(each, entry))) for each in control.cells)


def entries(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is MISSING or value is None else str(value)


def _lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else ""


def _chain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else ""


def _yes_no(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else ""


def _checks(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _scaled(whole: int) -> Callable[[object], str]:
    """How a number is told of which `whole` are one."""

    def tell(value: object) -> str:
        return format((Decimal(value) / whole).normalize(), "f") if type(value) is int else _text(value)

    return tell


def _money(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"amount": "", "currency": ""}
    minor, currency = value.get("minor", ""), str(value.get("currency", ""))
    amount = f"{Decimal(minor).scaleb(-exponent(currency)):f}" if type(minor) is int else str(minor)
    return {"amount": amount, "currency": currency}


def _window(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"length": "", "unit": ""}
    length, unit = value.get("length"), str(value.get("unit", "days"))
    if length is None and "length" in value:
        return {"length": "", "unit": WITHOUT_END}
    is_working = unit == "days" and value.get("counting") == "working"
    return {"length": str(value.get("length", "")), "unit": "working" if is_working else unit}


def _open_hours(value: Mapping[str, Any]) -> dict[str, Any]:
    days = value.get("weekdays")
    return {
        "weekdays": [str(day) for day in days] if isinstance(days, list) else [],
        "opens": _clock(value.get("opens")),
        "closes": _clock(value.get("closes")),
    }


def _clock(minutes: object) -> str:
    if type(minutes) is not int or not 0 <= minutes <= _WHOLE_DAY:
        return "" if minutes is None else str(minutes)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _hours(value: object) -> list[dict[str, Any]]:
    return [*map(_open_hours, entries(value)), {}]


def _channels(value: object) -> list[dict[str, Any]]:
    return [*entries(value), {}]


_TELLING: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.LINES: _lines,
    Kind.PERCENT: _scaled(PERCENT),
    Kind.KILOGRAMS: _scaled(KILOGRAM),
    Kind.MONEY: _money,
    Kind.YES_NO: _yes_no,
    Kind.FLAG: lambda value: value is True,
    Kind.CHECKS: _checks,
    Kind.WINDOW: _window,
    Kind.CHAIN: _chain,
    Kind.CHANNELS: _channels,
    Kind.HOURS: _hours,
}
"""All other kinds are plain text."""
