"""Passkeys: who gets in with one, and every answer that lets nobody in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.passkeys import WebAuthnDevices
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.passkey import MOST, Handle, Passkey
from plugin.domain.shop import Role
from plugin.ports.errors import Rejected
from plugin.usecases.remove_staff import remove_staff
from plugin.usecases.rename_passkey import rename_passkey
from plugin.usecases.resume_session import Presence
from tests.build import MERCHANT, NOW
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.authenticator import Authenticator, ask, encoded
from tests.support.sizes import examples

DOOR, ACCOUNT = "/admin/sign-in", "/admin/account"
EMAIL = "agent@shop.example"


def keep(browser: Browser, device: Authenticator, name: str = "My phone") -> HTTPStatus:
    asked = ask(browser, "/admin/account/passkeys/begin", ACCOUNT)
    answer = browser.send("/admin/account/passkeys", ACCOUNT, answer=device.make(asked), name=name)
    return HTTPStatus(answer.status_code)


def enter(browser: Browser, answer: str) -> HTTPStatus:
    return HTTPStatus(browser.send("/admin/passkey/enter", DOOR, answer=answer).status_code)


def asked(browser: Browser) -> dict[str, object]:
    return ask(browser, "/admin/passkey", DOOR)


def passkeys(installation: Installation) -> list[Passkey]:
    with installation.deps.units.read(MERCHANT) as unit:
        return [passkey for member in unit.staff.all() for passkey in unit.passkeys.of(member.id)]


@pytest.fixture
def device(light: Installation) -> Authenticator:
    """A device of a member of staff, which counts."""
    made = Authenticator(count=7)
    assert keep(light.signed_in(Role.AGENT), made) == HTTPStatus.SEE_OTHER
    return made


def test_a_passkey_that_was_made_signs_in_and_says_when_it_was_used(installation: Installation) -> None:
    made = Authenticator()
    owner = installation.signed_in(Role.AGENT)
    assert keep(owner, made, "  My   phone ") == HTTPStatus.SEE_OTHER
    assert "Not used yet" in owner.get(ACCOUNT, base_url=made.origin).text
    installation.clock.advance(timedelta(days=1))
    visitor = installation.browser()
    visitor.get("/admin/orders")
    answer = visitor.send("/admin/passkey/enter", DOOR, answer=made.sign(asked(visitor)))
    assert answer.headers["Location"] == "/admin/orders"
    page = visitor.get(ACCOUNT, base_url=made.origin).text
    assert "My phone" in page
    assert "Last used" in page
    assert EMAIL in page


def test_who_signs_in_otherwise_from_now_on_hears_of_it_by_mail_whoever_it_was(light: Installation) -> None:
    owner = light.signed_in(Role.AGENT, language="de")
    keep(owner, Authenticator(), "Pixel")
    light.run_jobs()
    added = light.deps.mailbox.newest()[0].mail
    owner.send(f"/admin/account/passkeys/{passkeys(light)[0].id}/remove", ACCOUNT)
    light.run_jobs()
    removed = light.deps.mailbox.newest()[0].mail
    assert (added.to, removed.to) == (EMAIL, EMAIL)
    assert added.subject == "Ihrem Konto wurde ein Passkey hinzugefügt"
    assert removed.subject == "Ein Passkey Ihres Kontos wurde entfernt"
    for mail in (added, removed):
        assert "Pixel" in mail.text
        assert f"{Authenticator().origin}{ACCOUNT}" in mail.text


def test_a_handle_is_as_short_as_devices_take(light: Installation) -> None:
    long = Handle(MerchantId(light.deps.ids.new()), StaffId(light.deps.ids.new()))
    assert len(bytes(long)) <= 64
    assert Handle.parse(bytes(long)) == long


def test_a_passkey_belongs_to_who_made_it_and_is_asked_for_with_the_screen_lock(light: Installation) -> None:
    told = ask(light.signed_in(Role.AGENT), "/admin/account/passkeys/begin", ACCOUNT)
    assert told["rp"] == {"name": "Aftercare", "id": "localhost"}
    assert told["user"]["name"] == f"{EMAIL} (Nordkap)"
    assert told["authenticatorSelection"]["residentKey"] == "required"
    assert told["authenticatorSelection"]["userVerification"] == "required"
    assert asked(light.browser())["userVerification"] == "required"


def altered(answer: str, part: str, value: str) -> str:
    told = json.loads(answer)
    told["response"][part] = value
    return json.dumps(told)


ELSEWHERE: dict[str, dict[str, object]] = {
    "at another site": {"origin": "https://evil.example"},
    "at another port": {"origin": "http://localhost:8001"},
    "for another host": {"host": "evil.example"},
    "without the screen lock": {"is_verified": False},
    "by a passkey nobody has": {"credential": b"credential-2"},
    "of nobody": {"handle": b""},
    "of something else": {"handle": b"\xff\xfe."},
    "as somebody of another merchant": {"handle": b"merchant2.staff"},
    "at a merchant there is not": {"handle": b"nowhere.staff"},
    "as a colleague": {"handle": b"merchant1.somebody"},
    "with another key": {"key": Authenticator().key},
}


def test_an_answer_given_elsewhere_or_by_somebody_else_lets_nobody_in(
    light: Installation, device: Authenticator
) -> None:
    visitor = light.browser()
    for no, (how, facts) in enumerate(ELSEWHERE.items()):
        visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{no}"
        wrong = replace(device, **facts)  # type: ignore[arg-type]  # the table names fields
        assert enter(visitor, wrong.sign(asked(visitor))) == HTTPStatus.FORBIDDEN, how
    assert visitor.get("/admin/").status_code == HTTPStatus.FOUND
    assert enter(visitor, device.sign(asked(visitor))) == HTTPStatus.SEE_OTHER, "nothing was used up"


def test_an_answer_signs_in_once_and_in_its_own_browser_alone(light: Installation, device: Authenticator) -> None:
    visitor, thief = light.browser(), light.browser()
    answer = device.sign(asked(visitor))
    asked(thief)
    assert enter(thief, answer) == HTTPStatus.FORBIDDEN
    before = visitor.client.get_cookie("session")
    assert before
    assert enter(visitor, answer) == HTTPStatus.SEE_OTHER
    thief.client.set_cookie("session", before.value)
    token = {"csrf_token": "", "answer": answer}
    light.app.config["WTF_CSRF_ENABLED"] = False
    assert thief.client.post("/admin/passkey/enter", data=token).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(("later", "status"), [(timedelta(minutes=4, seconds=59), 303), (timedelta(minutes=5), 403)])
def test_a_challenge_holds_for_five_minutes(
    light: Installation, device: Authenticator, later: timedelta, status: int
) -> None:
    visitor = light.browser()
    told = asked(visitor)
    light.clock.advance(later)
    assert enter(visitor, device.sign(told)) == status


def test_a_challenge_of_our_own_make_for_something_else_is_none(light: Installation, device: Authenticator) -> None:
    visitor = light.signed_in(Role.AGENT)
    told = ask(visitor, "/admin/account/passkeys/begin", ACCOUNT)
    assert enter(visitor, device.sign(told)) == HTTPStatus.FORBIDDEN
    forged = {"challenge": encoded(b"1700000000.guess.c2ln")}
    assert enter(visitor, device.sign(forged)) == HTTPStatus.FORBIDDEN


def test_a_copied_passkey_signs_nobody_in_any_more_and_its_owner_reads_why(
    installation: Installation,
) -> None:
    made = Authenticator(count=7)
    owner = installation.signed_in(Role.AGENT)
    keep(owner, made)
    copy = replace(made)
    visitor = installation.browser()
    assert enter(visitor, made.sign(asked(visitor))) == HTTPStatus.SEE_OTHER
    thief = installation.browser()
    assert enter(thief, copy.sign(asked(thief))) == HTTPStatus.FORBIDDEN
    again = installation.browser()
    assert enter(again, made.sign(asked(again))) == HTTPStatus.FORBIDDEN
    assert "Looks copied" in owner.get(ACCOUNT, base_url=made.origin).text


def test_a_removed_member_s_passkeys_are_gone_for_good(installation: Installation) -> None:
    made = Authenticator()
    keep(installation.signed_in(Role.AGENT), made)
    member, _ = installation.invite(Role.AGENT, EMAIL)
    remove_staff(member.id, merchant=MERCHANT, units=installation.deps.units, now=NOW)
    visitor = installation.browser()
    assert enter(visitor, made.sign(asked(visitor))) == HTTPStatus.FORBIDDEN
    installation.invite(Role.AGENT, EMAIL)
    assert enter(visitor, made.sign(asked(visitor))) == HTTPStatus.FORBIDDEN
    assert passkeys(installation) == []


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(light: Installation, device: Authenticator) -> None:
    (known,) = passkeys(light)
    at = f"/admin/account/passkeys/{known.id}"
    colleague, owner = light.signed_in(Role.OWNER), light.signed_in(Role.AGENT)
    assert colleague.send(f"{at}/name", name="Mine").status_code == HTTPStatus.NOT_FOUND
    assert colleague.send(f"{at}/remove").status_code == HTTPStatus.NOT_FOUND
    for wrong in ("", " ", "x" * 61, "a\u202eb"):
        assert owner.send(f"{at}/name", name=wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert owner.send(f"{at}/name", name="Work laptop").status_code == HTTPStatus.SEE_OTHER
    assert [passkey.name for passkey in passkeys(light)] == ["Work laptop"]
    assert owner.send(f"{at}/remove").status_code == HTTPStatus.SEE_OTHER
    visitor = light.browser()
    assert enter(visitor, device.sign(asked(visitor))) == HTTPStatus.FORBIDDEN
    assert passkeys(light) == []


def test_one_answer_makes_one_passkey_and_a_device_gives_its_own_to_nobody_else(
    light: Installation, device: Authenticator
) -> None:
    browser = light.signed_in(Role.AGENT)
    told = ask(browser, "/admin/account/passkeys/begin", ACCOUNT)
    assert [each["id"] for each in told["excludeCredentials"]] == [encoded(device.credential)]
    second = Authenticator(credential=b"credential-2").make(told)
    form = {"answer": second, "name": "Second"}
    assert browser.send("/admin/account/passkeys", **form).status_code == HTTPStatus.SEE_OTHER
    assert browser.send("/admin/account/passkeys", **form).status_code == HTTPStatus.FORBIDDEN
    assert keep(light.signed_in(Role.OWNER), Authenticator()) == HTTPStatus.FORBIDDEN, "the credential is taken"
    for wrong in ({"origin": "https://evil.example"}, {"host": "evil.example"}, {"is_verified": False}):
        assert keep(browser, Authenticator(credential=b"c3", **wrong)) == HTTPStatus.FORBIDDEN  # type: ignore[arg-type]  # as above
    assert len(passkeys(light)) == 2


def test_there_is_an_end_to_how_many_one_may_have(light: Installation, device: Authenticator) -> None:
    (known,) = passkeys(light)
    more = [replace(known, id=f"more{no}", credential=f"more{no}".encode()) for no in range(MOST - 1)]
    with light.deps.units(MERCHANT) as unit:
        for passkey in more:
            assert unit.passkeys.add(passkey)
        unit.commit()
    browser = light.signed_in(Role.AGENT)
    assert "Add a passkey" not in browser.get(ACCOUNT, base_url=device.origin).text
    assert browser.send("/admin/account/passkeys/begin").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_passkey_of_one_merchant_opens_nothing_of_another(light: Installation, device: Authenticator) -> None:
    member, _ = light.invite(Role.OWNER, EMAIL, at=RIVAL)
    visitor = light.browser()
    theirs = replace(device, handle=bytes(Handle(RIVAL, member.id)))
    assert enter(visitor, theirs.sign(asked(visitor))) == HTTPStatus.FORBIDDEN
    assert visitor.get("/admin/").status_code == HTTPStatus.FOUND


def test_pages_at_another_address_say_where_passkeys_work(light: Installation) -> None:
    browser = light.signed_in(Role.AGENT)
    assert "http://localhost:8000" in browser.get(ACCOUNT).text
    assert "passkey" not in light.browser().get(DOOR).text


@given(answer=st.text(max_size=200) | st.builds(json.dumps, st.recursive(st.none() | st.text(), st.lists)))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_answer_says_it_is_refused_and_breaks_nothing(answer: str) -> None:
    devices = WebAuthnDevices("http://localhost:8000")
    for read in (
        devices.read,
        lambda text: devices.made(text, b"challenge"),
        lambda text: devices.signed(text, b"challenge", b"key"),
    ):
        with pytest.raises(Rejected):
            read(answer)


@given(part=st.sampled_from(["clientDataJSON", "attestationObject"]), junk=st.binary(max_size=200))
@settings(max_examples=examples(40))
def test_a_mangled_part_of_a_good_answer_is_refused_too(part: str, junk: bytes) -> None:
    devices = WebAuthnDevices("http://localhost:8000")
    told = {"user": {"id": encoded(b"m.s")}, "challenge": encoded(b"challenge")}
    good = Authenticator().make(told)
    assert devices.made(good, b"challenge").credential == b"credential-1"
    with pytest.raises(Rejected):
        devices.made(altered(good, part, encoded(junk)), b"challenge")


class Meanwhile:
    """Units in which every passkey is found copied right after it was read."""

    def __init__(self, installation: Installation) -> None:
        self._units = installation.deps.units

    @contextmanager
    def __call__(self, merchant: MerchantId) -> Iterator[object]:
        with self._units(merchant) as unit:

            def of(staff: StaffId) -> list[Passkey]:
                found = list(unit.passkeys.of(staff))
                assert all(unit.passkeys.save(replace(each, copied_at=NOW), was=each) for each in found)
                return found

            kept = SimpleNamespace(of=of, save=unit.passkeys.save, rename=unit.passkeys.rename)
            yield SimpleNamespace(passkeys=kept, commit=unit.commit)


@pytest.mark.usefixtures("device")
def test_a_rename_leaves_a_passkey_marked_that_was_found_copied_meanwhile(light: Installation) -> None:
    (known,) = passkeys(light)
    with light.deps.units.read(MERCHANT) as unit:
        owner = unit.staff.get(known.staff)
    here = Presence(MERCHANT, owner, None)  # type: ignore[arg-type]  # no session is asked for
    rename_passkey(known.id, "Work laptop", here, units=Meanwhile(light))  # type: ignore[arg-type]  # what it needs of one
    (kept,) = passkeys(light)
    assert (kept.name, kept.copied_at) == ("Work laptop", NOW)
