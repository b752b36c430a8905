"""Notices left for one merchant's staff, sealed; each told and taken back once, whoever asks at the same time."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.ids import StaffId
from plugin.domain.left_notice import LeftNotice
from plugin.storage.scope import Scope
from plugin.storage.tables import left_notices
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "left_notices", "content"
_columns = left_notices.c
_decoder = decoder(LeftNotice)


class SqlLeftNotices:
    """`plugin.ports.left_notices.LeftNotices`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def leave(self, notice: LeftNotice) -> None:
        """Keep it, instead of what can be taken back no more."""
        if notice.before is not None:
            theirs = self._scope.delete(left_notices).where(_columns.staff_id == notice.staff)
            self._scope.run(theirs.where(_columns.has_undo))
        row = {
            "staff_id": notice.staff,
            "name": notice.name,
            "left_at": notice.left_at,
            "is_told": False,
            "has_undo": notice.before is not None,
            "content": self._vault.seal(_TABLE, notice.name, _COLUMN, msgspec.json.encode(notice)),
        }
        self._scope.insert(left_notices, [row])

    def tell(self, staff: StaffId, name: str, since: datetime) -> LeftNotice | None:
        """Whoever marks it as told has it."""
        mark = self._scope.update(left_notices).where(_columns.staff_id == staff, _columns.name == name)
        fresh = mark.where(_columns.is_told.is_(False), _columns.left_at >= since)
        return self._opened(staff, name) if self._scope.run(fresh.values(is_told=True)) else None

    def take_back(self, staff: StaffId, name: str, since: datetime) -> Mapping[str, str | None] | None:
        """Whoever deletes it has it."""
        found = self._opened(staff, name)
        gone = self._scope.delete(left_notices).where(_columns.staff_id == staff, _columns.name == name)
        is_ours = self._scope.run(gone.where(_columns.has_undo, _columns.left_at >= since))
        return found.before if found and is_ours else None

    def forget(self, before: datetime) -> int:
        """Delete."""
        return self._scope.run(self._scope.delete(left_notices).where(_columns.left_at < before))

    def _opened(self, staff: StaffId, name: str) -> LeftNotice | None:
        asked = self._scope.select(left_notices, _columns.content)
        row = self._scope.row(asked.where(_columns.staff_id == staff, _columns.name == name))
        return _decoder.decode(self._vault.unseal(_TABLE, name, _COLUMN, row.content)) if row else None
