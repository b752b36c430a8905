"""A platform's shops, in memory: what is there, and what goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import KeysRefused
from plugin.ports.shop_source import Batch, FoundShop, Listing, OrderAsItIs


@dataclass
class FakeSource:
    """One shop; `batches` come in order, an exception among them is raised in its place."""

    keys: Credentials
    address: str = "https://nordkap.example"
    name: str = "Nordkap"
    batches: list[Batch | BaseException] = field(default_factory=list)
    asked: list[tuple[str, Credentials, datetime | None, datetime | None]] = field(default_factory=list)
    orders: dict[str, OrderAsItIs | BaseException] = field(default_factory=dict)
    listed: Listing | BaseException = field(default_factory=lambda: Listing({}, {}))
    reread: list[str] = field(default_factory=list)
    places: list[str | None] = field(default_factory=list)

    def prove(self, address: str, credentials: Credentials) -> FoundShop:
        if (credentials.key, credentials.secret) != (self.keys.key, self.keys.secret):
            raise KeysRefused(f"HTTP 401 at {address}")
        return FoundShop(self.address, self.name, "10.5.0", replace(credentials, way="basic"))

    def changes(
        self,
        address: str,
        credentials: Credentials,
        *,
        since: datetime | None,
        catalogue_since: datetime | None,
        place: str | None = None,
    ) -> Iterator[Batch]:
        self.asked.append((address, credentials, since, catalogue_since))
        self.places.append(place)
        for batch in self.batches:
            if isinstance(batch, BaseException):
                raise batch
            yield batch

    def order(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        self.asked.append((address, credentials, None, None))
        self.reread.append(external_id)
        found = self.orders.get(external_id)
        if isinstance(found, BaseException):
            raise found
        return found

    def order_of_return(self, address: str, credentials: Credentials, external_id: str) -> OrderAsItIs | None:
        return self.order(address, credentials, f"return {external_id}")

    def listing(self, address: str, credentials: Credentials) -> Listing:
        self.asked.append((address, credentials, None, None))
        if isinstance(self.listed, BaseException):
            raise self.listed
        return self.listed
