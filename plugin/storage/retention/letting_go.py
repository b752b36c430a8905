"""Let rows go, one class and one slice at a time: each step leaves what a second one passes over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Table, func, literal, tuple_

from plugin.domain.evidence import EvidenceState
from plugin.domain.ids import OrderId, PersonId
from plugin.domain.retention import Kept, Retention
from plugin.storage.kept_told import NOTHING_TOLD
from plugin.storage.repositories.people import SqlPeople
from plugin.storage.retention import due
from plugin.storage.retention.due import Condition
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import (
    alerts,
    claim_entries,
    claims,
    declarations,
    evidence,
    goodwill_given,
    join_codes,
    labels,
    mails,
    orders,
    parked,
    personal_data_views,
    platform_staff,
    refund_intents,
    sessions,
    shipments,
    sign_in_links,
    staff,
)
from plugin.storage.vault import Vault


class LettingGo:
    """One merchant's rows, within one transaction."""

    def __init__(self, scope: Scope, vault: Vault, people: SqlPeople, retention: Retention, now: datetime) -> None:
        self._scope = scope
        self._vault = vault
        self._people = people
        self._retention = retention
        self._now = now

    def due(self, kept: Kept) -> int:
        """How many rows of a class are due."""
        return sum(self._count(table, condition(self._retention, self._now)) for table, condition in _DUE[kept])

    def is_due(self, kept: Kept) -> bool:
        """Whether any row of a class is due; found at the first, and no other is looked for."""
        return any(self._has(table, condition(self._retention, self._now)) for table, condition in _DUE[kept])

    def let_go(self, kept: Kept, limit: int) -> int:
        """Let go of at most so many of each table."""
        return _HOW[kept](self, limit)

    def orders(self, limit: int) -> int:
        """Forget whose order it was; who is named by nothing any more is forgotten whole."""
        oldest = self._scope.select(orders, orders.c.id, orders.c.person_id).where(
            due.orders_due(self._retention, self._now)
        )
        found = self._scope.rows(oldest.order_by(orders.c.placed_at, orders.c.id).limit(limit))
        for row in found:
            self._people.expire_order(OrderId(row.id), self._now)
        self._people.expire({row.person_id for row in found}, self._now)
        return len(found)

    def claims(self, limit: int) -> int:
        """The words go at once, the files with the next sweep; the chain of hashes and the flat row stay."""
        closed = self._scope.select(claims, claims.c.id).where(due.claims_due(self._retention, self._now))
        ids = [row.id for row in self._scope.rows(closed.order_by(claims.c.changed_at, claims.c.id).limit(limit))]
        theirs = {*self._persons(claim_entries, "claim_id", ids), *self._persons(evidence, "claim_id", ids)}
        words = self._scope.update(claim_entries).where(claim_entries.c.claim_id.in_(ids))
        self._scope.run(words.values(words=None))
        files = self._scope.update(evidence).where(
            evidence.c.claim_id.in_(ids), evidence.c.state != EvidenceState.GONE.value
        )
        self._scope.run(files.values(name=None, state=EvidenceState.DROPPED.value))
        of_them = self._scope.update(labels).where(labels.c.claim_id.in_(ids))
        self._scope.run(of_them.values(detail=None))
        self._scope.run(of_them.where(labels.c.object.is_not(None)).values(is_dropped=True))
        self._people.expire(theirs, self._now)
        return len(ids)

    def payees(self, limit: int) -> int:
        """Where money went."""
        return self._emptied(refund_intents, due.payees_due(self._retention, self._now), limit, {"payee": None})

    def parcels(self, limit: int) -> int:
        """What carriers told, and where else parcels were to go."""
        gone = {**NOTHING_TOLD, "next_at": None, "version": shipments.c.version + 1}
        told = self._emptied_of(shipments, due.parcels_due(self._retention, self._now), limit, gone)
        elsewhere = {"address": None, "version": alerts.c.version + 1}
        return told + self._emptied_of(alerts, due.addresses_due(self._retention, self._now), limit, elsewhere)

    def declarations(self, limit: int) -> int:
        """The words; that something was declared, when and about which order stays. Who declared is forgotten whole."""
        is_due = due.declarations_due(self._retention, self._now)
        gone = {"words": None, "reason": None, "aside_reason": None, "caller": None}
        return self._emptied_of(declarations, is_due, limit, gone)

    def mail(self, limit: int) -> int:
        """The letter; that there was one stays, so that its event is not mailed again."""
        return self._emptied(mails, self._plain(mails), limit, {"content": None, "detail": None})

    def sign_ins(self, limit: int) -> int:
        """What opens nothing any more."""
        return sum(self._removed(table, limit) for table in (sign_in_links, join_codes, sessions))

    def staff(self, limit: int) -> int:
        """Addresses of who left, who they were at a platform, and figures of months past."""
        left = self._scope.rows(self._scope.select(staff, staff.c.id).where(self._plain(staff)).limit(limit))
        for row in left:
            nameless = {
                "email": self._vault.seal("staff", row.id, "email", b""),
                "email_hash": self._vault.email_hash(f"left {row.id}"),
            }
            self._scope.run(self._scope.update(staff).where(staff.c.id == row.id).values(nameless))
        return len(left) + self._removed(platform_staff, limit) + self._removed(goodwill_given, limit)

    def parked(self, limit: int) -> int:
        """Messages nobody could read."""
        return self._removed(parked, limit)

    def access_log(self, limit: int) -> int:
        """Looks."""
        return self._removed(personal_data_views, limit)

    def _plain(self, table: Table) -> Condition:
        return due.plain_due(table, self._retention, self._now)

    def _emptied(self, table: Table, condition: Condition, limit: int, gone: Values) -> int:
        found = self._scope.rows(self._scope.select(table, table.c.id).where(condition).limit(limit))
        ids = [row.id for row in found]
        return self._scope.run(self._scope.update(table).where(table.c.id.in_(ids)).values(gone)) if ids else 0

    def _emptied_of(self, table: Table, condition: Condition, limit: int, gone: Values) -> int:
        """The same of what stands under persons: who is named by nothing any more is forgotten whole."""
        found = self._scope.rows(self._scope.select(table, table.c.id).where(condition).limit(limit))
        ids = [row.id for row in found]
        theirs = self._persons(table, "id", ids)
        count = self._scope.run(self._scope.update(table).where(table.c.id.in_(ids)).values(gone))
        self._people.expire(theirs, self._now)
        return count

    def _persons(self, table: Table, key: str, ids: Sequence[str]) -> set[PersonId]:
        """Under whose keys these stand."""
        found = self._scope.select(table, table.c.person_id).where(table.c[key].in_(ids))
        return {PersonId(row.person_id) for row in self._scope.rows(found) if row.person_id}

    def _removed(self, table: Table, limit: int) -> int:
        keys = [column for column in table.primary_key if column.name != "merchant_id"]
        found = self._scope.rows(self._scope.select(table, *keys).where(self._plain(table)).limit(limit))
        if not found:
            return 0
        return self._scope.run(self._scope.delete(table).where(tuple_(*keys).in_([tuple(row) for row in found])))

    def _has(self, table: Table, condition: Condition) -> bool:
        return self._scope.row(self._scope.select(table, literal(1)).where(condition).limit(1)) is not None

    def _count(self, table: Table, condition: Condition) -> int:
        row = self._scope.row(self._scope.select(table, func.count().label("count")).where(condition))
        return int(row.count) if row else 0  # type: ignore[call-overload]  # the column, not the tuple's method


_HOW: Final[Mapping[Kept, Callable[[LettingGo, int], int]]] = {
    Kept.ORDERS: LettingGo.orders,
    Kept.CLAIMS: LettingGo.claims,
    Kept.PAYEES: LettingGo.payees,
    Kept.PARCELS: LettingGo.parcels,
    Kept.DECLARATIONS: LettingGo.declarations,
    Kept.PARKED: LettingGo.parked,
    Kept.MAIL: LettingGo.mail,
    Kept.SIGN_INS: LettingGo.sign_ins,
    Kept.STAFF: LettingGo.staff,
    Kept.ACCESS_LOG: LettingGo.access_log,
}


def _age(table: Table) -> tuple[Table, Callable[[Retention, datetime], Condition]]:
    return table, lambda retention, now: due.plain_due(table, retention, now)


_DUE: Final[Mapping[Kept, tuple[tuple[Table, Callable[[Retention, datetime], Condition]], ...]]] = {
    Kept.ORDERS: ((orders, due.orders_due),),
    Kept.CLAIMS: ((claims, due.claims_due),),
    Kept.PAYEES: ((refund_intents, due.payees_due),),
    Kept.PARCELS: ((shipments, due.parcels_due), (alerts, due.addresses_due)),
    Kept.DECLARATIONS: ((declarations, due.declarations_due),),
    Kept.PARKED: (_age(parked),),
    Kept.MAIL: (_age(mails),),
    Kept.SIGN_INS: (_age(sign_in_links), _age(join_codes), _age(sessions)),
    Kept.STAFF: (_age(staff), _age(platform_staff), _age(goodwill_given)),
    Kept.ACCESS_LOG: (_age(personal_data_views),),
}
