"""Requests for all that is kept about somebody, and what of it only the database can find."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.data_request import DataRequest
from plugin.domain.identity import Identity
from plugin.domain.ids import ClaimId, DataRequestId, DeclarationId, OrderId, PersonId, ShipmentId, ShopId
from plugin.domain.person_file import Looked
from plugin.ports.evidence import FileCipher
from plugin.ports.mailer import Mail


class DataRequests(Protocol):
    """One merchant's requests; whom they are about is sealed until that is found out."""

    def save(self, request: DataRequest) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` when it has moved on or its person is gone."""
        ...

    def get(self, request: DataRequestId) -> DataRequest:
        """Raises `UnknownDataRequest`."""
        ...

    def all(self, limit: int) -> Sequence[DataRequest]:
        """Those that are owed an answer first, then by when they came, newest first."""
        ...

    def open(self) -> Sequence[DataRequest]:
        """Those that are owed an answer, longest waiting first."""
        ...

    def is_known(self, shop: ShopId, reference: str) -> bool:
        """Whether the platform's request of this id is on record."""
        ...

    def cipher(self, request: DataRequestId, person: PersonId) -> FileCipher:
        """The key of its file, which is the person's. Raises `UnknownDataRequest` once they were erased."""
        ...

    def forget_sought(self, shop: ShopId) -> None:
        """Forget whom the shop's unanswered requests are about."""
        ...

    def drop_due(self, handed_over_before: datetime, asked_before: datetime) -> int:
        """Let the files go that were handed over, or asked for, before then; how many. Whom to tell goes likewise."""
        ...

    def dropped(self, limit: int) -> Sequence[DataRequestId]:
        """Those whose files are to be removed."""
        ...

    def remove(self, requests: Sequence[DataRequestId]) -> None:
        """The files of these are gone."""
        ...


class PersonalRecords(Protocol):
    """What is about one person and is not found by their orders."""

    def declarations(self, person: PersonId, shop: ShopId) -> Sequence[DeclarationId]:
        """Withdrawals that were declared with their address in this shop, oldest first."""
        ...

    def written(self, person: PersonId, claim: ClaimId) -> frozenset[int]:
        """The entries of a claim whose words are sealed under this person's key; others are somebody else's."""
        ...

    def parcels(self, person: PersonId, order: OrderId) -> frozenset[ShipmentId]:
        """The parcels of an order of which what was told is sealed under this person's key."""
        ...

    def looks(self, subjects: Sequence[str]) -> Sequence[Looked]:
        """When staff looked at these orders and claims, oldest first."""
        ...

    def mails(self, email: str) -> Sequence[Mail]:
        """What waits to be sent to this address (case aside), oldest first."""
        ...

    def forget(self, identity: Identity) -> int:
        """Remove what waits to be read or answered and is about this person; how many."""
        ...
