"""Staff, their one-time links, join codes and sessions; e-mails sealed, found by keyed hash; secrets only as hashes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update

from plugin.domain.errors import NotFound
from plugin.domain.ids import ShopId, StaffId
from plugin.domain.shop import JoinCode, Role, Session, SignInLink, StaffMember
from plugin.storage.scope import Scope, Values, batches
from plugin.storage.tables import join_codes, platform_staff, sessions, sign_in_links
from plugin.storage.tables import staff as members
from plugin.storage.vault import Vault


class SqlStaff:
    """`plugin.ports.staff.Staff`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def save(self, member: StaffMember) -> None:
        """Insert or replace."""
        row = {
            "id": member.id,
            "email": self._vault.seal("staff", member.id, "email", member.email.encode()),
            "email_hash": self._vault.email_hash(member.email),
            "role": member.role.value,
            "language": member.language,
            "invited_at": member.invited_at,
            "removed_at": member.removed_at,
        }
        self._scope.upsert(members, [row], ["id"])

    def get(self, staff: StaffId) -> StaffMember:
        """Raises `NotFound`."""
        row = self._scope.row(self._members().where(members.c.id == staff))
        if row is None:
            raise NotFound({"staff": staff})
        return self._member(row)

    def by_email(self, email: str) -> StaffMember | None:
        """Exact, case-insensitive; whoever was removed included."""
        is_theirs = members.c.email_hash == self._vault.email_hash(email)
        row = self._scope.row(self._members().where(is_theirs))
        return self._member(row) if row else None

    def by_user(self, shop: ShopId, user: str) -> StaffMember | None:
        """Whoever the shop's platform calls this; whoever was removed included."""
        columns = platform_staff.c
        theirs = self._scope.select(platform_staff, columns.staff_id).where(
            columns.shop_id == shop, columns.user_id == user
        )
        row = self._scope.row(theirs)
        return self.get(row.staff_id) if row else None

    def join_user(self, shop: ShopId, user: str, staff: StaffId) -> None:
        """Know from now on who it is that the shop's platform calls this."""
        row = {"shop_id": shop, "user_id": user, "staff_id": staff}
        self._scope.upsert(platform_staff, [row], ["shop_id", "user_id"])

    def all(self) -> Sequence[StaffMember]:
        """Everyone who has not been removed, in the order of invitation."""
        present = self._members().where(members.c.removed_at.is_(None)).order_by(members.c.invited_at, members.c.id)
        return [self._member(row) for row in self._scope.rows(present)]

    def hold(self) -> None:
        """Lock everyone's row, in one order; SQLite has one writer anyway."""
        everyone = self._scope.select(members, members.c.id).order_by(members.c.id)
        self._scope.rows(everyone.with_for_update(key_share=True))

    def choose_language(self, staff: StaffId, language: str) -> None:
        """Keep it, and nothing else; of somebody who was removed nothing changes."""
        self._change(staff, {"language": language})

    def remove(self, staff: StaffId, at: datetime) -> None:
        """Have them work here no more; who was removed before stays so since then."""
        self._change(staff, {"removed_at": at})

    def save_link(self, link: SignInLink) -> None:
        """Insert or replace."""
        row = {
            "id": link.id,
            "staff_id": link.staff,
            "secret_hash": link.secret_hash,
            "expires_at": link.expires_at,
            "used_at": link.used_at,
        }
        self._scope.upsert(sign_in_links, [row], ["id"])

    def link(self, link_id: str) -> SignInLink | None:
        """By id."""
        row = self._scope.row(self._scope.select(sign_in_links, *sign_in_links.c).where(sign_in_links.c.id == link_id))
        return SignInLink(row.id, row.staff_id, row.secret_hash, row.expires_at, row.used_at) if row else None

    def use_link(self, link_id: str, at: datetime) -> bool:
        """Mark used, compare-and-swap: False when it had been used, or is not there."""
        unused = self._scope.update(sign_in_links).where(
            sign_in_links.c.id == link_id, sign_in_links.c.used_at.is_(None)
        )
        return self._scope.run(unused.values(used_at=at)) == 1

    def save_join_code(self, code: JoinCode) -> None:
        """Insert or replace."""
        row = {
            "id": code.id,
            "made_by": code.made_by,
            "secret_hash": code.secret_hash,
            "expires_at": code.expires_at,
            "used_at": code.used_at,
        }
        self._scope.upsert(join_codes, [row], ["id"])

    def join_code(self, code_id: str) -> JoinCode | None:
        """By id."""
        row = self._scope.row(self._scope.select(join_codes, *join_codes.c).where(join_codes.c.id == code_id))
        return JoinCode(row.id, row.made_by, row.secret_hash, row.expires_at, row.used_at) if row else None

    def use_join_code(self, code_id: str, at: datetime) -> bool:
        """Mark used, compare-and-swap: False when it had been used, or is not there."""
        unused = self._scope.update(join_codes).where(join_codes.c.id == code_id, join_codes.c.used_at.is_(None))
        return self._scope.run(unused.values(used_at=at)) == 1

    def save_session(self, session: Session) -> None:
        """Insert or replace."""
        row = {
            "id": session.id,
            "staff_id": session.staff,
            "secret_hash": session.secret_hash,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "expires_at": session.expires_at,
            "agent": self._vault.seal("sessions", session.id, "agent", session.agent.encode()),
            "revoked_at": session.revoked_at,
        }
        self._scope.upsert(sessions, [row], ["id"])

    def seen(self, session_id: str, at: datetime) -> None:
        """Keep when it was last used, and nothing else; of one that was revoked nothing changes."""
        self._scope.run(self._live_sessions([session_id]).values(last_seen_at=at))

    def revoke(self, session_ids: Sequence[str], at: datetime) -> None:
        """End these; what was ended before stays so since then."""
        for batch in batches(session_ids):
            self._scope.run(self._live_sessions(batch).values(revoked_at=at))

    def session(self, session_id: str) -> Session | None:
        """By id."""
        row = self._scope.row(self._scope.select(sessions, *sessions.c).where(sessions.c.id == session_id))
        return self._session(row) if row else None

    def sessions(self, staff: StaffId) -> Sequence[Session]:
        """All of one member's, revoked and expired ones included; newest first."""
        theirs = self._scope.select(sessions, *sessions.c).where(sessions.c.staff_id == staff)
        newest_first = theirs.order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
        return [self._session(row) for row in self._scope.rows(newest_first)]

    def _change(self, staff: StaffId, values: Values) -> None:
        """Set these columns of a member who is still there."""
        present = self._scope.update(members).where(members.c.id == staff, members.c.removed_at.is_(None))
        self._scope.run(present.values(**values))

    def _live_sessions(self, session_ids: Sequence[str]) -> Update:
        return self._scope.update(sessions).where(sessions.c.id.in_(session_ids), sessions.c.revoked_at.is_(None))

    def _members(self) -> Select[Any]:
        return self._scope.select(members, *members.c)

    def _member(self, row: Row[Any]) -> StaffMember:
        return StaffMember(
            id=row.id,
            email=self._vault.unseal("staff", row.id, "email", row.email).decode(),
            role=Role(row.role),
            language=row.language,
            invited_at=row.invited_at,
            removed_at=row.removed_at,
        )

    def _session(self, row: Row[Any]) -> Session:
        return Session(
            id=row.id,
            staff=row.staff_id,
            secret_hash=row.secret_hash,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            agent=self._vault.unseal("sessions", row.id, "agent", row.agent).decode(),
            revoked_at=row.revoked_at,
        )
