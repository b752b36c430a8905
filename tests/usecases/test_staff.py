from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plugin.domain.access import LinkUnusable, SignedOut, Token
from plugin.domain.errors import Invalid, NotFound
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import Role, SignInLink, StaffMember
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.choose_language import choose_language
from plugin.usecases.invite_staff import Invitation, invite_staff
from plugin.usecases.list_sessions import list_sessions
from plugin.usecases.remove_staff import LastOwner, remove_staff
from plugin.usecases.request_sign_in import request_sign_in
from plugin.usecases.resume_session import resume_session
from plugin.usecases.revoke_other_sessions import revoke_other_sessions
from plugin.usecases.revoke_session import revoke_session
from plugin.usecases.sign_in import SignedIn, sign_in
from plugin.usecases.sign_out import sign_out
from tests.build import MERCHANT, NOW
from tests.fakes.parties import FakeStaff
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

SECOND = timedelta(seconds=1)


def letter(member: StaffMember, token: Token) -> Mail:
    return Mail(member.email, "Sign in", str(token), member.language)


class Office:
    """Everything staff can do, with the ports filled in."""

    def __init__(self, units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> None:
        self.units, self.ids, self.secrets = units, ids, secrets

    def invite(self, email: str = "Mara@example.com", role: Role = Role.OWNER) -> Invitation:
        return invite_staff(
            email, role, "de", merchant=MERCHANT, units=self.units, ids=self.ids, secrets=self.secrets, now=NOW
        )

    def enter(self, token: Token | str, now: datetime = NOW) -> SignedIn:
        return sign_in(str(token), "Firefox", units=self.units, ids=self.ids, secrets=self.secrets, now=now)

    def resume(self, token: Token | str, now: datetime = NOW) -> StaffMember:
        return resume_session(str(token), units=self.units, secrets=self.secrets, now=now).member

    def ask(self, email: str) -> None:
        request_sign_in(
            email,
            directory=self.units,
            units=self.units,
            ids=self.ids,
            secrets=self.secrets,
            letter=letter,
            now=NOW,
        )

    def mailed(self) -> list[str]:
        return [mail.text for mail in self.units.of(MERCHANT).mails.values()]


@pytest.fixture
def office(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> Office:
    return Office(units, ids, secrets)


def test_an_invitation_lets_its_owner_in_once(office: Office) -> None:
    invitation = office.invite()
    signed_in = office.enter(invitation.token)
    assert office.resume(signed_in.token) == invitation.member
    with pytest.raises(LinkUnusable) as refused:
        office.enter(invitation.token)
    assert refused.value.facts == {"reason": "used"}


def test_of_two_who_use_a_link_at_the_same_time_one_comes_in(office: Office) -> None:
    token = office.invite().token
    with office.units(MERCHANT) as unit:
        read_before = unit.staff.link(token.record)
        unit.staff.use_link(token.record, NOW)
        unit.commit()

    class Raced(FakeStaff):
        def link(self, link_id: str) -> SignInLink | None:
            return read_before if link_id == token.record else None

    class RacedUnits(FakeUnits):
        @contextmanager
        def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[UnitOfWork]:
            with office.units(merchant, is_incoming=is_incoming) as unit:
                unit.staff = Raced(office.units.of(merchant).copy())
                yield unit

    with pytest.raises(LinkUnusable) as refused:
        Office(RacedUnits(), office.ids, office.secrets).enter(token)
    assert refused.value.facts == {"reason": "used"}


def test_an_invitation_holds_for_seven_days(office: Office) -> None:
    token = office.invite().token
    with pytest.raises(LinkUnusable) as refused:
        office.enter(token, NOW + timedelta(days=7))
    assert refused.value.facts == {"reason": "expired"}
    office.enter(token, NOW + timedelta(days=7) - SECOND)


def test_secrets_are_kept_as_hashes_only(office: Office) -> None:
    invitation = office.invite()
    session = office.enter(invitation.token).token
    kept = repr(office.units.of(MERCHANT).links) + repr(office.units.of(MERCHANT).sessions)
    assert invitation.token.secret not in kept
    assert session.secret not in kept


@pytest.mark.parametrize("token", ["", "no-token", "merchant1.unknown.secret", "other.x.y"])
def test_a_token_that_is_not_ours_opens_nothing_and_says_nothing(office: Office, token: str) -> None:
    office.invite()
    with pytest.raises(LinkUnusable) as refused:
        office.enter(token)
    assert refused.value.facts == {}
    with pytest.raises(SignedOut):
        office.resume(token)


def test_a_wrong_secret_opens_nothing_and_does_not_use_up_the_link(office: Office) -> None:
    token = office.invite().token
    with pytest.raises(LinkUnusable) as refused:
        office.enter(Token(token.merchant, token.record, "guess"))
    assert refused.value.facts == {}
    office.enter(token)


def test_asking_for_a_link_looks_the_same_whether_the_address_is_known_or_not(office: Office) -> None:
    office.invite()
    assert office.ask("nobody@example.com") is office.ask("mara@EXAMPLE.com")
    (token,) = office.mailed()
    assert office.enter(token, NOW + timedelta(minutes=15) - SECOND).member.email == "Mara@example.com"


def test_a_sign_in_link_holds_for_a_quarter_of_an_hour(office: Office) -> None:
    office.invite()
    office.ask("mara@example.com")
    with pytest.raises(LinkUnusable):
        office.enter(office.mailed()[0], NOW + timedelta(minutes=15))


def test_a_session_that_is_used_lasts_thirty_days_and_no_longer(office: Office) -> None:
    token = office.enter(office.invite().token).token
    for days in (13, 26):
        office.resume(token, NOW + timedelta(days=days))
    office.resume(token, NOW + timedelta(days=30) - SECOND)
    with pytest.raises(SignedOut):
        office.resume(token, NOW + timedelta(days=30))


def test_pages_do_not_write_who_was_seen_more_than_every_ten_minutes(office: Office) -> None:
    token = office.enter(office.invite().token).token
    before = office.units.commits
    office.resume(token, NOW + timedelta(minutes=10) - SECOND)
    assert office.units.commits == before
    office.resume(token, NOW + timedelta(minutes=10))
    assert office.units.commits == before + 1


def test_signing_out_ends_this_session_and_no_other(office: Office) -> None:
    first, second = office.enter(office.invite().token).token, office.enter(office.invite().token).token
    sign_out(str(first), units=office.units, secrets=office.secrets, now=NOW)
    sign_out(str(first), units=office.units, secrets=office.secrets, now=NOW)
    with pytest.raises(SignedOut):
        office.resume(first)
    office.resume(second)


def test_sessions_are_listed_while_they_live_and_only_their_owner_can_revoke_them(office: Office) -> None:
    mara = office.enter(office.invite().token)
    agent = office.enter(office.invite("jo@example.com", Role.AGENT).token)
    (listed,) = list_sessions(mara.member.id, merchant=MERCHANT, units=office.units, now=NOW)
    with pytest.raises(NotFound):
        revoke_session(listed.id, of=agent.member.id, merchant=MERCHANT, units=office.units, now=NOW)
    revoke_session(listed.id, of=mara.member.id, merchant=MERCHANT, units=office.units, now=NOW)
    assert list_sessions(mara.member.id, merchant=MERCHANT, units=office.units, now=NOW) == []
    with pytest.raises(SignedOut):
        office.resume(mara.token)


def test_signing_out_everywhere_else_ends_ones_other_sessions_and_nobody_elses(office: Office) -> None:
    here, phone, ended = (office.enter(office.invite().token) for _ in range(3))
    jo = office.enter(office.invite("jo@example.com", Role.AGENT).token)
    sign_out(str(ended.token), units=office.units, secrets=office.secrets, now=NOW)
    later = NOW + SECOND
    presence = resume_session(str(here.token), units=office.units, secrets=office.secrets, now=later)
    assert revoke_other_sessions(presence, units=office.units, now=later) == 1
    with pytest.raises(SignedOut):
        office.resume(phone.token, later)
    assert office.units.of(MERCHANT).sessions[ended.token.record].revoked_at == NOW
    assert office.resume(here.token, later) == here.member
    assert office.resume(jo.token, later) == jo.member


def test_the_last_owner_cannot_be_removed(office: Office) -> None:
    mara = office.invite().member
    office.invite("jo@example.com", Role.AGENT)
    with pytest.raises(LastOwner):
        remove_staff(mara.id, merchant=MERCHANT, units=office.units, now=NOW)
    office.invite("kim@example.com")
    remove_staff(mara.id, merchant=MERCHANT, units=office.units, now=NOW)


def test_who_was_removed_is_out_at_once_and_cannot_come_back_by_an_old_link(office: Office) -> None:
    office.invite()
    agent = office.invite("jo@example.com", Role.AGENT)
    session = office.enter(agent.token).token
    office.ask("jo@example.com")
    remove_staff(StaffId(agent.member.id), merchant=MERCHANT, units=office.units, now=NOW)
    with pytest.raises(SignedOut):
        office.resume(session)
    with pytest.raises(LinkUnusable):
        office.enter(office.mailed()[0])


def test_choosing_a_language_changes_nothing_else_and_nobody_who_was_removed(office: Office) -> None:
    agent = office.invite("jo@example.com", Role.AGENT).member

    def choose(language: str) -> StaffMember:
        choose_language(language, of=agent.id, merchant=MERCHANT, units=office.units)
        return office.units.of(MERCHANT).staff[agent.id]

    assert choose("fr") == replace(agent, language="fr")
    remove_staff(agent.id, merchant=MERCHANT, units=office.units, now=NOW)
    assert choose("pl") == replace(agent, language="fr", removed_at=NOW)


def test_inviting_an_owner_again_as_less_does_not_take_the_shop_from_them(office: Office) -> None:
    first = office.invite().member
    assert office.invite(role=Role.VIEWER).member == first
    agent = office.invite("jo@example.com", Role.AGENT).member
    raised = office.invite("jo@example.com", Role.OWNER).member
    assert (raised.id, raised.role) == (agent.id, Role.OWNER)


@pytest.mark.parametrize(
    "email", ["", "mara", "@example.com", "mara@", "mara@localhost", "a b@example.com", "a\n@b.de"]
)
def test_an_address_that_cannot_be_one_is_not_invited(office: Office, email: str) -> None:
    with pytest.raises(Invalid):
        office.invite(email)
