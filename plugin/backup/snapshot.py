"""What a copy of a database holds, all of one instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugin.backup.manifest import Kind, Manifest


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`counts` the rows of each table; `key_ids` the app keys in use; `server` as in manifests."""

    revision: str
    counts: Mapping[str, int]
    key_ids: frozenset[str]
    server: int = 0


class Source(Protocol):
    """A database that is backed up while others write to it. Raises `BackupError`."""

    kind: Kind

    def dump(self, to: Path) -> Snapshot:
        """Copy it to a file that is not there yet, as it was at one instant."""
        ...


class Target(Protocol):
    """A database that a backup is restored into, beside what is there until `let_go`. Raises `BackupError`."""

    kind: Kind

    def require_usable(self, manifest: Manifest) -> None:
        """Refuse a database that others use, or that this backup does not go into."""
        ...

    def holds_data(self) -> bool:
        """Whether somebody's data is there."""
        ...

    def load(self, dump: Path) -> Snapshot:
        """Bring the copy in and look through it."""
        ...

    @property
    def url(self) -> str:
        """Where the copy can be opened, as `Settings.database_url`."""
        ...

    def undo(self) -> None:
        """Put back what was there; nothing where nothing was changed."""
        ...

    def let_go(self) -> None:
        """Forget what was there before."""
        ...
