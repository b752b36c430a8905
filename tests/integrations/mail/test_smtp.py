"""Mail by SMTP, against a real server."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from integrations.mail.smtp import SmtpMailer
from integrations.mail.smtp.connection import Patience
from plugin.domain.sender import Encryption, Sender
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail
from tests.build import NOW
from tests.fakes.sources import FakeClock
from tests.support.certificates import certify
from tests.support.mail_server import ASCII, CUT, PASSWORD, USER, Post, post_office

MAIL = Mail(
    "ida@example.com", "Ihr Widerruf: 1001", "Guten Tag, Ida Müller\n.\nEnde", "de", "<p>Guten Tag, Ida Müller</p>"
)
PATIENCE = Patience(connect=5, reply=5, accept=5, whole=20)


def mailer(trusted: Path | None = None, *, allows_private: bool = True) -> SmtpMailer:
    tls = ssl.create_default_context(cafile=trusted)
    clock = FakeClock(NOW)
    return SmtpMailer(clock, host="aftercare.example", tls=tls, allows_private=allows_private, patience=PATIENCE)


def send(sender: Sender, mail: Mail = MAIL, *, by: SmtpMailer | None = None, key: str = "mail1") -> None:
    (by or mailer()).send(mail, sender, idempotency_key=key)


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as server:
        yield server


def test_a_message_arrives_with_text_html_and_its_headers(post: Post) -> None:
    send(post.sender(name="Søren & Co, Nordkap", reply_to="antwort@nordkap.example"))
    (taken,) = post.taken
    message = taken.message
    assert (taken.sender, taken.recipient) == ("help@nordkap.example", "ida@example.com")
    assert message["From"].addresses[0].display_name == "Søren & Co, Nordkap"
    assert message["From"].addresses[0].addr_spec == "help@nordkap.example"
    assert (message["To"], message["Reply-To"]) == ("ida@example.com", "antwort@nordkap.example")
    assert message["Subject"] == "Ihr Widerruf: 1001"
    assert parsedate_to_datetime(message["Date"]) == NOW.replace(microsecond=0)
    assert message["Content-Language"] == "de"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert taken.body("plain") == "Guten Tag, Ida Müller\n.\nEnde\n"
    assert taken.body("html") == "<p>Guten Tag, Ida Müller</p>\n"


def test_list_headers_stand_where_mail_can_be_ended_and_nowhere_else(post: Post) -> None:
    send(post.sender())
    send(post.sender(), replace(MAIL, unsubscribe="https://aftercare.example/stop/x"), key="mail2")
    owed, survey = (taken.message for taken in post.taken)
    assert [name for name in owed.keys() if name.lower().startswith("list")] == []  # noqa: SIM118 - header names
    assert survey["List-Unsubscribe"] == "<https://aftercare.example/stop/x>"
    assert survey["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_eight_bits_travel_as_they_are_where_the_server_takes_them_and_quoted_elsewhere(post: Post) -> None:
    send(post.sender())
    (taken,) = post.taken
    assert "BODY=8BITMIME" in taken.options
    assert "Müller".encode() in taken.content
    send(post.sender(), replace(MAIL, html="ü" * 600), key="mail2")
    assert "Müller".encode() in post.taken[1].content
    assert post.taken[1].body("html").strip() == "ü" * 600
    assert max(map(len, post.taken[1].content.split(b"\r\n"))) < 998


def test_starttls_with_a_certificate_we_trust_carries_user_and_message_encrypted(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path)
    with post_office(tls, needs_user=True) as server:
        send(server.sender(Encryption.STARTTLS, user=USER), by=mailer(trusted))
    (taken,) = server.taken
    assert (taken.is_encrypted, taken.user) == (True, USER)


def test_encryption_from_the_first_byte_works_likewise(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path)
    with post_office(tls, is_implicit=True, needs_user=True) as server:
        send(server.sender(Encryption.TLS, user=USER), by=mailer(trusted))
    assert [(taken.user, taken.recipient) for taken in server.taken] == [(USER, "ida@example.com")]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_a_certificate_nobody_vouches_for_gets_neither_password_nor_message(
    tmp_path: Path, encryption: Encryption
) -> None:
    tls, _ = certify(tmp_path)
    with (
        post_office(tls, is_implicit=encryption is Encryption.TLS) as server,
        pytest.raises(Unavailable, match="certificate"),
    ):
        send(server.sender(encryption, user=USER))
    assert server.taken == []


def test_a_server_that_offers_no_encryption_gets_nothing(post: Post) -> None:
    with pytest.raises(Unavailable, match="no_encryption"):
        send(post.sender(Encryption.STARTTLS, user=USER))
    assert post.taken == []


def test_a_password_the_server_refuses_is_no_fault_of_the_letter(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path)
    with post_office(tls, needs_user=True) as server:
        with pytest.raises(Unavailable, match="sign_in_refused") as refusal:
            send(server.sender(Encryption.STARTTLS, user=USER, password=f"{PASSWORD}!"), by=mailer(trusted))
        assert refusal.value.detail.startswith("535")
        send(server.sender(Encryption.STARTTLS, user=USER), by=mailer(trusted))
    assert [taken.user for taken in server.taken] == [USER]


def test_a_server_that_knows_an_older_way_to_sign_in_is_met_in_it(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path)
    with post_office(tls, needs_user=True, without="PLAIN") as server:
        send(server.sender(Encryption.STARTTLS, user=USER, password=ASCII), by=mailer(trusted))
        with pytest.raises(Unavailable, match="sign_in_refused"):
            send(server.sender(Encryption.STARTTLS, user=USER), by=mailer(trusted))  # LOGIN has no UTF-8
    assert [taken.user for taken in server.taken] == [USER]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_try_again_later_is_unavailable_and_the_next_attempt_succeeds(post: Post, verb: str) -> None:
    post.says(verb, "451 greylisted ida@example.com")
    with pytest.raises(Unavailable) as failure:
        send(post.sender())
    assert failure.value.detail == "451 greylisted ida@example.com"
    assert str(failure.value) == "server_busy"
    send(post.sender())
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    ("verb", "code"), [("MAIL", "sender_refused"), ("RCPT", "recipient_refused"), ("DATA", "message_refused")]
)
def test_a_refusal_of_the_letter_is_final(post: Post, verb: str, code: str) -> None:
    post.says(verb, "550 5.1.1 <ida@example.com> unknown")
    with pytest.raises(Rejected) as refusal:
        send(post.sender())
    assert (refusal.value.code, refusal.value.detail) == (code, "550 5.1.1 <ida@example.com> unknown")
    assert post.taken == []


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_an_error_quotes_no_address_wherever_it_is_logged(post: Post, verb: str) -> None:
    post.says(verb, "451 no ida@example.com", "550 no ida@example.com")
    for _ in range(2):
        with pytest.raises((Unavailable, Rejected)) as failure:
            send(post.sender())
        assert failure.value.__context__ is None or failure.value.__suppress_context__
        assert "@" not in f"{failure.value!r}{failure.value}"


def test_a_connection_that_breaks_after_the_message_is_tried_again_under_the_same_message_id(post: Post) -> None:
    """The server had the whole letter: SMTP cannot tell, so both copies say that they are one (RFC 1047)."""
    post.says("DATA", CUT)
    with pytest.raises(Unavailable, match="connection_lost"):
        send(post.sender())
    send(post.sender())
    send(post.sender(), key="mail2")
    first, again, other = (taken.message["Message-ID"] for taken in post.taken)
    assert first == again != other
    assert first.endswith("@aftercare.example>")


def test_a_connection_that_breaks_before_the_message_loses_nothing(post: Post) -> None:
    post.says("RCPT", CUT)
    with pytest.raises(Unavailable, match="connection_lost"):
        send(post.sender())
    send(post.sender())
    assert len(post.taken) == 1


def test_nobody_at_that_port_is_unavailable(post: Post) -> None:
    closed = post.sender()
    assert closed.server is not None
    gone = replace(closed, server=replace(closed.server, port=1))
    with pytest.raises(Unavailable, match="unreachable"):
        send(gone)


def test_a_host_in_a_private_network_is_not_dialled_unless_the_operator_allows_it(post: Post) -> None:
    with pytest.raises(Unavailable, match="private_address"):
        send(post.sender(), by=mailer(allows_private=False))
    assert post.taken == []


def test_a_name_is_looked_up_once_and_the_very_number_that_was_judged_is_dialled(post: Post) -> None:
    looks: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"]

    plain = post.sender()
    assert plain.server
    elsewhere = replace(plain, server=replace(plain.server, host="mail.shop.invalid"))
    by = SmtpMailer(FakeClock(NOW), host="aftercare.example", allows_private=True, patience=PATIENCE, resolve=resolve)
    send(elsewhere, by=by)
    assert looks == ["mail.shop.invalid"]
    assert len(post.taken) == 1


def test_a_name_of_which_one_number_is_private_is_not_dialled_at_any(post: Post) -> None:
    addresses = ["93.184.215.14", "127.0.0.1"]
    by = SmtpMailer(
        FakeClock(NOW), host="aftercare.example", allows_private=False, patience=PATIENCE, resolve=lambda *_: addresses
    )
    with pytest.raises(Unavailable, match="private_address"):
        send(post.sender(), by=by)
    assert post.taken == []


def test_an_address_beyond_ascii_needs_a_server_that_takes_them(post: Post) -> None:
    mail = replace(MAIL, to="jörg@müller.example")
    send(post.sender(), mail)
    (taken,) = post.taken
    assert "SMTPUTF8" in taken.options
    assert taken.recipient == "jörg@xn--mller-kva.example"
    with post_office(utf8=False) as old:
        with pytest.raises(Rejected, match="needs_smtputf8"):
            send(old.sender(), mail)
        send(old.sender(), replace(MAIL, to="ida@müller.example"))
        assert [taken.recipient for taken in old.taken] == ["ida@xn--mller-kva.example"]
