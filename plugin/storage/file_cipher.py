"""Seals files too large for memory: AES-256-GCM over frames, each bound to its object, its place and the file's end.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015): a fresh key for each object, derived from the person's key and a random salt; the
nonce is the frame's number and whether it is the last. So frames cannot be swapped, dropped, or taken from elsewhere,
a cut-off object does not open, and any frame can be read without those before it.

An object: format byte, 16 bytes of salt, then frames of 64 KiB, each followed by its 16-byte tag; the last is shorter
and may be empty.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plugin.ports.errors import Unreadable
from plugin.ports.files import Files
from plugin.storage.cipher import place
from plugin.storage.keys import derive

FRAME_BYTES = 64 * 1024
_FORMAT = b"\x01"
_SALT_BYTES = 16
_TAG_BYTES = 16
_HEADER_BYTES = len(_FORMAT) + _SALT_BYTES
_SEALED_FRAME = FRAME_BYTES + _TAG_BYTES


class PersonalFileCipher:
    """`plugin.ports.evidence.FileCipher`: one file's objects under one person's key."""

    def __init__(self, key: bytes, merchant: str, row: str, table: str = "evidence") -> None:
        self._key = derive(key, f"files {row}")
        self._place = place(merchant, table, row, "object")

    def seal(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """Header and frames; at most one frame is kept back, to know which is the last."""
        salt = os.urandom(_SALT_BYTES)
        cipher = self._cipher(salt)
        yield _FORMAT + salt
        number = 0
        waiting = bytearray()
        for piece in content:
            waiting += piece
            while len(waiting) > FRAME_BYTES:
                yield cipher.encrypt(_nonce(number, is_last=False), bytes(waiting[:FRAME_BYTES]), self._bound(name))
                del waiting[:FRAME_BYTES]
                number += 1
        yield cipher.encrypt(_nonce(number, is_last=True), bytes(waiting), self._bound(name))

    def open(self, name: str, files: Files, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The frames that hold the asked-for bytes, opened one by one."""
        cipher = self._cipher(_salt(b"".join(files.get(name, 0, _HEADER_BYTES)), name))
        first, skipped = divmod(start, FRAME_BYTES)
        left = length
        sealed = None
        if length is not None:  # one byte more tells whether the last frame asked for is the object's last
            sealed = ((start + max(length, 1) - 1) // FRAME_BYTES - first + 1) * _SEALED_FRAME + 1
        stream = files.get(name, _HEADER_BYTES + first * _SEALED_FRAME, sealed)
        is_empty = True
        for number, (frame, is_last) in enumerate(_frames(stream), start=first):
            is_empty = False
            plain = self._opened(cipher, name, number, frame, is_last=is_last)[skipped:][:left]
            skipped = 0
            if left is not None:
                left -= len(plain)
            if plain:
                yield plain
            if left == 0:
                return
        if is_empty:  # even an empty file has a frame
            raise Unreadable("sealed", name)

    def _opened(self, cipher: AESGCM, name: str, number: int, frame: bytes, *, is_last: bool) -> bytes:
        try:
            return cipher.decrypt(_nonce(number, is_last=is_last), frame, self._bound(name))
        except InvalidTag as error:
            raise Unreadable("sealed", name) from error

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(derive(self._key, f"object {salt.hex()}"))

    def _bound(self, name: str) -> bytes:
        return self._place + name.encode()


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((is_last,))


def _salt(header: bytes, name: str) -> bytes:
    if len(header) != _HEADER_BYTES or header[:1] != _FORMAT:
        raise Unreadable("sealed", name)
    return header[1:]


def _frames(stream: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each sealed frame, and whether the stream ends with it."""
    waiting = bytearray()
    for piece in stream:
        waiting += piece
        while len(waiting) > _SEALED_FRAME:
            yield bytes(waiting[:_SEALED_FRAME]), False
            del waiting[:_SEALED_FRAME]
    if waiting:
        yield bytes(waiting), True
