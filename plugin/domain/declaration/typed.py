"""From what was typed to a statement: plain text of a bounded length, and a word at each field that is not usable.

Nothing is asked for beyond the name, the contract and where the confirmation goes (Directive 2011/83/EU art. 11a(2));
the part is a choice.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from plugin.domain.declaration.declaration import Picked, Statement

LONGEST: Final[Mapping[str, int]] = {"name": 120, "reference": 200, "reply_to": 254, "part": 600}
"""Characters a field takes; what is typed beyond is cut before the sender is shown what they declare."""
_JOINERS = frozenset("\u200c\u200d")
"""Format characters that words and emoji are written with (Persian, Indic scripts)."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MOST_LINES = 12


class Wrong(StrEnum):
    """What is wrong with a field."""

    NAME = "name"
    REFERENCE = "reference"
    REPLY_TO = "reply_to"
    PICKED = "picked"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came; `picked` None where there was no list to pick from, else units by line."""

    name: str = ""
    reference: str = ""
    reply_to: str = ""
    part: str = ""
    picked: tuple[Picked, ...] | None = None


class UnusableStatement(ValueError):
    """Something has to be typed again; `wrong` by the field's name."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        self.wrong = dict(wrong)
        super().__init__(sorted(self.wrong))


def statement_of(typed: Typed, *, whole: tuple[Picked, ...] = ()) -> Statement:
    """The statement; raises `UnusableStatement`.

    `whole` is every unit there is to pick: who leaves all of them picked withdraws from the whole contract.
    """
    said = Statement(
        name=plain(typed.name, LONGEST["name"]),
        reference=plain(typed.reference, LONGEST["reference"]),
        reply_to=plain(typed.reply_to, LONGEST["reply_to"]),
        part=plain(typed.part, LONGEST["part"], keeps_lines=True),
        picked=_picked(typed.picked, whole),
    )
    wrong = dict(_wrong(said, typed))
    if wrong:
        raise UnusableStatement(wrong)
    return said


def plain(text: str, most: int, *, keeps_lines: bool = False) -> str:
    """Text without control, direction and other invisible characters, trimmed, and no longer than `most`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = [" ".join(_visible(line).split()) for line in lines]
    kept = [line for line in shown if line][:_MOST_LINES]
    return ("\n" if keeps_lines else " ").join(kept)[:most].strip()


def _visible(line: str) -> str:
    spaced = line.replace("\t", " ").replace("\u2028", " ").replace("\u2029", " ")
    return "".join(sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _INVISIBLE)


def _picked(picked: tuple[Picked, ...] | None, whole: tuple[Picked, ...]) -> tuple[Picked, ...]:
    wanted = {each.line: each.quantity for each in picked or ()}
    units = (replace(each, quantity=min(each.quantity, wanted.get(each.line, 0))) for each in whole)
    chosen = tuple(each for each in units if each.quantity > 0)
    return () if chosen == whole else chosen


def _wrong(said: Statement, typed: Typed) -> Iterator[tuple[str, Wrong]]:
    if not said.name:
        yield "name", Wrong.NAME
    if not said.reference:
        yield "reference", Wrong.REFERENCE
    if not is_address(said.reply_to):
        yield "reply_to", Wrong.REPLY_TO
    if typed.picked is not None and not any(each.quantity > 0 for each in typed.picked):
        yield "picked", Wrong.PICKED


def is_address(text: str) -> bool:
    """Whether it can be an e-mail address at all: something, an @, a name with a dot, and no space."""
    local, _, domain = text.rpartition("@")
    parts = domain.split(".")
    return bool(local) and len(parts) > 1 and all(parts) and not any(sign.isspace() or sign in "<>,;" for sign in text)
