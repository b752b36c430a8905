"""The merchant's own sender, sealed; the password is opened to send and for nothing else."""

from datetime import datetime

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.sender import Sender
from plugin.storage.scope import Scope
from plugin.storage.tables import senders
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "senders", "content"
_decoder = decoder(Sender)


class SqlSenders:
    """`plugin.ports.senders.Senders`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def get(self) -> Sender | None:
        """None: the installation's."""
        row = self._scope.row(self._scope.select(senders, senders.c.content))
        if row is None or row.content is None:
            return None
        return _decoder.decode(self._vault.unseal(_TABLE, self._scope.merchant, _COLUMN, row.content))

    def save(self, sender: Sender | None, at: datetime) -> None:
        """Put it in the place of the last; what was tested was that one, so it counts no more."""
        content = None
        if sender is not None:
            content = self._vault.seal(_TABLE, self._scope.merchant, _COLUMN, msgspec.json.encode(sender))
        self._scope.upsert(senders, [{"content": content, "saved_at": at, "tested_at": None}], [])

    def tested(self, at: datetime) -> None:
        """A test mail has left."""
        row = {"content": None, "saved_at": None, "tested_at": at}
        self._scope.upsert(senders, [row], [], lambda new: {"tested_at": new.tested_at})

    def last_test_sent(self) -> datetime | None:
        """When a test mail last left by the sender there is now; None: never."""
        row = self._scope.row(self._scope.select(senders, senders.c.tested_at))
        return row.tested_at if row else None
