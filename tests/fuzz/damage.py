"""What becomes of bytes, texts and JSON on a bad day or in hostile hands: strategies around recorded samples.

Each draws one number, and all of the damage follows from it: a hundred times as much is tried as when every byte is
drawn for itself. What is found cannot be made smaller, so little is damaged at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import chain
from random import Random
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Place = tuple[Any, ...]

_NUMBERS: Final = (
    *(0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**12, 10**30, 10**400, 1e308, -0.5, -0.0, 1e-9),
    *(float("nan"), float("inf")),
)
TEXTS: Final = (
    *("", "-", "NaN", "\x00", "\udfff", "9" * 20, "9" * 400, "9" * 5000, "1e999999999", "-0.00", "-99999999999999.999"),
    *("0000-00-00T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59", "9999-12-31", "²", "٣", "1_0"),
    *("Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359", "0 0 0 0:0:0 +99999999999", "99:99:99"),
    *("é" * 50, "ZZ", "XXX", "http://[", "https://[::1", "javascript:alert(1)", "gid://shopify/Order/1", "+1"),
)
_OTHERS: Final = (None, True, [], {}, [[]], [None], {"": None}, {"0": {"id": 1}})
_JUNK: Final = (
    *(b"\x00", b"\xff" * 4, b"\x00" * 8, b"\x7f\xff\xff\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"null"),
    *(b"\\u0000", b"\\ud800", b"-", b"9" * 30, b"9" * 400, b"1e999", b"[" * 2000, b"{" * 2000, b"{}", b"%00", b'"'),
    *(b"\\", b"%", b"=", b"&", b",", b";", b".", b"+", b":", b"/", b"..", b" "),
    *(b"\xc3\x28", b"%PDF-", b"PK\x05\x06", b"\xff\xd8\xff"),
)


def drawn(make: Callable[[Random], T]) -> st.SearchStrategy[T]:
    """What is made by chance, of which all follows from one number."""
    return st.integers(0, 2**64 - 1).map(lambda number: make(Random(number)))  # noqa: S311 - chance to be taken again


def anything(chance: Random) -> Any:  # noqa: ANN401 - JSON
    """What stands where something else should."""
    kind = chance.choice((_NUMBERS, TEXTS, _OTHERS, ()))
    return chance.choice(kind) if kind else words(chance)


def like(chance: Random, value: object) -> Any:  # noqa: ANN401 - JSON
    """What stands there instead, of the same type mostly: it gets past who asks for the type alone."""
    if chance.random() < 1 / 3:
        return anything(chance)
    if isinstance(value, str):
        return text_like(chance, value)
    return chance.choice(_NUMBERS) if isinstance(value, int | float) else anything(chance)


def text_like(chance: Random, value: str) -> str:
    """Another text: absurd, any at all, or this one damaged."""
    match chance.randrange(3):
        case 0:
            return chance.choice(TEXTS)
        case 1:
            return words(chance)
        case _:
            how = chance.choice(("replace", "ignore", "surrogateescape"))
            return bytes_like(chance, [value.encode("utf-8", "replace")]).decode("utf-8", how)


def words(chance: Random) -> str:
    """Any characters, those of few languages among them."""
    ranges = ((32, 126), (0, 0x2FF), (0, 0xFFFF), (0, 0x10FFFF))
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randrange(20)))


def bytes_like(chance: Random, samples: Sequence[bytes], most: int = 3) -> bytes:
    """One of the samples cut short, with bytes overwritten, put in, left out, doubled, or with another's end."""
    content = chance.choice(samples)
    for _ in range(chance.randint(0, most)):
        at, length = chance.randint(0, len(content)), chance.randint(0, 64)
        junk = chance.choice(_JUNK) if chance.random() < 1 / 2 else chance.randbytes(chance.randrange(8))
        match chance.randrange(6):
            case 0:
                content = content[:at] + junk + content[at + len(junk) :]
            case 1:
                content = content[:at] + junk + content[at:]
            case 2:
                content = content[:at] + content[at + length :]
            case 3:
                content = content[:at]
            case 4:
                content = content[:at] + content[at : at + length] * 2 + content[at + length :]
            case _:
                other = chance.choice(samples)
                content = content[:at] + other[chance.randint(0, len(other)) :]
    return content


def places(value: object, path: Place = ()) -> list[Place]:
    """The path of every value inside, containers included."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return list(chain.from_iterable([(*path, step), *places(child, (*path, step))] for step, child in list(steps)))


def damaged_json(samples: Sequence[Any], most: int = 3) -> st.SearchStrategy[Any]:
    """One of the samples with a few places replaced, dropped, doubled, nested or renamed."""
    known = [(json.dumps(sample), places(sample)) for sample in samples]

    def make(chance: Random) -> Any:  # noqa: ANN401 - JSON
        written, at = chance.choice(known)
        if not at:
            return anything(chance)
        copy = json.loads(written)
        for _ in range(chance.randint(1, most)):
            _damage(copy, chance.choice(at), chance)
        return copy

    return drawn(make)


def _damage(record: Any, path: Place, chance: Random) -> None:  # noqa: ANN401 - JSON
    *way, last = path
    try:
        for step in way:
            record = record[step]
        match chance.randrange(7):
            case 0:
                del record[last]
            case 1:
                record[last] = chance.choice(([record[last]], {"1": record[last]}, [[record[last]]]))
            case 2:
                record[last] = [record[last]] * 2
            case 3 if isinstance(record, dict):
                record[words(chance)] = record.pop(last)
            case _:
                record[last] = like(chance, record[last])
    except (KeyError, IndexError, TypeError):
        return  # an earlier damage took the place away


def damaged_bytes(samples: Sequence[bytes], most: int = 3) -> st.SearchStrategy[bytes]:
    """One of the samples, damaged."""
    return drawn(lambda chance: bytes_like(chance, samples, most))


def damaged_text(samples: Sequence[str]) -> st.SearchStrategy[str]:
    """The same of a text, any character at all among them."""
    return drawn(lambda chance: text_like(chance, chance.choice(samples)))


def json_bodies(samples: Sequence[Any]) -> st.SearchStrategy[bytes]:
    """Bodies of requests and answers: JSON of another shape, or what is hardly JSON any more."""
    written = [json.dumps(sample).encode() for sample in samples]
    shaped = damaged_json(samples).map(lambda value: json.dumps(value).encode())
    return shaped | shaped | damaged_bytes(written)
