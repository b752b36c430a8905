"""Requests for all that is kept about somebody, and what is theirs, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.data_request import DataRequest, UnknownDataRequest
from plugin.domain.errors import Conflict
from plugin.domain.identity import Identity
from plugin.domain.ids import ClaimId, DataRequestId, DeclarationId, OrderId, PersonId, ShipmentId, ShopId
from plugin.domain.person_file import Looked
from plugin.ports.evidence import FileCipher
from plugin.ports.mailer import Mail
from tests.fakes.evidence import FakeCipher
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeDataRequests:
    tables: Tables

    def save(self, request: DataRequest) -> None:
        known = self.tables.data_requests.get(request.id)
        if (known.version if known else 0) != request.version:
            raise Conflict({"what": "data_request"})
        self.tables.data_requests[request.id] = replace(request, version=request.version + 1)

    def get(self, request: DataRequestId) -> DataRequest:
        if request not in self.tables.data_requests:
            raise UnknownDataRequest
        return self.tables.data_requests[request]

    def all(self, limit: int) -> Sequence[DataRequest]:
        newest = sorted(self.tables.data_requests.values(), key=lambda each: (each.asked_at, each.id), reverse=True)
        return sorted(newest, key=lambda each: not each.is_open)[:limit]

    def open(self) -> Sequence[DataRequest]:
        waiting = (each for each in self.tables.data_requests.values() if each.is_open)
        return sorted(waiting, key=lambda each: (each.asked_at, each.id))

    def is_known(self, shop: ShopId, reference: str) -> bool:
        known = ((each.shop, each.reference) for each in self.tables.data_requests.values())
        return (shop, reference) in known

    def cipher(self, request: DataRequestId, person: PersonId) -> FileCipher:
        if person in self.tables.erased:
            raise UnknownDataRequest
        return FakeCipher(request)

    def forget_sought(self, shop: ShopId) -> None:
        for each in [each for each in self.tables.data_requests.values() if each.shop == shop]:
            self.tables.data_requests[each.id] = replace(each, sought=None)

    def drop_due(self, handed_over_before: datetime, asked_before: datetime) -> int:
        due = [
            each
            for each in self.tables.data_requests.values()
            if each.has_file
            if (each.handed_over_at and each.handed_over_at < handed_over_before) or each.asked_at < asked_before
        ]
        for each in due:
            self.tables.data_requests[each.id] = replace(each, is_dropped=True, version=each.version + 1)
        for each in [each for each in self.tables.data_requests.values() if each.packed_at and each.sought]:
            if each.asked_at < asked_before:
                self.tables.data_requests[each.id] = replace(each, sought=None, version=each.version + 1)
        return len(due)

    def dropped(self, limit: int) -> Sequence[DataRequestId]:
        return sorted(each.id for each in self.tables.data_requests.values() if each.is_dropped)[:limit]

    def remove(self, requests: Sequence[DataRequestId]) -> None:
        for known in (self.tables.data_requests[each] for each in requests):
            gone = replace(known, object=None, is_dropped=False, version=known.version + 1)
            self.tables.data_requests[known.id] = gone


@dataclass(slots=True)
class FakePersonalRecords:
    tables: Tables

    def declarations(self, person: PersonId, shop: ShopId) -> Sequence[DeclarationId]:
        kept = self.tables.declarations.values()
        theirs = [row.declaration for row in kept if (row.person, row.declaration.shop) == (person, shop)]
        return [each.id for each in sorted(theirs, key=lambda each: (each.received_at, each.id))]

    def written(self, person: PersonId, claim: ClaimId) -> frozenset[int]:
        writers = self.tables.claim_writers.items()
        return frozenset(seq for (of, seq), writer in writers if (of, writer) == (claim, person))

    def parcels(self, person: PersonId, order: OrderId) -> frozenset[ShipmentId]:
        known = self.tables.shipments.values() if self.tables.holders.get(order) == person else ()
        return frozenset(each.id for each in known if each.order == order)

    def looks(self, subjects: Sequence[str]) -> Sequence[Looked]:
        seen = (view for view in self.tables.personal_views if view.subject in subjects)
        return sorted((Looked(view.at, view.seen, view.number) for view in seen), key=lambda look: look.at)

    def mails(self, email: str) -> Sequence[Mail]:
        return [mail for mail in self.tables.mails.values() if mail.to.casefold() == email.casefold()]

    def forget(self, identity: Identity) -> int:
        waiting = [(key, each.message) for key, each in self.tables.inbox.items()]
        naming = [key for key, message in waiting if identity.is_meant_by(message.body, message.shop)]
        for key in naming:
            del self.tables.inbox[key]
        return len(naming)
