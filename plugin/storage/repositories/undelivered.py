"""Messages that did not leave at once, with what went wrong, sealed like the messages themselves."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select

from plugin.domain.decoding import decoder
from plugin.domain.identity import Identity
from plugin.ports.mailer import Mail
from plugin.ports.undelivered import GIVEN_UP, UndeliveredMail
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import mails
from plugin.storage.vault import Vault

_decoder = decoder(Mail)
_IS_HERE = mails.c.sent_at.is_(None) & mails.c.content.is_not(None)
_HAS_FAILED = _IS_HERE & (mails.c.failed_at.is_not(None))


class SqlUndelivered:
    """`plugin.ports.undelivered.UndeliveredMails`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def failed(self, mail_id: str, fault: str, detail: str, at: datetime) -> None:
        """Count an attempt that did not succeed; one that has left meanwhile stays as it is."""
        sealed = self._vault.seal("mails", mail_id, "detail", detail.encode(errors="replace"))
        values = {"attempts": mails.c.attempts + 1, "fault": fault, "detail": sealed, "failed_at": at}
        self._scope.run(self._scope.update(mails).where(_IS_HERE, mails.c.id == mail_id).values(values))

    def park(self, mail_id: str, at: datetime) -> None:
        """Try it no more by itself."""
        self._scope.run(self._scope.update(mails).where(_IS_HERE, mails.c.id == mail_id).values(parked_at=at))

    def give_up(self, before: datetime, at: datetime) -> int:
        """Park what was queued before that instant and is still here; how many."""
        is_old = _IS_HERE & mails.c.parked_at.is_(None) & (mails.c.queued_at < before)
        nameless = self._scope.update(mails).where(is_old, mails.c.fault.is_(None))
        self._scope.run(nameless.values(fault=GIVEN_UP, failed_at=at))
        return self._scope.run(self._scope.update(mails).where(is_old).values(parked_at=at))

    def all(self, limit: int) -> Sequence[UndeliveredMail]:
        """Newest queued first."""
        newest = self._select().where(_HAS_FAILED).order_by(mails.c.queued_at.desc(), mails.c.id.desc())
        return [self._undelivered(row) for row in self._scope.rows(newest.limit(limit))]

    def revive(self, mail_ids: Sequence[str] | None, at: datetime) -> Sequence[str]:
        """Have these tried again from now on as if just queued (None: all); those that are there."""
        found = self._ids(_HAS_FAILED) if mail_ids is None else self._there(mail_ids)
        for batch in batches(found):
            again = self._scope.update(mails).where(mails.c.id.in_(batch))
            self._scope.run(again.values(parked_at=None, queued_at=at))
        return found

    def dismiss(self, mail_ids: Sequence[str]) -> int:
        """Forget these for good; how many there were. The rows stay, empty: their events are not mailed again."""
        found = self._there(mail_ids)
        self._empty(found)
        return len(found)

    def forget(self, identity: Identity) -> int:
        """Remove whatever waits to be sent to this person or names them, failed or not; how many."""
        found = self._matching(identity.is_named_in)
        self._empty(found)
        return len(found)

    def _matching(self, is_meant: Callable[[bytes], bool]) -> list[str]:
        waiting = self._scope.select(mails, mails.c.id, mails.c.content).where(_IS_HERE)
        rows = self._scope.few_at_once(waiting, mails.c.id)
        return [row.id for row in rows if is_meant(self._vault.unseal("mails", row.id, "content", row.content))]

    def _there(self, mail_ids: Sequence[str]) -> list[str]:
        wanted = list(dict.fromkeys(mail_ids))
        return [each for batch in batches(wanted) for each in self._ids(_HAS_FAILED & mails.c.id.in_(batch))]

    def _ids(self, condition: ColumnElement[bool]) -> list[str]:
        return [row.id for row in self._scope.rows(self._scope.select(mails, mails.c.id).where(condition))]

    def _empty(self, mail_ids: Sequence[str]) -> None:
        for batch in batches(mail_ids):
            gone = self._scope.update(mails).where(mails.c.id.in_(batch))
            self._scope.run(gone.values(content=None, detail=None))

    def _select(self) -> Select[Any]:
        return self._scope.select(mails, *mails.c)

    def _mail(self, row: Row[Any]) -> Mail:
        return _decoder.decode(self._vault.unseal("mails", row.id, "content", row.content))

    def _undelivered(self, row: Row[Any]) -> UndeliveredMail:
        detail = self._vault.unseal("mails", row.id, "detail", row.detail).decode() if row.detail else ""
        return UndeliveredMail(
            id=row.id,
            mail=self._mail(row),
            queued_at=row.queued_at,
            attempts=row.attempts,
            fault=row.fault,
            detail=detail,
            failed_at=row.failed_at,
            parked_at=row.parked_at,
        )
