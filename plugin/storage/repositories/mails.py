"""Messages waiting for the worker, sealed, and forgotten once sent."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from plugin.domain.decoding import decoder
from plugin.ports.mailer import Mail
from plugin.storage.scope import Scope
from plugin.storage.tables import mails
from plugin.storage.vault import Vault

_decoder = decoder(Mail)


class SqlMails:
    """`plugin.ports.unit_of_work.Mails`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, mail_id: str, mail: Mail, at: datetime) -> None:
        """Store a message to send, queued at this instant."""
        content = self._vault.seal("mails", mail_id, "content", msgspec.json.encode(mail))
        self._scope.insert(mails, [{"id": mail_id, "content": content, "queued_at": at}])

    def get(self, mail_id: str) -> Mail | None:
        """None once sent and forgotten, or parked."""
        is_due = (mails.c.id == mail_id) & mails.c.parked_at.is_(None)
        row = self._scope.row(self._scope.select(mails, mails.c.content).where(is_due))
        if row is None or row.content is None:
            return None
        return _decoder.decode(self._vault.unseal("mails", mail_id, "content", row.content))

    def is_known(self, mail_id: str) -> bool:
        """Whether a message of this id was ever queued, sent ones included."""
        return self._scope.row(self._scope.select(mails, mails.c.id).where(mails.c.id == mail_id)) is not None

    def sent(self, mail_id: str, at: datetime) -> None:
        """Handed over: forget the content."""
        gone = {"content": None, "detail": None, "sent_at": at, "parked_at": None}
        self._scope.run(self._scope.update(mails).where(mails.c.id == mail_id).values(gone))

    def unsent(self, since: datetime, before: datetime, limit: int) -> Sequence[str]:
        """Messages queued from `since` until `before` (exclusive) and not handed over yet, newest first."""
        is_waiting = mails.c.sent_at.is_(None) & (mails.c.queued_at >= since) & (mails.c.queued_at < before)
        is_ours = mails.c.content.is_not(None) & mails.c.parked_at.is_(None)
        statement = self._scope.select(mails, mails.c.id).where(is_waiting, is_ours)
        rows = self._scope.rows(statement.order_by(mails.c.queued_at.desc(), mails.c.id.desc()).limit(limit))
        return [row.id for row in rows]
