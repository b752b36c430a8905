"""What could not be read or applied: kept whole and sealed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select

from plugin.domain.errors import NotFound
from plugin.domain.ids import ParkedId, ShopId
from plugin.domain.order import Platform
from plugin.domain.stored import ParkedRecord
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import parked
from plugin.storage.vault import Vault


class SqlParked:
    """`plugin.ports.inbox.Parked`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, records: Iterable[ParkedRecord]) -> None:
        """Park; the same shop, topic and body is parked once, its attempts counted and its latest reason kept."""
        rows = [self._row(record) for record in records]
        self._scope.upsert(
            parked,
            rows,
            ["shop_id", "topic", "body_hash"],
            lambda new: {
                "code": new.code,
                "field": new.field,
                "attempts": parked.c.attempts + 1,
            },
        )

    def get(self, record: ParkedId) -> ParkedRecord:
        """Raises `NotFound`."""
        row = self._scope.row(self._select().where(parked.c.id == record))
        if row is None:
            raise NotFound({"parked": record})
        return self._record(row)

    def codes(self, shop: ShopId | None = None) -> Mapping[ParkedId, str]:
        """Which are parked and why, oldest first; they stay sealed."""
        told = self._scope.select(parked, parked.c.id, parked.c.code)
        return {ParkedId(row.id): row.code for row in self._scope.rows(_oldest_first(told, shop))}

    def all(self, shop: ShopId | None = None) -> Iterator[ParkedRecord]:
        """Oldest first, read a few at a time while the unit is open."""
        return map(self._record, self._scope.few_at_once(_oldest_first(self._select(), shop), parked.c.id))

    def about(self, shop: ShopId, orders: Sequence[str]) -> Sequence[ParkedRecord]:
        """States of these orders (external ids) among what is parked of this shop, oldest first."""
        is_state = (parked.c.shop_id == shop) & parked.c.subject.is_not(None)
        if self._scope.row(self._scope.select(parked, parked.c.id).where(is_state).limit(1)) is None:
            return []  # as a rule: an import asks this once a batch
        found = (self._select().where(is_state, parked.c.subject.in_(batch)) for batch in batches(orders))
        records = [self._record(row) for statement in found for row in self._scope.rows(statement)]
        return sorted(records, key=lambda record: (record.parked_at, record.id))

    def resolve(self, shop: ShopId, topic: str, bodies: Sequence[bytes]) -> None:
        """Remove what was parked of this shop and topic with exactly these bodies."""
        is_alike = (parked.c.shop_id == shop) & (parked.c.topic == topic)
        if self._scope.row(self._scope.select(parked, parked.c.id).where(is_alike).limit(1)) is None:
            return  # as a rule: hashing every body of an import would cost more than this question
        alike = self._scope.delete(parked).where(is_alike)
        for batch in batches([self._vault.body_hash(body) for body in bodies]):
            self._scope.run(alike.where(parked.c.body_hash.in_(batch)))

    def remove(self, records: Sequence[ParkedId]) -> None:
        """Read at last, or dismissed by the merchant."""
        for batch in batches(records):
            self._scope.run(self._scope.delete(parked).where(parked.c.id.in_(batch)))

    def _select(self) -> Select[Any]:
        return self._scope.select(parked, *parked.c)

    def _row(self, record: ParkedRecord) -> dict[str, Any]:
        return {
            "id": record.id,
            "shop_id": record.shop,
            "platform": record.platform.value,
            "topic": record.topic,
            "code": record.code,
            "field": record.field,
            "parked_at": record.parked_at,
            "attempts": record.attempts,
            "subject": record.subject,
            "size": len(record.body),
            "body_hash": self._vault.body_hash(record.body),
            "body": self._vault.seal("parked", record.id, "body", record.body),
        }

    def _record(self, row: Row[Any]) -> ParkedRecord:
        return ParkedRecord(
            id=row.id,
            shop=row.shop_id,
            platform=Platform(row.platform),
            topic=row.topic,
            code=row.code,
            field=row.field,
            body=self._vault.unseal("parked", row.id, "body", row.body),
            parked_at=row.parked_at,
            attempts=row.attempts,
            subject=row.subject,
        )


def _oldest_first(found: Select[Any], shop: ShopId | None) -> Select[Any]:
    of_shop = found if shop is None else found.where(parked.c.shop_id == shop)
    return of_shop.order_by(parked.c.parked_at, parked.c.id)
