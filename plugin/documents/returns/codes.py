"""Code 128 (ISO/IEC 15417) and QR codes (ISO/IEC 18004) as dark rectangles, so that they print sharp at any size."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_QUIET_128 = 10
"""Modules left free on each side (ISO/IEC 15417 §4.2)."""
_QUIET_QR = 4
"""Modules left free all around (ISO/IEC 18004 §9.1)."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A dark rectangle, in modules from the upper left corner; of a bar code the height is one."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is drawn, quiet zone included; sizes in modules."""

    width: int
    height: int
    dark: tuple[Rectangle, ...]


def code_128(text: str) -> Code:
    """A bar code of printable ASCII. Raises `ValueError` for anything else, and for more than 40 characters."""
    from barcode.codex import Code128  # noqa: PLC0415 - few processes print

    if not text.isascii() or not text.isprintable() or not 1 <= len(text) <= _LONGEST:
        raise ValueError("a bar code holds up to 40 printable ASCII characters")
    (modules,) = Code128(text).build()
    return Code(len(modules) + 2 * _QUIET_128, 1, tuple(_runs(modules, _QUIET_128, 0)))


def qr_code(text: str) -> Code:
    """A QR code of a text, a quarter of which may be unreadable (level Q)."""
    import segno  # noqa: PLC0415 - as above

    rows = segno.make_qr(text, error="q").matrix
    size = len(rows) + 2 * _QUIET_QR
    dark = (each for y, row in enumerate(rows) for each in _runs("".join(map(str, row)), _QUIET_QR, y + _QUIET_QR))
    return Code(size, size, tuple(dark))


def _runs(modules: str, offset: int, y: int) -> Iterator[Rectangle]:
    x = offset
    for module, run in groupby(modules):
        width = len(list(run))
        if module == "1":
            yield Rectangle(x, y, width, 1)
        x += width
