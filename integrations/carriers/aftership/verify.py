"""`plugin.ports.carrier.PushReader` for AfterShip's webhook: what moved, or is expected on other days; nothing else."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, digest
from typing import Final

from integrations.carriers.aftership.translate import told
from integrations.json_answers import json_body
from integrations.json_reading import record, text
from plugin.ports.carrier import Told
from plugin.ports.errors import Unreadable

_HEADER: Final = "aftership-hmac-sha256"
_EVENTS: Final = frozenset({"tracking_update", "edd_revise"})


class AfterShipPush:
    """What is pushed to one account."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """The base64 of the body's HMAC with the webhook's secret; nobody's without one."""
        signed = next((value for name, value in headers.items() if name.lower() == _HEADER), "")
        expected = b64encode(digest(self._secret.encode(), body, sha256))
        return bool(self._secret) and compare_digest(signed.strip().encode(), expected)

    def read(self, body: bytes, heard_at: datetime) -> Sequence[Told]:
        """As the port says."""
        content = json_body(body)
        if not isinstance(content, dict):
            raise Unreadable("not_an_object", "body")
        if text(content, "event") not in _EVENTS:
            return ()
        tracking = record(content.get("msg"))
        number = text(tracking, "tracking_number")
        if number is None:
            raise Unreadable("field_missing", "msg.tracking_number")
        return (told(number, tracking, heard_at),)
