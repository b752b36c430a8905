import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.cli import records
from plugin.cli.records import LARGEST, TooLarge, split

texts = st.text(st.sampled_from('"\\{}[],:\n é\u2028x'), max_size=8)
objects = st.dictionaries(texts, st.one_of(texts, st.lists(texts, max_size=2), st.none(), st.booleans()), max_size=4)


@given(st.lists(objects, min_size=1, max_size=5), st.sampled_from([None, 1]), st.integers(1, 40))
def test_an_array_is_split_into_its_objects_wherever_it_is_cut(
    given_objects: list[dict], indent: int | None, chunk: int
) -> None:
    file = io.BytesIO(json.dumps(given_objects, indent=indent, ensure_ascii=False).encode())
    found = [bytes(record) for record in in_chunks(file, chunk) if isinstance(record, bytes)]
    assert [json.loads(record) for record in found] == given_objects


@given(st.lists(objects, min_size=1, max_size=5), st.integers(1, 40))
def test_lines_are_split_wherever_they_are_cut(given_objects: list[dict], chunk: int) -> None:
    file = io.BytesIO("\n".join(json.dumps(entry) for entry in given_objects).encode())
    assert [json.loads(record) for record in in_chunks(file, chunk)] == given_objects


def in_chunks(file: io.BytesIO, size: int) -> list[bytes | TooLarge]:
    """Split a file that hands out its first bytes whole and then a few at a time, as a pipe may."""

    class Slow(io.BytesIO):
        is_begun = False

        def read(self, _wanted: int | None = -1) -> bytes:
            self.is_begun, begun = True, self.is_begun
            return super().read(size if begun else max(size, 12))

    return list(split(Slow(file.getvalue())))


@given(st.binary(max_size=80))
def test_whatever_the_bytes_are_splitting_ends_without_a_fault_of_its_own(content: bytes) -> None:
    for head in (b"", b"{", b"[{", b'{"a":\n'):
        try:
            list(split(io.BytesIO(head + content)))
        except records.NotRecords:
            continue


def test_memory_holds_one_record_not_the_file() -> None:
    class Endless(io.RawIOBase):
        handed_out = 0

        def read(self, size: int = -1) -> bytes:
            self.handed_out += size
            return (b"x" * size) if self.handed_out > size else b"{" + b"x" * (size - 1)

    file = Endless()
    element = records._Brackets(iter(lambda: file.read(1024 * 1024), b"")).elements()
    assert next(element) == TooLarge(1)
    assert file.handed_out <= 3 * LARGEST


@pytest.mark.parametrize("content", [b'{"a":1}\n\n{"b":2}', b'{"a":1}\r\n{"b":2}\r\n'])
def test_blank_lines_and_carriage_returns_are_no_records(content: bytes) -> None:
    assert list(split(io.BytesIO(content))) == [b'{"a":1}', b'{"b":2}']
