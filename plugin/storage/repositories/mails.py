"""Messages waiting for the worker, sealed, and forgotten once sent."""

from datetime import datetime

import msgspec

from plugin.ports.mailer import Mail
from plugin.storage.scope import Scope
from plugin.storage.tables import mails
from plugin.storage.vault import Vault

_decoder = msgspec.json.Decoder(Mail)


class SqlMails:
    """`plugin.ports.unit_of_work.Mails`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, mail_id: str, mail: Mail) -> None:
        """Store a message to send."""
        content = self._vault.seal("mails", mail_id, "content", msgspec.json.encode(mail))
        self._scope.insert(mails, [{"id": mail_id, "content": content}])

    def get(self, mail_id: str) -> Mail | None:
        """None once sent and forgotten."""
        row = self._scope.row(self._scope.select(mails, mails.c.content).where(mails.c.id == mail_id))
        if row is None or row.content is None:
            return None
        return _decoder.decode(self._vault.unseal("mails", mail_id, "content", row.content))

    def sent(self, mail_id: str, at: datetime) -> None:
        """Handed over: forget the content."""
        self._scope.run(self._scope.update(mails).where(mails.c.id == mail_id).values(content=None, sent_at=at))
