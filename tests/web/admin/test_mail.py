"""Mail at the desk: the sender's form, the test mail over a real server, what did not leave, letters to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from plugin.documents.letter_kinds import KINDS
from plugin.domain.sender import Encryption
from plugin.domain.shop import Role
from plugin.ports.mailer import Mail
from plugin.storage import AppSealer, KeyRing
from plugin.usecases.invite_staff import queue_mail
from plugin.web.deps import provide
from tests.build import MERCHANT, NOW
from tests.support.admin import Browser, Installation
from tests.support.mail_server import Post, post_office

PAGE = "/admin/mail"
STUCK = "/admin/mail/stuck"
LETTER = Mail("ida@example.com", "Your return <1001>", "Hello", "en")
TYPED = {"name": "Nordkap", "address": "help@nordkap.example", "encryption": "none", "host": "127.0.0.1"}


@dataclass
class Desk:
    """The desk of an owner whose installation can dial a server on loopback."""

    installation: Installation
    browser: Browser
    post: Post

    def save(self, **typed: str) -> str:
        answer = self.browser.send(f"{PAGE}/sender", form_at=PAGE, **{**TYPED, "port": str(self.post.port), **typed})
        assert answer.status_code in {303, 422}
        return answer.text if answer.status_code == 422 else self.browser.get(PAGE).text

    def try_out(self, to: str = "owner@shop.example") -> str:
        answer = self.browser.send(f"{PAGE}/test", form_at=PAGE, to=to)
        return answer.text if answer.status_code != 303 else self.browser.get(PAGE).text

    def queue(self) -> None:
        at = self.installation.deps
        with at.units(MERCHANT) as unit:
            queue_mail(LETTER, unit, at.ids, NOW)
            unit.commit()

    def tested(self) -> bool:
        with self.installation.deps.units.read(MERCHANT) as unit:
            return unit.senders.last_test_sent() is not None


@pytest.fixture
def desk(light: Installation, tmp_path: Path) -> Iterator[Desk]:
    carrier = SmtpMailer(light.clock, allows_private=True)
    mailbox = Mailbox(tmp_path / "kept", AppSealer(KeyRing.generate()))
    light.deps = replace(light.deps, mailer=Outgoing(mailbox, Carriers(carrier, carrier), None, is_demo=False))
    provide(light.app, light.deps)
    light.app.config["HAS_DEMO"] = False
    with post_office() as post:
        yield Desk(light, light.signed_in(Role.OWNER), post)


def test_without_a_server_the_page_says_that_nothing_reaches_a_shopper(desk: Desk) -> None:
    text = desk.browser.get(PAGE).text
    assert "Nowhere: mail is kept on this machine" in text
    assert "SMTP_URL" in text


def test_a_demo_says_where_its_mail_is(desk: Desk) -> None:
    desk.installation.app.config["HAS_DEMO"] = True
    text = desk.browser.get(PAGE).text
    assert "mail stays in the demo mailbox" in text
    assert "/demo/mail" in text


def test_a_saved_sender_carries_the_test_mail_and_the_page_says_when_it_left(desk: Desk) -> None:
    assert "No test mail has left yet" in desk.save()
    assert "A test mail last left on" in desk.try_out("ida@example.com")
    (taken,) = desk.post.taken
    assert (taken.sender, taken.recipient) == ("help@nordkap.example", "ida@example.com")
    assert taken.message["Subject"] == "Test mail from Aftercare"
    assert "Through your own mail server" in taken.body("html")
    assert desk.tested()
    assert "No test mail has left yet" in desk.save(name="Nordkap AS")


def test_what_the_server_says_against_it_is_told_at_the_field(desk: Desk) -> None:
    desk.save()
    desk.post.says("RCPT", "550 5.1.1 no <such> user")
    text = desk.try_out()
    assert "refuses the recipient’s address. (550 5.1.1 no &lt;such&gt; user)" in text
    assert 'aria-describedby="e-to"' in text
    assert not desk.tested()


def test_a_test_mail_that_stays_on_this_machine_is_not_called_sent(desk: Desk) -> None:
    assert "it has not left" in desk.try_out()
    assert not desk.tested()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(desk: Desk) -> None:
    text = desk.save(address="help", host="mail.example.com", user="shop", password="hunter2")
    assert "Write one e-mail address" in text
    assert "Without encryption everybody on the way" in text
    assert 'value="mail.example.com"' in text
    assert "hunter2" not in text


def test_a_password_is_kept_and_never_shown_again(desk: Desk) -> None:
    text = desk.save(host="localhost", user="shop", password="hunter2")
    assert "A password is kept, sealed" in text
    assert "hunter2" not in text + desk.browser.get(PAGE).text
    assert "Type the password again" in desk.save(host="127.0.0.1", user="shop")
    with desk.installation.deps.units.read(MERCHANT) as unit:
        sender = unit.senders.get()
    assert sender is not None
    assert sender.server is not None
    assert sender.server.password == "hunter2"


def test_the_hint_names_the_records_of_the_senders_own_domain(desk: Desk) -> None:
    assert "_dmarc" not in desk.browser.get(PAGE).text
    text = desk.save()
    for record in ("v=spf1", "._domainkey.nordkap.example", "_dmarc.nordkap.example"):
        assert record in text


def test_a_sender_can_be_forgotten(desk: Desk) -> None:
    desk.save()
    desk.browser.send(f"{PAGE}/sender/forget", form_at=PAGE)
    assert "Nowhere: mail is kept" in desk.browser.get(PAGE).text


@pytest.mark.parametrize("path", ["/sender", "/sender/forget", "/test"])
def test_only_owners_change_the_sender_or_send_test_mail(desk: Desk, path: str) -> None:
    agent = desk.installation.signed_in(Role.AGENT)
    assert agent.send(f"{PAGE}{path}", form_at=PAGE, **TYPED).status_code == 403
    assert 'name="password"' not in agent.get(PAGE).text


def test_a_refused_letter_is_listed_with_its_reason_and_sent_again_when_asked(desk: Desk) -> None:
    desk.save()
    desk.queue()
    desk.post.says("RCPT", "550 mailbox unknown")
    desk.installation.run_jobs()
    assert "1 letter did not leave" in desk.browser.get(PAGE).text
    assert "/admin/mail/stuck" in desk.browser.get("/admin/").text
    text = desk.browser.get(STUCK).text
    assert "Your return &lt;1001&gt;" in text
    assert "ida@example.com" in text
    assert "Waits for you" in text
    assert "(550 mailbox unknown)" in text
    answer = desk.browser.send(f"{STUCK}/again", form_at=STUCK, all="1")
    assert answer.status_code == 303
    desk.installation.run_jobs()
    assert [taken.recipient for taken in desk.post.taken] == ["ida@example.com"]
    assert "Everything has left" in desk.browser.get(STUCK).text


def test_a_letter_can_be_let_go(desk: Desk) -> None:
    desk.save()
    desk.queue()
    desk.post.says("DATA", "554 spam")
    desk.installation.run_jobs()
    with desk.installation.deps.units.read(MERCHANT) as unit:
        (stuck,) = unit.undelivered.all(10)
    desk.browser.send(f"{STUCK}/dismiss", form_at=STUCK)
    with desk.installation.deps.units.read(MERCHANT) as unit:
        assert len(unit.undelivered.all(10)) == 1, "nothing was chosen"
    desk.browser.send(f"{STUCK}/dismiss", form_at=STUCK, mail=stuck.id)
    assert "1 letter was deleted" in desk.browser.get(STUCK).text


def test_viewers_see_what_is_stuck_and_change_nothing(desk: Desk) -> None:
    viewer = desk.installation.signed_in(Role.VIEWER)
    assert viewer.get(STUCK).status_code == 200
    for path in ("again", "dismiss"):
        assert viewer.send(f"{STUCK}/{path}", form_at=STUCK, all="1").status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_letter_is_shown_in_a_frame_that_can_do_nothing(desk: Desk, kind: str) -> None:
    assert f"/admin/mail/letters/{kind}" in desk.browser.get("/admin/mail/letters").text
    shown = desk.browser.get(f"/admin/mail/letters/{kind}?lang=ar")
    assert "frame-src 'self'" in shown.headers["Content-Security-Policy"]
    assert 'sandbox="" referrerpolicy="no-referrer"' in shown.text
    assert f"/admin/mail/letters/{kind}/page?lang=ar" in shown.text
    framed = desk.browser.get(f"/admin/mail/letters/{kind}/page?lang=ar")
    assert '<html lang="ar" dir="rtl">' in framed.text
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert policy.endswith("sandbox")
    assert "frame-ancestors 'self'" in policy


def test_a_letter_nobody_wrote_is_not_found(desk: Desk) -> None:
    assert desk.browser.get("/admin/mail/letters/none").status_code == 404
    assert desk.browser.get("/admin/mail/letters/none/page").status_code == 404


def test_encryption_that_does_not_exist_is_refused(desk: Desk) -> None:
    answer = desk.browser.send(f"{PAGE}/sender", form_at=PAGE, **{**TYPED, "encryption": "rot13"})
    assert answer.status_code == 422
    assert {each.value for each in Encryption} == {"starttls", "tls", "none"}
