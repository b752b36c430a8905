"""What a file is by its bytes, and that nothing passes for two things."""

from __future__ import annotations

import random

import pytest

from plugin.domain.evidence import Refusal
from plugin.domain.evidence.sniff import Refused, is_taken, refuse_active, refuse_markup, sniff
from tests.support import media

PAGE = b"<html><body><script>alert(document.domain)</script></body></html>"


def kind_of(content: bytes) -> str:
    return sniff(lambda at, length: content[at : at + length], len(content)).media_type


def why(content: bytes) -> Refusal:
    with pytest.raises(Refused) as refused:
        kind_of(content)
    return refused.value.why


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (media.jpeg(), "image/jpeg"),
        (media.png(), "image/png"),
        (media.webp(), "image/webp"),
        (media.mp4(), "video/mp4"),
        (media.mp4(brand=b"qt  "), "video/quicktime"),
        (media.webm(), "video/webm"),
        (media.pdf(), "application/pdf"),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, media_type: str) -> None:
    assert kind_of(content) == media_type
    assert is_taken(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        PAGE,
        b"GIF89a" + bytes(20),
        b"MZ" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"#!/bin/sh\nrm -rf /\n",
        media.archive(),
        b"BM" + bytes(100),
        b"RIFF\x24\0\0\0WAVEfmt ",
        media.box(b"ftyp", b"heic", bytes(4), b"mif1heic") + bytes(100),
    ],
)
def test_what_we_do_not_take_is_refused_by_its_bytes(content: bytes) -> None:
    assert why(content) is Refusal.KIND
    assert not is_taken(content)


@pytest.mark.parametrize("honest", [media.jpeg(), media.png(), media.webp(), media.mp4(), media.pdf()])
def test_a_file_that_an_archiver_would_open_too_is_refused(honest: bytes) -> None:
    assert why(honest + media.archive()) is Refusal.MIXED


def test_an_archive_with_a_comment_is_found_behind_a_picture() -> None:
    packed = media.archive()[:-2] + (5).to_bytes(2, "little") + b"hello"
    assert why(media.jpeg() + packed) is Refusal.MIXED


@pytest.mark.parametrize("honest", [media.jpeg()[:4], b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", media.mp4()[:24]])
@pytest.mark.parametrize("page", [PAGE, b"<SCRIPT src=x>", b"<!DOCTYPE html>", b"<svg onload=x xmlns='a'>", b"<?php x"])
def test_a_file_that_begins_with_a_page_too_is_refused(honest: bytes, page: bytes) -> None:
    assert why(honest + b"/*" + page + b"\n*/" + bytes(5000)) is Refusal.MIXED


def test_a_picture_that_begins_as_a_paper_too_is_refused() -> None:
    assert why(media.jpeg()[:20] + b"%PDF-1.4" + media.jpeg()[20:]) is Refusal.MIXED


@pytest.mark.parametrize("at", [5_000, 1024 * 1024 - 3, 1024 * 1024, 2_500_000])
def test_a_page_is_found_wherever_it_hides_in_a_picture(at: int) -> None:
    content = media.jpeg() + bytes(at) + PAGE
    with pytest.raises(Refused) as refused:
        refuse_markup(lambda start, length: content[start : start + length], len(content))
    assert refused.value.why is Refusal.MIXED


def test_compressed_data_is_not_taken_for_a_page() -> None:
    noise = random.Random(7).randbytes(8 * 1024 * 1024)  # noqa: S311 - noise, no secret
    refuse_markup(lambda start, length: noise[start : start + length], len(noise))


@pytest.mark.parametrize("action", [b"/JavaScript", b"/S /JavaScript /JS (app.alert(1))", b"/Launch", b"/JS(x)"])
def test_a_paper_that_runs_something_is_refused(action: bytes) -> None:
    content = media.pdf(action)
    with pytest.raises(Refused) as refused:
        refuse_active(lambda start, length: content[start : start + length], len(content))
    assert refused.value.why is Refusal.ACTIVE


def test_a_plain_paper_is_not_taken_for_one_that_runs_something() -> None:
    content = media.pdf(b"/Pages 2 0 R /JSON (x)")
    refuse_active(lambda start, length: content[start : start + length], len(content))
