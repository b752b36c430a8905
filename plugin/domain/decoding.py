"""Decoders and conversions by type; each type is made ready by one thread at a time.

msgspec (0.22.0) ends the process with a segmentation fault when two threads use a type for the first time at once: one
reads what the other has not written yet. So nobody in the product makes a decoder, names a type to `decode` or converts
but by what is here (`tests/rules/test_decoding.py`). What msgspec raises is raised.
"""

from collections.abc import Callable
from threading import RLock
from types import UnionType
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")
_making = RLock()
_made: dict[object, Any] = {}


@overload
def decoder(kind: type[T], *, strict: bool = True) -> msgspec.json.Decoder[T]: ...
@overload
def decoder(kind: UnionType, *, strict: bool = True) -> msgspec.json.Decoder[Any]: ...
def decoder(kind: Any, *, strict: bool = True) -> msgspec.json.Decoder[Any]:
    """Of JSON; not `strict`: numbers and the like may stand in quotes."""
    made: msgspec.json.Decoder[Any] = _once((kind, strict), lambda: msgspec.json.Decoder(kind, strict=strict))
    return made


def packed_decoder(kind: type[T]) -> msgspec.msgpack.Decoder[T]:
    """Of MessagePack."""
    made: msgspec.msgpack.Decoder[T] = _once((kind, "packed"), lambda: msgspec.msgpack.Decoder(kind))
    return made


def convert(value: object, kind: type[T], *, from_attributes: bool = False) -> T:
    """The value as this type; `from_attributes`: read off any object that has them."""
    decoder(kind)
    return msgspec.convert(value, kind, from_attributes=from_attributes)


def _once(key: object, make: Callable[[], object]) -> Any:  # noqa: ANN401 - what was made for the key
    if key not in _made:
        with _making:
            _made.setdefault(key, make())
    return _made[key]
