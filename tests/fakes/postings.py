"""What stands on shops' boards, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import ShopId
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Place
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakePostings:
    tables: Tables

    def get(self, shop: ShopId) -> Posting | None:
        row = self.tables.postings.get(shop)
        return row[0] if row else None

    def all(self) -> Sequence[Posting]:
        return [self.tables.postings[shop][0] for shop in sorted(self.tables.postings)]

    def save(self, posting: Posting) -> None:
        self.tables.postings[posting.shop] = (posting, None)

    def ask(self, shop: ShopId, at: datetime) -> None:
        if row := self.tables.postings.get(shop):
            self.tables.postings[shop] = (replace(row[0], asked_at=at), row[1])

    def hasten(self, shop: ShopId, at: datetime) -> bool:
        row = self.tables.postings.get(shop)
        if row is None:
            return False
        self.tables.postings[shop] = (replace(row[0], due_at=at), row[1])
        return True

    def lease(self, shop: ShopId, now: datetime, until: datetime) -> Posting | None:
        row = self.tables.postings.get(shop)
        if row is None or (row[1] is not None and row[1] > now):
            return None
        self.tables.postings[shop] = (row[0], until)
        return row[0]

    def posted(self, shop: ShopId) -> Mapping[Place, Posted]:
        return {place: each for (owner, place), each in self.tables.posted.items() if owner == shop}

    def note(self, shop: ShopId, posted: Mapping[Place, Posted], until: datetime) -> None:
        self.tables.posted |= {(shop, place): each for place, each in posted.items()}
        if row := self.tables.postings.get(shop):
            self.tables.postings[shop] = (row[0], until)

    def note_removed(self, shop: ShopId, places: Collection[Place]) -> None:
        for place in places:
            self.tables.posted.pop((shop, place), None)

    def forget(self, shop: ShopId) -> None:
        self.tables.postings.pop(shop, None)
        self.tables.posted = {key: each for key, each in self.tables.posted.items() if key[0] != shop}
