"""A picture says its proportions by its own bytes; what says none is no reason to guess."""

from __future__ import annotations

import struct

import pytest

from plugin.domain.artwork_size import Size, size_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 420, 595) + b"\x08\x02"


@pytest.mark.parametrize(
    ("root", "size"),
    [
        (b'<svg viewBox="0 0 210 297">', Size(210, 297)),
        (b"<svg xmlns='x' viewBox='0,0, 595.28 , 841.89' width='10'>", Size(595, 842)),
        (b'<?xml version="1.0"?><svg width="95mm" height="100mm">', Size(950, 1000)),
        (b'<svg width="300px" height="150">', Size(300, 150)),
        (b'<svg width="100%" height="100%">', None),
        (b'<svg viewBox="0 0 0 297">', None),
        (b'<svg viewBox="0 0 1.2.3 4">', None),
        (b'<svg width="1e9" height="2">', None),
        (b"<svg>", None),
        (b"<html>", None),
    ],
)
def test_a_drawing_says_its_size_by_its_view_box_or_its_sides(root: bytes, size: Size | None) -> None:
    assert size_of(root + b"</svg>", "image/svg+xml") == size


def test_a_png_says_its_size_in_its_header() -> None:
    assert size_of(PNG, "image/png") == Size(420, 595)
    assert size_of(PNG[:20], "image/png") is None


def test_a_file_of_another_kind_says_none() -> None:
    assert size_of(b"%PDF-1.7", "application/pdf") is None
