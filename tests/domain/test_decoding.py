"""Types of what is read, made ready by one thread at a time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import msgspec
import pytest

from plugin.domain.decoding import convert, decoder, packed_decoder
from tests.support.repository import ROOT

FIRST_USES = """
import sys, threading
from dataclasses import make_dataclass
from plugin.domain.decoding import convert, decoder

sys.setswitchinterval(1e-6)
INNER, OUTER = range(6), range(6)
whole = {f"g{at}": {f"f{at}": at for at in INNER} for at in OUTER}
text = str(whole).replace("'", '"').encode()

def a_type():
    parts = [make_dataclass("Part", [(f"f{at}", int | None, None) for at in INNER]) for _ in OUTER]
    return make_dataclass("Whole", [(f"g{at}", part | None, None) for at, part in enumerate(parts)])

def use(kind, ready):
    ready.wait()
    assert decoder(kind).decode(text) == convert(whole, kind)

for _ in range(150):
    kind, ready = a_type(), threading.Barrier(6)
    threads = [threading.Thread(target=use, args=(kind, ready)) for _ in range(6)]
    for each in threads: each.start()
    for each in threads: each.join()
"""


@dataclass(frozen=True)
class Parcel:
    number: str
    pieces: int


def test_many_threads_may_use_a_type_for_the_first_time_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_USES], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_decoder_is_made_once_for_each_type_and_strictness() -> None:
    assert decoder(Parcel) is decoder(Parcel)
    assert decoder(Parcel, strict=False) is not decoder(Parcel)
    assert decoder(Parcel, strict=False).decode(b'{"number": "1", "pieces": "2"}') == Parcel("1", 2)
    with pytest.raises(msgspec.ValidationError):
        decoder(Parcel).decode(b'{"number": "1", "pieces": "2"}')
    assert packed_decoder(Parcel).decode(msgspec.msgpack.encode(Parcel("1", 2))) == Parcel("1", 2)


def test_a_value_is_converted_as_it_would_be_decoded() -> None:
    assert convert({"number": "1", "pieces": 2}, Parcel) == Parcel("1", 2)
    with pytest.raises(msgspec.ValidationError, match="pieces"):
        convert({"number": "1", "pieces": "two"}, Parcel)
