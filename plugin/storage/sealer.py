"""Seals what lives outside the database under the app key (`plugin.ports.sealer.Sealer`)."""

from plugin.ports.errors import Unreadable
from plugin.storage.cipher import seal, unseal
from plugin.storage.errors import CannotOpen
from plugin.storage.keys import KeyRing, derive

_PURPOSE = "files"


class AppSealer:
    """The id of the app key, a NUL, then the sealed bytes; the name is bound in."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def seal(self, plain: bytes, name: str) -> bytes:
        """Seal under the current app key."""
        key = derive(self._ring.key(self._ring.current), _PURPOSE)
        return self._ring.current.encode() + b"\0" + seal(key, plain, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """Open with whichever key of the ring sealed it; raises `Unreadable`."""
        key_id, _, content = sealed.partition(b"\0")
        try:
            key = derive(self._ring.key(key_id.decode(errors="replace")), _PURPOSE)
            return unseal(key, content, name.encode())
        except CannotOpen as error:
            raise Unreadable("sealed", name) from error
