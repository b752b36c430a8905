"""Files too large for memory, sealed piece by piece: nothing altered, cut, swapped or moved opens."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.files.local import LocalFiles
from plugin.domain.evidence.overwrites import Overwrite, overwritten
from plugin.ports.errors import Unreadable
from plugin.storage.file_cipher import FRAME_BYTES, PersonalFileCipher
from tests.fakes.files import FakeFiles

KEY = os.urandom(32)
NAME = "m1/e1/o1"
SEALED_FRAME = FRAME_BYTES + 16
HEADER = 17
MEGABYTE = 1024 * 1024
CIPHER = PersonalFileCipher(KEY, "m1", "e1")


def sealed(content: bytes, piece: int = 50_000, name: str = NAME) -> FakeFiles:
    files = FakeFiles()
    files.put(name, CIPHER.seal(name, (content[at : at + piece] for at in range(0, len(content), piece))))
    return files


def opened(files: FakeFiles, start: int = 0, length: int | None = None, cipher: PersonalFileCipher = CIPHER) -> bytes:
    return b"".join(cipher.open(NAME, files, start, length))


SIZES = [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES, 3 * FRAME_BYTES + 17]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("piece", [1_000, FRAME_BYTES, 1024 * 1024])
def test_what_is_sealed_opens_again(size: int, piece: int) -> None:
    content = os.urandom(size)
    files = sealed(content, piece)
    assert opened(files) == content
    assert size < 16 or content[:16] not in files.objects[NAME]


CONTENT = os.urandom(3 * FRAME_BYTES + 17)
FILES = sealed(CONTENT)


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, len(CONTENT)))
def test_any_part_opens_alone(start: int, length: int) -> None:
    assert opened(FILES, start, length) == CONTENT[start : start + length]


@pytest.mark.parametrize("edge", [FRAME_BYTES, 2 * FRAME_BYTES])
def test_a_part_that_ends_with_a_frame_opens(edge: int) -> None:
    assert opened(FILES, edge - 5, 5) == CONTENT[edge - 5 : edge]
    exact = sealed(CONTENT[:edge])
    assert opened(exact, 0, edge) == CONTENT[:edge]
    assert opened(exact, edge - 1, 1) == CONTENT[edge - 1 : edge]


def test_a_small_part_of_a_large_file_reads_little() -> None:
    files = sealed(os.urandom(40 * FRAME_BYTES))
    opened(files, 20 * FRAME_BYTES, 10)
    assert files.read < 3 * SEALED_FRAME


@pytest.mark.parametrize("at", [0, 5, HEADER, HEADER + 100, HEADER + SEALED_FRAME - 1, HEADER + SEALED_FRAME, -1])
def test_one_changed_byte_is_found(at: int) -> None:
    files = sealed(CONTENT)
    changed = bytearray(files.objects[NAME])
    changed[at] ^= 1
    files.objects[NAME] = bytes(changed)
    with pytest.raises(Unreadable):
        opened(files)


@pytest.mark.parametrize("left", [0, 10, HEADER, HEADER + 5, HEADER + SEALED_FRAME, HEADER + 2 * SEALED_FRAME, -1, -33])
def test_a_file_cut_short_is_found_wherever_it_was_cut(left: int) -> None:
    files = sealed(CONTENT)
    files.objects[NAME] = files.objects[NAME][:left]
    with pytest.raises(Unreadable):
        opened(files)


def test_frames_cannot_be_swapped_or_repeated() -> None:
    whole = FILES.objects[NAME]
    head, first, second = whole[:HEADER], whole[HEADER : HEADER + SEALED_FRAME], whole[HEADER + SEALED_FRAME :]
    for altered in (head + second, head + first + first + second, head + second[:SEALED_FRAME] + first + second):
        with pytest.raises(Unreadable):
            opened(FakeFiles({NAME: altered}))


def test_an_object_opens_in_its_own_place_for_its_own_file_and_person_alone() -> None:
    moved = FakeFiles({NAME: sealed(CONTENT, name="m1/e1/o2").objects["m1/e1/o2"]})
    with pytest.raises(Unreadable):
        opened(moved)
    for foreign in (
        PersonalFileCipher(KEY, "m1", "e2"),
        PersonalFileCipher(KEY, "m2", "e1"),
        PersonalFileCipher(os.urandom(32), "m1", "e1"),
    ):
        with pytest.raises(Unreadable):
            opened(FILES, cipher=foreign)


def test_the_same_content_never_seals_to_the_same_bytes() -> None:
    assert sealed(CONTENT).objects[NAME][HEADER:] != FILES.objects[NAME][HEADER:]


def test_a_film_passes_through_in_pieces(tmp_path: Path) -> None:
    """40 MB take no more memory than 4: sealed, opened, cleaned and sealed again on the way."""

    def peak(megabytes: int) -> int:
        files = LocalFiles(tmp_path / str(megabytes))
        piece = os.urandom(MEGABYTE)
        tracemalloc.start()
        files.put("m/e/a", CIPHER.seal("m/e/a", (piece for _ in range(megabytes))))
        cleaned = overwritten(CIPHER.open("m/e/a", files), [Overwrite(5, 2 * MEGABYTE)])
        files.put("m/e/b", CIPHER.seal("m/e/b", cleaned))
        assert sum(map(len, CIPHER.open("m/e/b", files))) == megabytes * MEGABYTE
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(40) < peak(4) * 1.2 < 8 * MEGABYTE
