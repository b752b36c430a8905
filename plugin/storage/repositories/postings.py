"""What stands on the boards of one merchant's shops, and how far writing it has come."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, tuple_

from plugin.domain.ids import ShopId
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Place
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import posted_promises, postings

_posting, _posted = postings.c, posted_promises.c


class SqlPostings:
    """`plugin.ports.published_promises.Postings`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, shop: ShopId) -> Posting | None:
        """None: nothing was ever written for this shop, or it is gone."""
        row = self._scope.row(self._scope.select(postings, *_posting).where(_posting.shop_id == shop))
        return _read(row) if row else None

    def all(self) -> Sequence[Posting]:
        """Of all shops, by shop."""
        return [
            _read(row) for row in self._scope.rows(self._scope.select(postings, *_posting).order_by(_posting.shop_id))
        ]

    def save(self, posting: Posting) -> None:
        """Insert or replace; whoever had a lease has it no more."""
        row = {
            "shop_id": posting.shop,
            "due_at": posting.due_at,
            "board": posting.board,
            "asked_at": posting.asked_at,
            "posted_at": posting.posted_at,
            "policy": posting.policy,
            "places": posting.places,
            "refused": posting.refused,
            "refusal": posting.refusal,
            "failures": posting.failures,
            "fault": posting.fault,
            "fault_detail": posting.fault_detail,
            "leased_until": None,
        }
        self._scope.upsert(postings, [row], ["shop_id"])

    def ask(self, shop: ShopId, at: datetime) -> None:
        """Something to be written has changed since; of a shop without posting nothing changes."""
        self._scope.run(self._scope.update(postings).where(_posting.shop_id == shop).values(asked_at=at))

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        """Have it due then; whoever is writing has it still. False: nothing was ever written for this shop."""
        soon = self._scope.update(postings).where(_posting.shop_id == shop)
        return self._scope.run(soon.values(due_at=at)) == 1

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> Posting | None:
        """The posting, leased: whoever's update meets the row first has it, on either database."""
        is_free = or_(_posting.leased_until.is_(None), _posting.leased_until <= now)
        taken = self._scope.update(postings).where(_posting.shop_id == shop, is_free).values(leased_until=until)
        return self.get(shop) if self._scope.run(taken) else None

    def posted(self, shop: ShopId) -> Mapping[Place, Posted]:
        """What stands where, as far as we wrote it."""
        rows = self._scope.rows(self._scope.select(posted_promises, *_posted).where(_posted.shop_id == shop))
        return {Place(row.owner, row.key): Posted(row.digest, row.at, row.refusal) for row in rows}

    def note(self, shop: ShopId, posted: Mapping[Place, Posted], until: datetime) -> None:
        """This stands there now; the lease goes on until then."""
        rows = [_row(shop, place, each) for place, each in posted.items()]
        self._scope.upsert(posted_promises, rows, ["shop_id", "owner", "key"])
        self._scope.run(self._scope.update(postings).where(_posting.shop_id == shop).values(leased_until=until))

    def note_removed(self, shop: ShopId, places: Collection[Place]) -> None:
        """These do not stand there any more."""
        named = tuple_(_posted.owner, _posted.key).in_([(place.owner, place.key) for place in places])
        self._scope.run(self._scope.delete(posted_promises).where(_posted.shop_id == shop, named))

    def forget(self, shop: ShopId) -> None:
        """The posting and everything that stood there."""
        self._scope.run(self._scope.delete(posted_promises).where(_posted.shop_id == shop))
        self._scope.run(self._scope.delete(postings).where(_posting.shop_id == shop))


def _row(shop: ShopId, place: Place, posted: Posted) -> Values:
    named = {"shop_id": shop, "owner": place.owner, "key": place.key}
    return {**named, "digest": posted.digest, "at": posted.at, "refusal": posted.refusal}


def _read(row: Row[Any]) -> Posting:
    return Posting(
        shop=row.shop_id,
        due_at=row.due_at,
        board=row.board,
        asked_at=row.asked_at,
        posted_at=row.posted_at,
        policy=row.policy,
        places=row.places,
        refused=row.refused,
        refusal=row.refusal,
        failures=row.failures,
        fault=row.fault,
        fault_detail=row.fault_detail,
    )
