"""Attempts counted in the database, so that all processes count together."""

from datetime import datetime

from plugin.storage.scope import Scope
from plugin.storage.tables import attempts
from plugin.storage.vault import Vault


class SqlAttempts:
    """`plugin.ports.attempts.Attempts`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def count(self, what: str, who: str, slot: datetime) -> int:
        """Insert or increment in one statement; the row is this unit's until it ends."""
        key = {"what": what, "who": self._vault.attempt_hash(who), "slot": slot}
        one_more = {"count": attempts.c.count + 1}
        self._scope.upsert(attempts, [{**key, "count": 1}], list(key), change=lambda _: one_more)
        is_it = [attempts.c[name] == value for name, value in key.items()]
        row = self._scope.row(self._scope.select(attempts, attempts.c.count).where(*is_it))
        return int(row[0]) if row else 0

    def forget(self, before: datetime) -> int:
        """Forget the spans that began before then; how many counts that were."""
        return self._scope.run(self._scope.delete(attempts).where(attempts.c.slot < before))
