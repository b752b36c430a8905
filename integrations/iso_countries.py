"""Countries by their three letters, as some services write them. Source: ISO 3166-1, by CLDR's territory aliases."""

from functools import cache
from typing import Final

from babel.core import get_global

_LETTERS: Final = 3
_WITHDRAWN: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes of states that are called otherwise now (ISO 3166-3): read, never written."""


@cache
def _by_three() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {
        three: of[0] for three, of in aliases.items() if len(three) == _LETTERS and three.isalpha() and len(of) == 1
    }


@cache
def _by_two() -> dict[str, str]:
    return {two: three for three, two in _by_three().items() if three not in _WITHDRAWN}


def two_letters(three: str | None) -> str | None:
    """`DE` of `DEU`; two letters stay what they are; None: no country."""
    told = (three or "").strip().upper()
    if len(told) == _LETTERS - 1 and told.isascii() and told.isalpha():
        return told
    return _by_three().get(told)


def three_letters(two: str | None) -> str | None:
    """`DEU` of `DE`; None: no country."""
    return _by_two().get((two or "").strip().upper())
