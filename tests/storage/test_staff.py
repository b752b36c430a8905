"""Staff, links and sessions as every adapter of the port keeps them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.errors import NotFound
from plugin.domain.ids import StaffId
from plugin.domain.shop import JoinCode, Role, Session, SignInLink, StaffMember
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW

MEMBER = StaffMember(StaffId("staff1"), "Kaja@Nordkap.example", Role.OWNER, "de", invited_at=NOW)
LINK = SignInLink("link1", MEMBER.id, b"hash of the secret", expires_at=NOW + timedelta(days=7))
CODE = JoinCode("code1", MEMBER.id, b"hash of the secret", expires_at=NOW + timedelta(hours=24))
SESSION = Session("session1", MEMBER.id, b"hash", NOW, NOW, NOW + timedelta(days=30), agent="Firefox on Debian")


@pytest.fixture(autouse=True)
def _member_on_record(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.staff.save(MEMBER)
        unit.staff.save_link(LINK)
        unit.staff.save_session(SESSION)
        unit.commit()


def test_a_member_is_found_by_id_and_by_e_mail_case_aside(units: Units) -> None:
    with units.read(MERCHANT) as unit:
        assert unit.staff.get(MEMBER.id) == MEMBER
        assert unit.staff.by_email("kaja@nordkap.example") == MEMBER
        assert unit.staff.by_email("kaja@nordkap") is None
        with pytest.raises(NotFound):
            unit.staff.get(StaffId("unknown"))


def test_a_removed_member_is_listed_no_more_but_still_found(units: Units) -> None:
    removed = replace(MEMBER, removed_at=NOW, role=Role.VIEWER)
    with units(MERCHANT) as unit:
        unit.staff.save(removed)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.staff.all() == []
        assert unit.staff.by_email(MEMBER.email) == removed


def test_one_who_is_here_chooses_a_language_and_is_removed_once(units: Units) -> None:
    later = NOW + timedelta(hours=1)
    with units(MERCHANT) as unit:
        unit.staff.hold()
        unit.staff.choose_language(MEMBER.id, "fr")
        assert unit.staff.get(MEMBER.id) == replace(MEMBER, language="fr")
        unit.staff.remove(MEMBER.id, NOW)
        unit.staff.remove(MEMBER.id, later)
        unit.staff.choose_language(MEMBER.id, "pl")
        assert unit.staff.get(MEMBER.id) == replace(MEMBER, language="fr", removed_at=NOW)


def test_a_link_works_once(units: Units) -> None:
    with units(MERCHANT) as unit:
        assert unit.staff.link("link1") == LINK
        assert unit.staff.use_link("link1", NOW)
        assert not unit.staff.use_link("link1", NOW + timedelta(seconds=1))
        assert unit.staff.link("link1") == replace(LINK, used_at=NOW)
        assert unit.staff.link("link2") is None


def test_a_join_code_works_once(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.staff.save_join_code(CODE)
        assert unit.staff.join_code("code1") == CODE
        assert unit.staff.use_join_code("code1", NOW)
        assert not unit.staff.use_join_code("code1", NOW + timedelta(seconds=1))
        assert unit.staff.join_code("code1") == replace(CODE, used_at=NOW)
        assert unit.staff.join_code("code2") is None
        assert not unit.staff.use_join_code("code2", NOW)


def test_sessions_are_kept_newest_first_and_can_be_revoked(units: Units) -> None:
    newer = replace(SESSION, id="session2", created_at=NOW + timedelta(hours=1))
    revoked = replace(SESSION, revoked_at=NOW)
    with units(MERCHANT) as unit:
        unit.staff.save_session(newer)
        unit.staff.revoke([SESSION.id, "session3"], NOW)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert unit.staff.sessions(MEMBER.id) == [newer, revoked]
        assert unit.staff.session("session2") == newer
        assert unit.staff.session("session3") is None


def test_a_session_is_seen_until_it_is_revoked_and_revoked_once(units: Units) -> None:
    first, second, third = (NOW + timedelta(hours=hours) for hours in (1, 2, 3))
    with units(MERCHANT) as unit:
        unit.staff.seen(SESSION.id, first)
        assert unit.staff.session(SESSION.id) == replace(SESSION, last_seen_at=first)
        unit.staff.revoke([SESSION.id], second)
        unit.staff.revoke([SESSION.id], third)
        unit.staff.seen(SESSION.id, third)
        assert unit.staff.session(SESSION.id) == replace(SESSION, last_seen_at=first, revoked_at=second)
