"""The two secrets of an installation: the ring of app keys, and what signs sessions and links."""

import base64
import json
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from plugin.settings.secret import Secret

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """`keys` is the key ring's JSON, `{"current": id, "keys": {id: base64 of 32 bytes}}`; `session` is base64."""

    keys: Secret
    session: Secret
    older_sessions: tuple[Secret, ...] = ()
    """What signed before, and still counts until it is retired."""

    def sessions(self) -> tuple[str, ...]:
        """What sessions and links may be signed with, the current one first."""
        return tuple(each.reveal() for each in (self.session, *self.older_sessions))

    def with_fresh_session(self) -> Self:
        """Signing anew from now on; what signed before still counts."""
        return replace(self, session=self.generate().session, older_sessions=(self.session, *self.older_sessions))

    @classmethod
    def generate(cls) -> Self:
        """Fresh secrets from the system's random source."""
        key = secrets.token_bytes(_KEY_BYTES)
        name = sha256(b"aftercare key id" + key).hexdigest()[:12]
        ring = json.dumps({"current": name, "keys": {name: _encode(key)}})
        return cls(Secret(ring), Secret(_encode(secrets.token_bytes(_KEY_BYTES))))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `to_json` wrote; raises `ValueError` naming what is wrong, not what is there."""
        try:
            document = json.loads(text)
            keys, session = document["keys"], document["session"]
            older = tuple(Secret(session_key(each)) for each in document.get("older_sessions", ()))
        except (ValueError, TypeError, KeyError):
            raise ValueError('must be JSON like {"keys": {...}, "session": "..."}') from None
        return cls(Secret(key_ring(json.dumps(keys))), Secret(session_key(str(session))), older)

    def to_json(self) -> str:
        """The document to store; it holds the secrets themselves."""
        document = {"keys": json.loads(self.keys.reveal()), "session": self.session.reveal()}
        older = {"older_sessions": [each.reveal() for each in self.older_sessions]} if self.older_sessions else {}
        return json.dumps(document | older, indent=2)


def key_ring(text: str) -> str:
    """A key ring's JSON, unchanged, if its current key is there and every key has 32 bytes."""
    try:
        ring = json.loads(text)
        lengths = {name: len(base64.b64decode(key, validate=True)) for name, key in ring["keys"].items()}
        is_good = ring["current"] in lengths and set(lengths.values()) == {_KEY_BYTES}
    except (ValueError, TypeError, KeyError, AttributeError):
        is_good = False
    if not is_good:
        raise ValueError('must be JSON like {"current": "id", "keys": {"id": "base64 of 32 bytes"}}')
    return text


def session_key(text: str) -> str:
    """A session secret, unchanged, if it is base64 of at least 32 bytes."""
    try:
        length = len(base64.b64decode(text, validate=True))
    except ValueError:
        length = 0
    if length < _KEY_BYTES:
        raise ValueError("must be base64 of at least 32 bytes")
    return text


def session_keys(text: str) -> tuple[str, ...]:
    """Session secrets separated by commas, the current one first; each is refused as one alone would be."""
    return tuple(session_key(each.strip()) for each in text.split(","))


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()
