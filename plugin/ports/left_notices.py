"""Notices left for pages without cookies, each to be shown once and taken back once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import StaffId
from plugin.domain.left_notice import LeftNotice


class LeftNotices(Protocol):
    """One merchant's."""

    def leave(self, notice: LeftNotice) -> None:
        """Keep it; what the member could take back before it, they no longer can."""
        ...

    def tell(self, staff: StaffId, name: str, since: datetime) -> LeftNotice | None:
        """The member's notice of this name, once, unless it was left before `since`."""
        ...

    def take_back(self, staff: StaffId, name: str, since: datetime) -> Mapping[str, str | None] | None:
        """How everything was before the member's change of this name, once, unless it was left before `since`."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget those left before; how many."""
        ...
