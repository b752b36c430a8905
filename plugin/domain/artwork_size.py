"""How wide and high a picture is by its own bytes, so that a page can keep its place before it is there."""

import re
from dataclasses import dataclass

_ROOT = re.compile(rb"<svg\b[^<>]*>")
_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_SIDE = rb"""\b%s\s*=\s*["']\s*([\d.]+)(?:px|mm|cm|in|pt)?\s*["']"""
_PNG_HEADER = 24
_LONGEST = 100_000
_SMALL, _FINE = 100, 10


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in the picture's own units; only their proportion says something."""

    width: int
    height: int


def size_of(content: bytes, media_type: str) -> Size | None:
    """The size of an SVG (its viewBox, else its sides) or a PNG (ISO/IEC 15948 IHDR); None for anything else."""
    match media_type:
        case "image/svg+xml":
            return _of_svg(content)
        case "image/png" if len(content) >= _PNG_HEADER:
            return _size(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
        case _:
            return None


def _of_svg(content: bytes) -> Size | None:
    root = _ROOT.search(content)
    if root is None:
        return None
    box = _BOX.search(root[0])
    if box:
        return _size(_number(box[1]), _number(box[2]))
    width, height = (re.search(_SIDE % name, root[0]) for name in (b"width", b"height"))
    return _size(_number(width[1]), _number(height[1])) if width and height else None


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0


def _size(width: float, height: float) -> Size | None:
    """Whole numbers that keep the proportion: sides in small units are told in tenths of them."""
    if max(width, height) > _LONGEST:  # as infinity is, which has no whole number
        return None
    scale = _FINE if min(width, height) < _SMALL else 1
    found = Size(round(width * scale), round(height * scale))
    return found if 0 < found.width <= _LONGEST and 0 < found.height <= _LONGEST else None
