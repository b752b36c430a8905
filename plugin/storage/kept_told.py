"""What was told of a parcel as sealed pieces: the first in a cell of its own, later ones joined in another, and a gist.

An answer that tells more adds a piece: what is known is neither opened nor sealed again. After some pieces all are
sealed as one.
"""

import zlib
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from typing import Final

import msgspec

from plugin.domain.decoding import decoder, packed_decoder
from plugin.domain.tracking.kept_reports import Gist, KeptReports, gist_of
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.steps import SAID_OF_LEG, in_order
from plugin.storage.cipher import place, seal, unseal

_FASTEST: Final = 1
_PLAIN: Final = b"["
"""What a piece begins with that is too short to be compressed."""
_MOST_PIECES: Final = 8
_MARK_BYTES: Final = 16
_TAG_BYTES: Final = 16
_PURPOSE: Final = b"aftercare.told"
"""Tells marks from whatever else is made with a person's key (BLAKE2's personalisation, RFC 7693)."""


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """The gist of all, how long each later piece is, and the last bytes of the first: what another wrote has others."""

    gist: Gist
    lengths: tuple[int, ...]
    tag: bytes


_encoder = msgspec.json.Encoder()
_decoder = decoder(tuple[Report, ...])
_packer = msgspec.msgpack.Encoder()
_gist_decoder = packed_decoder(_Kept)


class Told:
    """One parcel's cells as they are on record; each piece is sealed under `key` at its own place."""

    __slots__ = ("_cell", "_kept", "_key", "_merchant", "_shipment", "_since")

    def __init__(
        self, key: bytes, cell: bytes, since: bytes | None, gist: bytes | None, merchant: str, shipment: str
    ) -> None:
        kept = _gist_decoder.decode(gist) if gist else None
        self._key = key
        self._cell = cell
        self._since = since or b""
        self._kept = kept if kept and kept.tag == cell[-_TAG_BYTES:] else None
        self._merchant = merchant
        self._shipment = shipment

    def reports(self) -> Sequence[Report]:
        """What was told; opened at once where there is no gist."""
        return KeptReports(self._kept.gist, self) if self._kept else self.opened()

    def grown(self, reports: KeptReports) -> dict[str, bytes] | None:
        """The cells that change by a piece more; None: there are pieces enough, and all becomes one."""
        if self._kept is None or len(self._kept.lengths) >= _MOST_PIECES:
            return None
        lengths = self._kept.lengths
        at = _place(self._merchant, self._shipment, len(lengths) + 1)
        piece = seal(self._key, _encoder.encode(reports.added), at)
        kept = _Kept(reports.gist, (*lengths, len(piece)), self._kept.tag)
        return {"told_since": self._since + piece, "gist": _packer.encode(kept)}

    def opened(self) -> tuple[Report, ...]:
        """All that was told, in order."""
        found = self._opened(self._cell, 0)
        if self._kept is None or not self._kept.lengths:
            return found
        several = [*found]
        start = 0
        for number, length in enumerate(self._kept.lengths, 1):
            several += self._opened(self._since[start : start + length], number)
            start += length
        return in_order(several)

    def marks(self, first: Sequence[Report], further: Sequence[Report]) -> tuple[bytes, bytes]:
        """Under the person's key: nobody reads them, and without it nobody makes them."""
        return _marks(self._key, first, further)

    def _opened(self, piece: bytes, number: int) -> tuple[Report, ...]:
        plain = unseal(self._key, piece, _place(self._merchant, self._shipment, number))
        return _decoder.decode(plain if plain.startswith(_PLAIN) else zlib.decompress(plain))


def sealed_whole(key: bytes, reports: Sequence[Report], merchant: str, shipment: str) -> dict[str, bytes | None]:
    """All cells: one piece, compressed, for carriers repeat the same words in every report; and the gist of it."""
    packed = zlib.compress(_encoder.encode(tuple(reports)), _FASTEST)
    cell = seal(key, packed, _place(merchant, shipment, 0))
    gist = gist_of(reports, partial(_marks, key))
    kept = _packer.encode(_Kept(gist, (), cell[-_TAG_BYTES:])) if gist else None
    return {"told": cell, "told_since": None, "gist": kept}


NOTHING_TOLD: Final[dict[str, bytes | None]] = {"told": None, "told_since": None, "gist": None}


def _marks(key: bytes, first: Sequence[Report], further: Sequence[Report]) -> tuple[bytes, bytes]:
    digest = blake2b(_said(first), digest_size=_MARK_BYTES, key=key, person=_PURPOSE)
    mark = digest.digest()
    if not further:
        return mark, mark
    digest.update(_said(further))
    return mark, digest.digest()


def _said(reports: Sequence[Report]) -> bytes:
    """All that was said, and of which leg, but when it was heard: one after the other, so that further ones follow."""
    return b"".join(map(_packer.encode, map(SAID_OF_LEG, reports)))


def _place(merchant: str, shipment: str, piece: int) -> bytes:
    return place(merchant, "shipments", shipment, f"told_since.{piece}" if piece else "told")
