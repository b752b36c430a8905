"""Splits a file into its records, whatever JSON it is, with memory bounded by the largest record.

JSON Lines are split by line, so that a broken line spoils no other. A JSON array, one object over many lines, or
several of them are split by their brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

import msgspec

from plugin.domain.decoding import decoder

LARGEST = 16 * 1024 * 1024
"""Bytes of a record at most; the largest orders of real shops have a few hundred kilobytes."""
_CHUNK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SPACE = b" \t\r\n"
_OPENING, _QUOTE = ord("{"), ord('"')


class NotRecords(Exception):
    """The file cannot hold records; the message completes "The file ..."."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A record beyond `LARGEST`, left out; `number` counts records from 1."""

    number: int


Record = bytes | TooLarge


def split(file: IO[bytes]) -> Iterator[Record]:
    """The records in order, without the space around them; raises `NotRecords`. An empty file has none."""
    head = file.read(_CHUNK)
    if head.startswith(_WIDE_BOMS):
        raise NotRecords("is UTF-16: save it as UTF-8")
    head = head.removeprefix(_BOM).lstrip(_SPACE)
    chunks = chain([head], iter(lambda: file.read(_CHUNK), b""))
    if head[:1] == b"[":
        return _Brackets(chunks).elements()
    first, _, rest = head.partition(b"\n")
    following = rest.lstrip(_SPACE)[:1]
    if head and b"{" not in (first[:1], following):
        raise NotRecords("holds no JSON objects")
    is_spread = first[:1] == b"{" and following not in (b"", b"{") and not _is_json(first)
    return _Brackets(chunks).elements() if is_spread else _lines(chunks)


def _is_json(line: bytes) -> bool:
    try:
        decoder(msgspec.Raw).decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    return True


def _lines(chunks: Iterator[bytes]) -> Iterator[Record]:
    """Lines that are not blank, trimmed."""
    number = 0
    for line in _whole_lines(chunks):
        record = line.removeprefix(_BOM).strip(_SPACE)
        if record:
            number += 1
            yield TooLarge(number) if len(record) > LARGEST else record


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines as they are; of one that is too large, only so much that it shows."""
    begun: list[bytes] = []
    size = 0
    for chunk in chunks:
        *whole, last = chunk.split(b"\n")
        for line in whole:
            yield b"".join([*begun, line])
            begun, size = [], 0
        if size <= LARGEST:
            begun.append(last)
            size += len(last)
    yield b"".join(begun)


_BETWEEN = re.compile(rb"(?:[\s,\[\]]|\xef\xbb\xbf)*+")
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TO_BRACKET = re.compile(rb'[^"{}\[\]]*+(?:' + _STRING + rb'[^"{}\[\]]*+)*+', re.DOTALL)
"""Everything up to the next bracket outside a string; stops before a string whose end is not there yet."""
_BARE = re.compile(rb"}|(?:[^\"{}\[\],]|" + _STRING + rb")*+\"?", re.DOTALL)
"""What stands where an object should: another value, or a bracket too many."""


class _Brackets:
    """A window on the file that holds the object being read and what was read beyond it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = bytearray()
        self._is_over = False

    def elements(self) -> Iterator[Record]:
        """The objects of the arrays, or those standing side by side; after one that is too large nothing follows.

        Where brackets do not match, all that follows may end up in one element.
        """
        number = 0
        while self._skip_between():
            number += 1
            element = self._element()
            yield TooLarge(number) if element is None else element
            if element is None:
                return

    def _skip_between(self) -> bool:
        """Move to the next element; whether there is one."""
        while True:
            skipped = _BETWEEN.match(self._buffer)
            del self._buffer[: skipped.end() if skipped else 0]
            if self._buffer or not self._fill(_CHUNK):
                return bool(self._buffer)

    def _element(self) -> bytes | None:
        """The element the window begins with, as far as the file holds it; None when it is too large."""
        while (end := self._end()) is None and len(self._buffer) <= LARGEST and self._fill(len(self._buffer) * 2):
            pass
        end = len(self._buffer) if end is None else end
        if end > LARGEST:
            return None
        element = bytes(self._buffer[:end])
        del self._buffer[:end]
        return element.strip(_SPACE)

    def _end(self) -> int | None:
        """Where the element ends; None when its end is not in the window yet."""
        if self._buffer[0] != _OPENING:
            found = _BARE.match(self._buffer)
            return found.end() if found and found.end() < len(self._buffer) else None
        depth, at = 0, 0
        while found := _TO_BRACKET.match(self._buffer, at):
            at = found.end() + 1
            if at > len(self._buffer) or self._buffer[at - 1] == _QUOTE:
                return None
            depth += 1 if self._buffer[at - 1] in b"{[" else -1
            if depth == 0:
                return at
        return None

    def _fill(self, size: int) -> bool:
        """Read on until the window holds `size` bytes; whether anything came."""
        before = len(self._buffer)
        while len(self._buffer) < size and not self._is_over:
            chunk = next(self._chunks, None)
            self._is_over = chunk is None
            self._buffer += chunk or b""
        return len(self._buffer) > before
