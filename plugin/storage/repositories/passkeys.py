"""Passkeys of one merchant's staff; names sealed, secrets none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from plugin.domain.ids import StaffId
from plugin.domain.passkey import Passkey
from plugin.storage.scope import Scope
from plugin.storage.tables import passkeys, spent_challenges
from plugin.storage.vault import Vault

_columns = passkeys.c


class SqlPasskeys:
    """`plugin.ports.passkeys.Passkeys`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def of(self, staff: StaffId) -> Sequence[Passkey]:
        """The oldest first."""
        theirs = self._scope.select(passkeys, *_columns).where(_columns.staff_id == staff)
        return [self._passkey(row) for row in self._scope.rows(theirs.order_by(_columns.made_at, _columns.id))]

    def by_credential(self, credential: bytes) -> Passkey | None:
        """By what its device calls it."""
        row = self._scope.row(self._scope.select(passkeys, *_columns).where(_columns.credential == credential))
        return self._passkey(row) if row else None

    def add(self, passkey: Passkey) -> bool:
        """Insert; False when the credential is there."""
        row = {
            "id": passkey.id,
            "staff_id": passkey.staff,
            "credential": passkey.credential,
            "public_key": passkey.public_key,
            **_changing(passkey),
            "name": self._name(passkey.id, passkey.name),
            "made_at": passkey.made_at,
        }
        return self._scope.insert_new(passkeys, [row]) == 1

    def save(self, passkey: Passkey, was: Passkey) -> bool:
        """Update what changes, unless the count has meanwhile."""
        kept = self._scope.update(passkeys).where(_columns.id == was.id, _columns.sign_count == was.sign_count)
        return self._scope.run(kept.values(**_changing(passkey))) == 1

    def rename(self, passkey: str, name: str) -> None:
        """Update the name alone."""
        named = self._scope.update(passkeys).where(_columns.id == passkey)
        self._scope.run(named.values(name=self._name(passkey, name)))

    def remove(self, ids: Sequence[str]) -> None:
        """Delete."""
        self._scope.run(self._scope.delete(passkeys).where(_columns.id.in_(ids)))

    def spend(self, challenge: bytes, until: datetime) -> bool:
        """Insert; False when it is there."""
        return self._scope.insert_new(spent_challenges, [{"challenge": challenge, "until": until}]) == 1

    def forget_spent(self, now: datetime) -> int:
        """Delete."""
        return self._scope.run(self._scope.delete(spent_challenges).where(spent_challenges.c.until <= now))

    def _name(self, passkey: str, name: str) -> bytes:
        return self._vault.seal("passkeys", passkey, "name", name.encode())

    def _passkey(self, row: Row[Any]) -> Passkey:
        return Passkey(
            id=row.id,
            staff=row.staff_id,
            credential=row.credential,
            public_key=row.public_key,
            sign_count=row.sign_count,
            name=self._vault.unseal("passkeys", row.id, "name", row.name).decode(),
            made_at=row.made_at,
            used_at=row.used_at,
            copied_at=row.copied_at,
        )


def _changing(passkey: Passkey) -> dict[str, Any]:
    return {"sign_count": passkey.sign_count, "used_at": passkey.used_at, "copied_at": passkey.copied_at}
