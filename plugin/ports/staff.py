"""Who works for the merchant, and the one-time secrets they hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import ShopId, StaffId
from plugin.domain.shop import JoinCode, Session, SignInLink, StaffMember


class Staff(Protocol):
    """Who works for the merchant, their one-time links, join codes and sessions."""

    def save(self, member: StaffMember) -> None:
        """Insert or replace."""
        ...

    def get(self, staff: StaffId) -> StaffMember:
        """Raises `NotFound`."""
        ...

    def by_email(self, email: str) -> StaffMember | None:
        """Exact, case-insensitive, by keyed hash."""
        ...

    def by_user(self, shop: ShopId, user: str) -> StaffMember | None:
        """Whoever the shop's platform calls this, whether or not they were removed."""
        ...

    def join_user(self, shop: ShopId, user: str, staff: StaffId) -> None:
        """Know from now on who it is that the shop's platform calls this."""
        ...

    def all(self) -> Sequence[StaffMember]:
        """Everyone who has not been removed."""
        ...

    def hold(self) -> None:
        """Let nobody else change who works here until this unit ends; what is read from now on stays so."""
        ...

    def choose_language(self, staff: StaffId, language: str) -> None:
        """Keep it, and nothing else; of somebody who was removed nothing changes."""
        ...

    def remove(self, staff: StaffId, at: datetime) -> None:
        """Have them work here no more; who was removed before stays so since then."""
        ...

    def save_link(self, link: SignInLink) -> None:
        """Insert or replace."""
        ...

    def link(self, link_id: str) -> SignInLink | None:
        """By id."""
        ...

    def use_link(self, link_id: str, at: datetime) -> bool:
        """Mark used, compare-and-swap: False when it had been used."""
        ...

    def save_join_code(self, code: JoinCode) -> None:
        """Insert or replace."""
        ...

    def join_code(self, code_id: str) -> JoinCode | None:
        """By id."""
        ...

    def use_join_code(self, code_id: str, at: datetime) -> bool:
        """Mark used, compare-and-swap: False when it had been used."""
        ...

    def save_session(self, session: Session) -> None:
        """Insert or replace."""
        ...

    def seen(self, session_id: str, at: datetime) -> None:
        """Keep when it was last used, and nothing else; of one that was revoked nothing changes."""
        ...

    def revoke(self, session_ids: Sequence[str], at: datetime) -> None:
        """End these; what was ended before stays so since then."""
        ...

    def session(self, session_id: str) -> Session | None:
        """By id."""
        ...

    def sessions(self, staff: StaffId) -> Sequence[Session]:
        """Sessions neither revoked nor expired are the caller's to tell; newest first."""
        ...
