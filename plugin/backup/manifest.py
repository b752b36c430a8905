"""What a backup says of itself, so that nobody finds out halfway through a restore."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

import msgspec

from plugin.backup.errors import BackupError
from plugin.domain.decoding import decoder
from plugin.settings import Secrets
from plugin.storage.keys import KeyRing, derive

FORMAT = 1
_CHECK_BYTES = 16


class Kind(StrEnum):
    """The database a backup is of; a backup of one does not go into the other."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Part(msgspec.Struct, frozen=True):
    """One file of the archive."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """`made_at` aware UTC; `counts` the rows of each table; `keys` the app keys in use and what each is known by."""

    format: int
    version: str
    made_at: datetime
    kind: Kind
    server: int
    """PostgreSQL's major version; 0 for SQLite."""
    revision: str
    counts: Mapping[str, int]
    keys: Mapping[str, str]
    session: str
    has_secrets: bool
    bucket: str | None
    """Where evidence is kept that this backup leaves out; None: it is in the archive."""
    parts: tuple[Part, ...]

    def to_json(self) -> bytes:
        """As it stands in the archive."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"

    @classmethod
    def parse(cls, text: bytes) -> "Manifest":
        """Read what `to_json` wrote; raises `BackupError`."""
        try:
            found = decoder(dict[str, msgspec.Raw]).decode(text)
            if decoder(int).decode(found["format"]) > FORMAT:
                raise BackupError("This backup was made by a newer Aftercare: restore it with that version.")
            return decoder(cls).decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError) as error:
            raise BackupError("This backup is damaged: its manifest cannot be read.") from error


def checks_of(secrets: Secrets, key_ids: set[str]) -> tuple[dict[str, str], str]:
    """What the keys in use, and the session secret, can be recognised by; nothing of them can be computed from it."""
    ring = KeyRing.parse(secrets.keys.reveal())
    checks = {each: _check(ring.keys[each]) for each in sorted(key_ids) if each in ring.keys}
    return checks, _session_check(secrets.session.reveal())


def require_keys(manifest: Manifest, secrets: Secrets) -> None:
    """Raise `BackupError` where these secrets do not open what was backed up."""
    ring = KeyRing.parse(secrets.keys.reveal())
    for key_id, check in manifest.keys.items():
        if key_id not in ring.keys or not compare_digest(_check(ring.keys[key_id]), check):
            raise BackupError(
                f"These secrets do not open this backup: it needs the app key {key_id!r}. Put the secrets.json of "
                f"{manifest.made_at:%Y-%m-%d} (or the AFTERCARE_KEYS of then) in its place first."
            )


def has_same_session(manifest: Manifest, secrets: Secrets) -> bool:
    """Whether links and case files signed at the time still hold: by the secret that signs, or one not yet retired."""
    return any(compare_digest(manifest.session, _session_check(each)) for each in secrets.sessions())


def is_of(manifest: Manifest, secrets: Secrets) -> bool:
    """Whether it was made with these secrets, or with any of them that are not retired: by whose it is."""
    ring = KeyRing.parse(secrets.keys.reveal())
    known = (
        compare_digest(_check(ring.keys[each]), check) for each, check in manifest.keys.items() if each in ring.keys
    )
    return any(known) or has_same_session(manifest, secrets)


def _session_check(session: str) -> str:
    return _check(session.encode())


def _check(key: bytes) -> str:
    return derive(key, "backup check v1")[:_CHECK_BYTES].hex()
