"""Keeps mail on this machine instead of sending it: the demo's mailbox, and the safe default of a new installation."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from integrations.files.whole import told, write_whole
from plugin.domain.decoding import decoder
from plugin.domain.identity import Identity
from plugin.domain.sender import Sender
from plugin.ports.errors import Unreadable
from plugin.ports.mailbox import KeptMail
from plugin.ports.mailer import Mail, Route
from plugin.ports.sealer import Sealer

_SUFFIX = ".mail"
_KEPT = 200


class Mailbox:
    """One sealed file per message, named by its idempotency key: handing the same key over twice keeps one."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def send(
        self, mail: Mail, *, idempotency_key: str, sender: Sender | None = None, within: float | None = None
    ) -> None:
        """Keep the message, whoever sends it, whole and on disk; raises `Unavailable` where there is no room."""
        del sender, within
        with told():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = hashlib.sha256(idempotency_key.encode()).hexdigest()[:32]
        target = self._folder / f"{name}{_SUFFIX}"
        if target.exists():
            return
        write_whole(target, [self._sealer.seal(msgspec.json.encode(mail), name)])
        self._forget_oldest()

    def route(self, sender: Sender | None) -> Route:
        """Nothing leaves."""
        del sender
        return Route.KEPT

    def newest(self) -> Sequence[KeptMail]:
        """Every kept message, newest first; those whose app key was retired can be read by nobody and are left out."""
        return [mail for path in reversed(self._paths()) if (mail := self._read(path))]

    def get(self, name: str) -> KeptMail | None:
        """One message by its name, or None."""
        path = self._folder / f"{name}{_SUFFIX}"
        return self._read(path) if path in self._paths() else None

    def forget(self, identity: Identity) -> int:
        """Remove every message that names this person, and those nobody can read; how many."""
        return self._remove(lambda kept: kept is None or identity.is_named_in(msgspec.json.encode(kept.mail)))

    def forget_before(self, at: datetime) -> int:
        """Remove what was kept before that instant; how many."""
        old = [path for path in self._paths() if (kept_at := _kept_at(path)) and kept_at < at]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _remove(self, is_meant: Callable[[KeptMail | None], bool]) -> int:
        meant = [path for path in self._paths() if is_meant(self._read(path))]
        for path in meant:
            path.unlink(missing_ok=True)
        return len(meant)

    def _paths(self) -> list[Path]:
        """Oldest first, those that are still there: several threads may be forgetting the oldest."""
        dated = [(kept_at, path) for path in self._folder.glob(f"*{_SUFFIX}") if (kept_at := _kept_at(path))]
        return [path for _, path in sorted(dated)]

    def _read(self, path: Path) -> KeptMail | None:
        kept_at = _kept_at(path)
        try:
            mail = decoder(Mail).decode(self._sealer.open(path.read_bytes(), path.stem))
        except (Unreadable, FileNotFoundError):
            return None
        return KeptMail(path.stem, kept_at, mail) if kept_at else None

    def _forget_oldest(self) -> None:
        for path in self._paths()[:-_KEPT]:
            path.unlink(missing_ok=True)


def _kept_at(path: Path) -> datetime | None:
    """None: it is gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
