"""The app's keys: one wraps every new data key, older ones still open what they wrapped until a rotation is over."""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest as hmac_digest
from typing import Self

import msgspec

from plugin.domain.decoding import decoder
from plugin.storage.errors import BadKeyRing, CannotOpen

KEY_BYTES = 32  # AES-256


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    current: str
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """App keys by id. As JSON: `{"current": id, "keys": {id: base64 of 32 bytes}}`."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The ring that a JSON text holds; raises `BadKeyRing`."""
        try:
            document = decoder(_Document).decode(text)
            keys = {key_id: base64.b64decode(key, validate=True) for key_id, key in document.keys.items()}
        except (msgspec.DecodeError, binascii.Error) as error:
            raise BadKeyRing('the key ring is not JSON like {"current": id, "keys": {id: base64}}') from error
        if document.current not in keys:
            raise BadKeyRing("the key ring's current key is not among its keys")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise BadKeyRing(f"every key of the key ring must have {KEY_BYTES} bytes")
        return cls(document.current, keys)

    @classmethod
    def generate(cls) -> Self:
        """A ring with one fresh key."""
        key = os.urandom(KEY_BYTES)
        key_id = _id_of(key)
        return cls(key_id, {key_id: key})

    def rotated(self) -> Self:
        """This ring with a fresh current key; the older ones stay until everything is wrapped anew."""
        fresh = self.generate()
        return type(self)(fresh.current, {**self.keys, **fresh.keys})

    def without_old(self) -> Self:
        """This ring with its current key alone, for when a rotation is over."""
        return type(self)(self.current, {self.current: self.keys[self.current]})

    def to_json(self) -> str:
        """The secret itself, for the file or variable that holds it."""
        keys = {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()}
        return msgspec.json.encode(_Document(self.current, keys)).decode()

    def key(self, key_id: str) -> bytes:
        """Raises `CannotOpen` for a key that is not on the ring."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise CannotOpen(f"the app key {key_id!r} is not on the key ring") from None


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose: HMAC-SHA256 as a one-block HKDF-Expand (RFC 5869 section 2.3)."""
    return hmac_digest(key, purpose.encode() + b"\x01", "sha256")


def _id_of(key: bytes) -> str:
    return sha256(b"aftercare key id" + key).hexdigest()[:12]
