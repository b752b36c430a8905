"""What is about one person and is not found by their orders."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table

from plugin.domain.decoding import decoder
from plugin.domain.identity import Identity
from plugin.domain.ids import ClaimId, DeclarationId, OrderId, PersonId, ShipmentId, ShopId
from plugin.domain.person_file import Looked
from plugin.domain.personal_view import Seen
from plugin.ports.mailer import Mail
from plugin.storage.repositories.returned import opened
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import (
    carrier_pushes,
    claim_entries,
    declarations,
    inbox,
    link_requests,
    mails,
    personal_data_views,
    shipments,
)
from plugin.storage.vault import Vault
from plugin.usecases.record_subject import record_subject

_decoder = decoder(Mail)
_WAITING = ((inbox, "content"), (carrier_pushes, "body"), (link_requests, "content"))


class SqlPersonalRecords:
    """`plugin.ports.data_requests.PersonalRecords`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def declarations(self, person: PersonId, shop: ShopId) -> Sequence[DeclarationId]:
        """Oldest first."""
        table = declarations.c
        theirs = self._scope.select(declarations, table.id).where(table.person_id == person, table.shop_id == shop)
        return [DeclarationId(row.id) for row in self._scope.rows(theirs.order_by(table.received_at, table.id))]

    def written(self, person: PersonId, claim: ClaimId) -> frozenset[int]:
        """By number."""
        table = claim_entries.c
        theirs = self._scope.select(claim_entries, table.seq).where(table.claim_id == claim, table.person_id == person)
        return frozenset(row.seq for row in self._scope.rows(theirs))

    def parcels(self, person: PersonId, order: OrderId) -> frozenset[ShipmentId]:
        """By id."""
        table = shipments.c
        theirs = self._scope.select(shipments, table.id).where(table.order_id == order, table.person_id == person)
        return frozenset(ShipmentId(row.id) for row in self._scope.rows(theirs))

    def looks(self, subjects: Sequence[str]) -> Sequence[Looked]:
        """Oldest first."""
        table = personal_data_views.c
        statement = self._scope.select(personal_data_views, table.at, table.seen, table.number)
        found = [self._scope.rows(statement.where(table.subject.in_(batch))) for batch in batches(sorted(subjects))]
        looks = (Looked(row.at, Seen(row.seen), row.number) for rows in found for row in rows)
        return sorted(looks, key=lambda look: (look.at, look.number))

    def mails(self, email: str) -> Sequence[Mail]:
        """Oldest first; each has to be opened to know whom it is for."""
        wanted = self._vault.email_hash(email)
        waiting = self._scope.select(mails, mails.c.id, mails.c.content).where(mails.c.content.is_not(None))
        rows = self._scope.few_at_once(waiting.order_by(mails.c.queued_at, mails.c.id), mails.c.id)
        opened = (_decoder.decode(self._vault.unseal("mails", row.id, "content", row.content)) for row in rows)
        return [mail for mail in opened if self._vault.email_hash(mail.to) == wanted]

    def forget(self, identity: Identity) -> int:
        """Messages of platforms and carriers that are not applied yet, and wishes for a link."""
        return sum(self._forget_in(table, column, identity) for table, column in _WAITING)

    def _forget_in(self, table: Table, column: str, identity: Identity) -> int:
        told = [table.c[name] for name in ("shop_id", "topic") if name in table.c]
        waiting = self._scope.select(table, table.c.id, table.c[column].label("sealed"), *told)
        rows = self._scope.few_at_once(waiting, table.c.id)
        meant = [row.id for row in rows if self._is_meant(table, column, row, identity)]
        for batch in batches(meant):
            self._scope.run(self._scope.delete(table).where(table.c.id.in_(batch)))
        return len(meant)

    def _is_meant(self, table: Table, column: str, row: Row[Any], identity: Identity) -> bool:
        content = opened(self._vault, table, row.id, column, row.sealed)
        shop = getattr(row, "shop_id", None)
        if table is inbox and (shop, record_subject(row.topic, content[0])) in identity.orders:
            return True
        return identity.is_meant_by(b"\n".join(content), shop)
