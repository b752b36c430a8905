"""Notices left for staff, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import StaffId
from plugin.domain.left_notice import LeftNotice
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeLeftNotices:
    tables: Tables

    def leave(self, notice: LeftNotice) -> None:
        for name, (kept, _) in list(self.tables.left_notices.items()):
            is_superseded = notice.before is not None and kept.before is not None
            if kept.staff == notice.staff and is_superseded:
                del self.tables.left_notices[name]
        self.tables.left_notices[notice.name] = (notice, False)

    def tell(self, staff: StaffId, name: str, since: datetime) -> LeftNotice | None:
        kept, is_told = self.tables.left_notices.get(name, (None, True))
        if kept is None or is_told or kept.staff != staff or kept.left_at < since:
            return None
        self.tables.left_notices[name] = (kept, True)
        return kept

    def take_back(self, staff: StaffId, name: str, since: datetime) -> Mapping[str, str | None] | None:
        kept, _ = self.tables.left_notices.get(name, (None, True))
        if kept is None or kept.staff != staff or kept.before is None or kept.left_at < since:
            return None
        del self.tables.left_notices[name]
        return kept.before

    def forget(self, before: datetime) -> int:
        old = [name for name, (kept, _) in self.tables.left_notices.items() if kept.left_at < before]
        for name in old:
            del self.tables.left_notices[name]
        return len(old)
