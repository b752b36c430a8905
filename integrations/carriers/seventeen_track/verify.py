"""`plugin.ports.carrier.PushReader` for 17TRACK's webhook: `TRACKING_UPDATED`, `TRACKING_STOPPED`, nothing else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from integrations.carriers.seventeen_track.translate import told
from integrations.json_answers import json_body
from integrations.json_reading import record, text
from plugin.ports.carrier import Told
from plugin.ports.errors import Unreadable

_HEADER: Final = "sign"


class SeventeenTrackPush:
    """What is pushed to one account."""

    def __init__(self, key: str) -> None:
        self._key = key

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """The hash of the body, a slash and the account's key, in hexadecimal digits."""
        told_sign = next((value for name, value in headers.items() if name.lower() == _HEADER), "")
        expected = sha256(body + b"/" + self._key.encode()).hexdigest()
        return bool(self._key) and compare_digest(told_sign.strip().lower().encode(), expected.encode())

    def read(self, body: bytes, heard_at: datetime) -> Sequence[Told]:
        """As the port says. That following has stopped tells nothing new of the parcel: no reports."""
        content = json_body(body)
        if not isinstance(content, dict):
            raise Unreadable("not_an_object", "body")
        event = text(content, "event")
        if event not in {"TRACKING_UPDATED", "TRACKING_STOPPED"}:
            return ()
        entry = record(content.get("data"))
        number = text(entry, "number")
        if number is None:
            raise Unreadable("field_missing", "data.number")
        if event == "TRACKING_STOPPED":
            return (Told(number, is_known=True),)
        return (told(number, entry, heard_at),)
