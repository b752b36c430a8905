"""Tables for spreadsheets: CSV (RFC 4180) in which no cell is run as a formula, whatever is taken for the separator.

A spreadsheet separates by the list separator of its reader's country, which is a semicolon in most of Europe: there a
name `Anna;=1+1` ends a cell and begins another, and quotes around it do not help, because they count at the beginning
of a cell only. So a formula is defused wherever a cell could begin, within a text too, and a row stays one line.
Source: OWASP, CSV Injection (begin of a cell, field separators, quotes); OWASP ASVS 5.0, 1.2.10.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

_MARK: Final = "\ufeff"
"""A byte order mark, which spreadsheets need to read it as UTF-8."""
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
"""Ends of lines and tabs end a cell everywhere; the other control characters have no place in one."""
_BEGINS: Final = re.compile(r'((?:^|[,;|\u060c\u061b])[\s"]*)(?=[=+\-@＝＋－＠])')
"""Where a formula would begin: with the cell, or behind what somebody's spreadsheet takes for the separator."""


def table(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """The table line by line, in UTF-8 with a byte order mark; every cell in quotes."""
    yield (_MARK + _line(columns)).encode()
    for row in rows:
        yield _line(row).encode()


def _as_text(cell: str) -> str:
    """The cell in one line, with an apostrophe wherever a spreadsheet would begin to run it."""
    return _BEGINS.sub(r"\1'", _BREAKS.sub(" ", cell))


def _line(cells: Iterable[str]) -> str:
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(map(_as_text, cells))
    return out.getvalue()
