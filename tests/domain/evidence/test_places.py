"""No video keeps the place where it was filmed, and none is changed otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.evidence import Refusal, isobmff, matroska
from plugin.domain.evidence.overwrites import Overwrite, overwritten
from plugin.domain.evidence.sniff import Refused
from tests.support import media
from tests.support.media import DRONE, FILM, PLACE, box, element, handler, track

PLAIN = b"52.5200"


def cleaned(content: bytes, walker: object = isobmff, piece: int = 7) -> bytes:
    overwrites = walker.overwrites_of(lambda at, length: content[at : at + length], len(content))  # type: ignore[attr-defined]  # either module
    return b"".join(overwritten((content[at : at + piece] for at in range(0, len(content), piece)), overwrites))


def why(content: bytes, walker: object = isobmff) -> Refusal:
    with pytest.raises(Refused) as refused:
        cleaned(content, walker)
    return refused.value.why


def boxes(content: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        found.append(content[at + 4 : at + 8])
        at += size if size != 1 else int.from_bytes(content[at + 8 : at + 16], "big")
    assert at == len(content)
    return found


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("brand", [b"mp42", b"qt  "])
def test_no_place_is_left_in_a_video_and_its_film_is(brand: bytes, is_long: bool) -> None:  # noqa: FBT001 - a case
    content = media.mp4(brand=brand, long_mdat=is_long)
    assert content.count(PLAIN) >= 7
    after = cleaned(content)
    assert len(after) == len(content)
    assert PLAIN not in after
    assert b"GPSLatitude" not in after
    assert after.index(FILM) == content.index(FILM)
    assert boxes(after) == [b"ftyp", b"mdat", b"moov", b"free", b"free"]


def test_only_the_places_change() -> None:
    content = media.mp4()
    after = cleaned(content)
    changed = [at for at, (old, new) in enumerate(zip(content, after, strict=True)) if old != new]
    film, movie = content.index(FILM), content.index(b"mvhd")
    assert not any(film <= at < film + len(FILM) or movie <= at < movie + 100 for at in changed)
    assert cleaned(after) == after


def test_a_video_without_places_is_left_as_it_is() -> None:
    content = (
        box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", FILM) + box(b"moov", box(b"mvhd"), track(b"vide", 24, (9,)))
    )
    assert cleaned(content) == content


def test_a_box_with_a_long_size_is_emptied_whole() -> None:
    content = box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track(b"vide", 0, ())) + box(b"uuid", PLACE, is_long=True)
    after = cleaned(content)
    assert PLAIN not in after
    assert boxes(after) == [b"ftyp", b"moov", b"free"]


@pytest.mark.parametrize(
    "content",
    [
        box(b"ftyp", b"isom"),  # no film
        box(b"ftyp", b"isom") + box(b"mdat", FILM),
        box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ())) * 2,
        media.mp4() + b"\0\0\0",
        media.mp4() + b"trailing rubbish that is no box",
        media.mp4()[:-5],
        media.mp4()[: media.mp4().index(b"mvhd") + 20],
        box(b"ftyp", b"isom") + box(b"moov", box(b"trak")),
        box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ()), b"\0\0\0\x04trak"),
        box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ()), track(b"text", 9_999_999, (5,))),
        box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ()), track(b"text", 0, (5,))) + box(b"moof"),
        box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ()), box(b"trak", box(b"mdia", handler(b"text")))),
        box(b"ftyp", b"isom") + box(b"free") * 20_001 + box(b"moov", track(b"vide", 0, ())),
    ],
    ids=range(13),
)
def test_a_video_that_is_not_boxes_throughout_is_refused(content: bytes) -> None:
    assert why(content) is Refusal.BROKEN


def test_a_video_of_endless_tables_is_refused_before_they_fill_the_memory() -> None:
    chunks = 300_000
    table = box(
        b"stbl",
        box(b"stsz", bytes(4), (1).to_bytes(4, "big"), chunks.to_bytes(4, "big")),
        box(b"stsc", bytes(4), b"".join(number.to_bytes(4, "big") for number in (1, 1, 1, 1))),
        box(b"stco", bytes(4), chunks.to_bytes(4, "big"), bytes(4 * chunks)),
    )
    endless = box(b"trak", box(b"mdia", handler(b"text"), box(b"minf", table)))
    assert why(box(b"ftyp", b"isom") + box(b"moov", track(b"vide", 0, ()), endless, endless)) is Refusal.BROKEN


def test_sound_alone_is_no_evidence() -> None:
    assert why(box(b"ftyp", b"M4A ") + box(b"moov", track(b"soun", 0, ()))) is Refusal.KIND


@given(st.binary(max_size=300), st.integers(0, 2_000), st.integers(1, 64))
def test_no_damaged_video_does_more_than_being_refused(noise: bytes, at: int, piece: int) -> None:
    content = media.mp4()
    damaged = content[:at] + noise + content[at + len(noise) :]
    try:
        after = cleaned(damaged, piece=piece)
    except Refused:
        return
    assert len(after) == len(damaged)


@pytest.mark.parametrize("live", [False, True])
def test_no_place_is_left_in_a_webm_and_its_film_is(live: bool) -> None:  # noqa: FBT001 - a case
    content = media.webm(live=live)
    after = cleaned(content, matroska)
    assert len(after) == len(content)
    assert PLAIN not in after
    assert after.index(FILM) == content.index(FILM)
    assert cleaned(after, matroska) == after


def test_a_small_tag_is_emptied_too() -> None:
    small = bytes.fromhex("1254c367") + b"\x85" + b"52.52"
    content = element("1a45dfa3", b"") + element("18538067", small + element("1f43b675", b""))
    after = cleaned(content, matroska)
    assert after[-22:-12] == b"\xec\x88" + bytes(8)
    assert b"52.52" not in after


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 40,
        media.webm()[:-3],
        element("1a45dfa3", b"webm") + element("1a45dfa3", b""),
        element("1a45dfa3", b"webm") + element("18538067", b"\0\0\0"),
        element("1a45dfa3", b"webm") + element("18538067", element("1254c367", b"", unknown=True)),
        media.webm() + b"rubbish",
    ],
)
def test_a_webm_that_is_not_elements_throughout_is_refused(content: bytes) -> None:
    assert why(content, matroska) is Refusal.BROKEN


@given(
    st.binary(min_size=1, max_size=200),
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 60), st.binary(max_size=4)), max_size=8),
    st.integers(1, 50),
)
def test_overwriting_changes_just_what_it_names_in_whatever_pieces_the_file_comes(
    content: bytes, wanted: list[tuple[int, int, bytes]], piece: int
) -> None:
    overwrites = [Overwrite(at, length, head[:length]) for at, length, head in wanted]
    ordered = sorted(overwrites, key=lambda each: each.offset)
    if any(left.end > right.offset and (left.head or right.head) for left, right in pairwise(ordered)):
        return  # heads that meet are nobody's case
    expected = bytearray(content)
    for each in overwrites:
        new = each.head + bytes(each.length - len(each.head))
        end = min(each.end, len(expected))
        if each.offset < end:
            expected[each.offset : end] = new[: end - each.offset]
    pieces = [content[at : at + piece] for at in range(0, len(content), piece)]
    assert b"".join(overwritten(pieces, overwrites)) == bytes(expected)


def test_the_drones_track_is_there_to_be_found() -> None:
    assert DRONE in media.mp4()
