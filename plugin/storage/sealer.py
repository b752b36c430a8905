"""Seals what lives outside the database under the app key (`plugin.ports.sealer.Sealer`)."""

from collections.abc import Callable

from plugin.ports.errors import Unreadable
from plugin.storage.cipher import seal, unseal
from plugin.storage.errors import CannotOpen
from plugin.storage.keys import KeyRing, derive

_PURPOSE = "files"


class AppSealer:
    """The id of the app key, a NUL, then the sealed bytes; the name is bound in."""

    def __init__(self, ring: KeyRing | Callable[[], KeyRing]) -> None:
        """`ring`, or what gives the ring as it is saved now."""
        self._ring = ring

    def _now(self) -> KeyRing:
        return self._ring if isinstance(self._ring, KeyRing) else self._ring()

    def seal(self, plain: bytes, name: str) -> bytes:
        """Seal under the current app key."""
        ring = self._now()
        key = derive(ring.key(ring.current), _PURPOSE)
        return ring.current.encode() + b"\0" + seal(key, plain, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """Open with whichever key of the ring sealed it; raises `Unreadable`."""
        key_id, _, content = sealed.partition(b"\0")
        try:
            key = derive(self._now().key(key_id.decode(errors="replace")), _PURPOSE)
            return unseal(key, content, name.encode())
        except CannotOpen as error:
            raise Unreadable("sealed", name) from error
