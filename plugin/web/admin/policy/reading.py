"""What a form says, as changes of the draft: only what was typed differently is changed, everything else stays.

What cannot be read as the kind of thing that belongs there is kept as it was typed: the check then tells the fault at
its field, and nobody's typing is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from plugin.domain.money import Money, exponent
from plugin.domain.policy.edit import Action, Change, Document, edited
from plugin.web.admin.policy.controls import (
    KILOGRAM,
    PERCENT,
    WITHOUT_END,
    Control,
    Kind,
    current,
    entries,
    told,
)
from plugin.web.admin.policy.places import MISSING, value_at

Form = MultiDict[str, str]
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[0-9]{1,9}([.,][0-9]{1,4})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_BETWEEN_NAMES = re.compile(r"[,;،、，；\n]")


def changes_of(controls: Iterable[Control], form: Form, document: Document) -> tuple[Change, ...]:
    """The changes that a form with these controls asks for, and the removal of objects that say nothing any more."""
    changes: list[Change] = []
    for control in controls:
        was, typed = current(control, document), _read(control, form, document)
        if _is_same(control, was, typed):
            continue
        for path in (control.path, *control.mirrors):
            if typed is not MISSING:
                changes.append(Change(path, typed))
            elif value_at(document, path) is not MISSING:
                changes.append(Change.remove(path))
    after, _ = edited(document, changes)
    return (*changes, *_emptied(after, [change.path for change in changes if change.action is Action.REMOVE]))


def _is_same(control: Control, was: object, typed: object) -> bool:
    return typed == was or told(control, typed) == told(control, was)


def _emptied(document: Document, paths: Iterable[str]) -> Iterator[Change]:
    """The removal of each object that the removal of its fields left without any."""
    for path in paths:
        parent = path.rpartition(".")[0]
        while parent and not parent.rpartition(".")[2].isdecimal() and parent != "default":
            if value_at(document, parent) != {}:
                break
            document, _ = edited(document, [Change.remove(parent)])
            yield Change.remove(parent)
            parent = parent.rpartition(".")[0]


def _read(control: Control, form: Form, document: Document) -> Any:  # noqa: ANN401 - as JSON has it, by kind
    path = control.path
    match control.kind:
        case Kind.MONEY:
            return _amount(_typed(form, path), form.get(f"{path}.currency", ""))
        case Kind.WINDOW:
            return _window(_typed(form, path), form.get(f"{path}.unit", ""))
        case Kind.CHECKS:
            return _ticked(form.getlist(path), value_at(document, path)) or MISSING
        case Kind.COUNTRIES:
            return _countries(_typed(form, path), control)
        case Kind.CHANNELS | Kind.HOURS | Kind.ROWS:
            return {Kind.CHANNELS: _channels, Kind.HOURS: _hours}.get(control.kind, _rows_of)(control, form, document)
        case _:
            return _READING.get(control.kind, _text)(_typed(form, path))


def _typed(form: Form, path: str) -> str:
    return form.get(path, "").strip()


def _text(text: str) -> object:
    return text or MISSING


def _lines(text: str) -> object:
    return [line.strip() for line in text.splitlines() if line.strip()] or MISSING


def _number(text: str) -> object:
    if not text:
        return MISSING
    return int(text) if _WHOLE.fullmatch(text) else text


def _scaled(whole: int) -> Callable[[str], object]:
    """How a number is read of which the document counts `whole` as one."""

    def read(text: str) -> object:
        number = _decimal(text)
        if number is None:
            return text or MISSING
        scaled = number * whole
        return int(scaled) if scaled == scaled.to_integral_value() else text

    return read


def _countries(text: str, control: Control) -> object:
    """Codes of the countries that are named, by name or code; what names none stays as it is, and is a fault."""
    codes = {name.casefold(): code for code, name in control.options} | {
        code.lower(): code for code, _ in control.options
    }
    names = [part.strip() for part in _BETWEEN_NAMES.split(text) if part.strip()]
    return sorted({codes.get(name.casefold(), name) for name in names}) or MISSING


def _amount(text: str, currency: str) -> object:
    if not text:
        return MISSING
    currency, amount = currency.strip().upper(), _decimal(text)
    minor = amount.scaleb(exponent(currency)) if amount is not None else None
    if minor is None or minor != minor.to_integral_value():
        return {"minor": text, "currency": currency}
    return {"minor": int(minor), "currency": currency}


def amount_of(text: str, currency: str) -> Money | None:
    """The amount of money that was typed; None where it is none."""
    typed = _amount(text.strip(), currency)
    if not isinstance(typed, dict) or type(typed["minor"]) is not int or not _CURRENCY.fullmatch(typed["currency"]):
        return None
    return Money(typed["minor"], typed["currency"])


def _decimal(text: str) -> Decimal | None:
    """A number as people type it, with a point or a comma before its decimals."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _ticked(ticked: list[str], there: object) -> list[str]:
    """What is ticked, in the order it stood in; a value that is offered no more goes with its tick."""
    known = [each for each in there if each in ticked] if isinstance(there, list) else []
    return [*known, *(each for each in ticked if each not in known)]


def _rows_of(control: Control, form: Form, document: Document) -> object:
    """The rows that say something, each with whatever else its entry says."""
    there = entries(value_at(document, control.path))
    read = (_row(control, at, there[at] if at < len(there) else {}, form, document) for at in _rows(there))
    return [row for row in read if row is not None] or MISSING


def _row(
    control: Control, at: int, there: Mapping[str, object], form: Form, document: Document
) -> dict[str, object] | None:
    row = dict(there)
    for cell in control.cells:
        typed = _read(control.cell(at, cell), form, document)
        if typed is MISSING:
            row.pop(cell.path, None)
        elif not _is_same(cell, current(cell, there), typed):
            row[cell.path] = typed
    return row if control.cells[0].path in row else None


def _window(length: str, unit: str) -> object:
    if not unit:
        return MISSING
    if unit == WITHOUT_END:
        return {"length": None}
    counted = {"unit": "days", "counting": "working"} if unit == "working" else {"unit": unit}
    number = _number(length)
    return counted if number is MISSING else {"length": number, **counted}


def _channels(control: Control, form: Form, document: Document) -> object:
    there = entries(value_at(document, control.path))
    rows = [_channel(f"{control.path}.{at}", form, there[at] if at < len(there) else {}) for at in _rows(there)]
    return [row for row in rows if row is not None] or MISSING


def _channel(path: str, form: Form, there: Mapping[str, object]) -> dict[str, object] | None:
    contact = form.get(f"{path}.contact", "").strip()
    if not contact:
        return None
    spoken = re.findall(r"[\w-]+", form.get(f"{path}.languages", ""))
    kept = {name: value for name, value in there.items() if name != "languages"}
    row = {**kept, "kind": form.get(f"{path}.kind", ""), "contact": contact}
    return {**row, "languages": spoken} if spoken else row


def _hours(control: Control, form: Form, document: Document) -> object:
    there = entries(value_at(document, control.path))
    rows = []
    for at in _rows(there):
        path = f"{control.path}.{at}"
        days = [int(day) for day in form.getlist(f"{path}.weekdays") if day.isdecimal()]
        if days:
            opens, closes = (_minutes(form.get(f"{path}.{name}", "").strip()) for name in ("opens", "closes"))
            rows.append({"weekdays": days, "opens": opens, "closes": closes})
    return rows or MISSING


def _minutes(text: str) -> object:
    found = _CLOCK.fullmatch(text)
    return int(found[1]) * 60 + int(found[2]) if found else text


def _rows(there: list[dict[str, Any]]) -> range:
    """The rows that are there, and the empty one below them."""
    return range(len(there) + 1)


_READING: Mapping[Kind, Callable[[str], object]] = {
    Kind.LINES: _lines,
    Kind.NUMBER: _number,
    Kind.PERCENT: _scaled(PERCENT),
    Kind.KILOGRAMS: _scaled(KILOGRAM),
    Kind.YES_NO: lambda text: {"yes": True, "no": False}.get(text, MISSING),
    Kind.FLAG: lambda text: bool(text) or MISSING,
    Kind.CHAIN: lambda text: text.split(",") if text else MISSING,
}
"""What one input says, by kind; all other kinds are plain text."""
