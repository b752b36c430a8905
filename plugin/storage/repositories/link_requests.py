"""Wishes for a link by mail, sealed under the merchant's key until the worker has looked at them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from plugin.domain.decoding import decoder
from plugin.ports.claim_drafts import LinkRequest
from plugin.storage.scope import Scope
from plugin.storage.tables import link_requests
from plugin.storage.vault import Vault

_columns = link_requests.c
_decoder = decoder(LinkRequest)


class SqlLinkRequests:
    """`plugin.ports.claim_drafts.LinkRequests`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, request: LinkRequest) -> None:
        """Keep it."""
        content = self._vault.seal("link_requests", request.id, "content", msgspec.json.encode(request))
        row = {"id": request.id, "shop_id": request.shop, "asked_at": request.asked_at, "content": content}
        self._scope.insert(link_requests, [row])

    def take(self, request: str) -> LinkRequest | None:
        """Forget it and say what it was; None once it was taken. Of two that take it at once one gets it."""
        statement = self._scope.select(link_requests, _columns.content).where(_columns.id == request).with_for_update()
        row = self._scope.row(statement)
        if row is None:
            return None
        self._scope.run(self._scope.delete(link_requests).where(_columns.id == request))
        return _decoder.decode(self._vault.unseal("link_requests", request, "content", row.content))

    def waiting(self, before: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        """Those from before then that nobody has taken, newest first."""
        asked = self._scope.select(link_requests, _columns.id, _columns.asked_at).where(_columns.asked_at < before)
        rows = self._scope.rows(asked.order_by(_columns.asked_at.desc(), _columns.id).limit(limit))
        return [(row.id, row.asked_at) for row in rows]

    def forget(self, before: datetime) -> int:
        """Forget those that nobody could answer in time; how many."""
        return self._scope.run(self._scope.delete(link_requests).where(_columns.asked_at < before))
