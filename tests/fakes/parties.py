"""The merchant's shops and staff, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import MerchantId, ShopId, StaffId
from plugin.domain.shop import JoinCode, Merchant, Session, Shop, SignInLink, StaffMember
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeShops:
    tables: Tables
    merchant: MerchantId
    is_taken: Callable[[Shop], bool]
    """Whether its address is on record, with any merchant: addresses are unique across all of them."""

    def add_merchant(self, merchant: Merchant) -> None:
        if self.tables.merchants or merchant.id != self.merchant:
            raise Conflict({"what": "merchant"})
        self.tables.merchants.append(merchant)

    def add(self, shop: Shop) -> None:
        assert shop.merchant == self.merchant, "a unit sees its own merchant only"
        if self.by_name(shop.name) or self.is_taken(shop):
            raise Conflict({"what": "shop"})
        self.tables.shops[shop.id] = shop

    def get(self, shop: ShopId) -> Shop:
        if shop not in self.tables.shops:
            raise NotFound({"shop": shop})
        return self.tables.shops[shop]

    def by_name(self, name: str) -> Shop | None:
        return next((shop for shop in self.tables.shops.values() if shop.name == name), None)

    def all(self) -> Sequence[Shop]:
        return sorted(self.tables.shops.values(), key=lambda shop: shop.name)

    def switch_withdrawal(self, shop: ShopId, since: datetime | None) -> None:
        self.tables.shops[shop] = replace(self.get(shop), withdrawal_since=since)

    def connect_companion(self, shop: ShopId, since: datetime | None) -> None:
        self.tables.shops[shop] = replace(self.get(shop), companion_since=since)

    def name_statuses(self, shop: ShopId, statuses: Sequence[str]) -> None:
        self.tables.shops[shop] = replace(self.get(shop), delivered_statuses=tuple(statuses))


@dataclass(slots=True)
class FakeStaff:
    tables: Tables

    def save(self, member: StaffMember) -> None:
        self.tables.staff[member.id] = member

    def get(self, staff: StaffId) -> StaffMember:
        if staff not in self.tables.staff:
            raise NotFound({"staff": staff})
        return self.tables.staff[staff]

    def by_email(self, email: str) -> StaffMember | None:
        members = self.tables.staff.values()
        return next((member for member in members if member.email.lower() == email.lower()), None)

    def by_user(self, shop: ShopId, user: str) -> StaffMember | None:
        known = self.tables.platform_staff.get((shop, user))
        return self.tables.staff[known] if known else None

    def join_user(self, shop: ShopId, user: str, staff: StaffId) -> None:
        self.tables.platform_staff[shop, user] = staff

    def all(self) -> Sequence[StaffMember]:
        return [member for member in self.tables.staff.values() if member.removed_at is None]

    def hold(self) -> None:
        """One unit at a time."""

    def choose_language(self, staff: StaffId, language: str) -> None:
        if (member := self.tables.staff.get(staff)) and member.removed_at is None:
            self.save(replace(member, language=language))

    def remove(self, staff: StaffId, at: datetime) -> None:
        if (member := self.tables.staff.get(staff)) and member.removed_at is None:
            self.save(replace(member, removed_at=at))

    def save_link(self, link: SignInLink) -> None:
        self.tables.links[link.id] = link

    def link(self, link_id: str) -> SignInLink | None:
        return self.tables.links.get(link_id)

    def use_link(self, link_id: str, at: datetime) -> bool:
        link = self.tables.links[link_id]
        self.tables.links[link_id] = replace(link, used_at=link.used_at or at)
        return link.used_at is None

    def save_join_code(self, code: JoinCode) -> None:
        self.tables.join_codes[code.id] = code

    def join_code(self, code_id: str) -> JoinCode | None:
        return self.tables.join_codes.get(code_id)

    def use_join_code(self, code_id: str, at: datetime) -> bool:
        code = self.tables.join_codes.get(code_id)
        if code is None or code.used_at is not None:
            return False
        self.tables.join_codes[code_id] = replace(code, used_at=at)
        return True

    def save_session(self, session: Session) -> None:
        self.tables.sessions[session.id] = session

    def seen(self, session_id: str, at: datetime) -> None:
        if (session := self.tables.sessions.get(session_id)) and session.revoked_at is None:
            self.save_session(replace(session, last_seen_at=at))

    def revoke(self, session_ids: Sequence[str], at: datetime) -> None:
        for each in session_ids:
            if (session := self.tables.sessions.get(each)) and session.revoked_at is None:
                self.save_session(replace(session, revoked_at=at))

    def session(self, session_id: str) -> Session | None:
        return self.tables.sessions.get(session_id)

    def sessions(self, staff: StaffId) -> Sequence[Session]:
        own = [session for session in self.tables.sessions.values() if session.staff == staff]
        return sorted(own, key=lambda session: session.created_at, reverse=True)
