"""What a merchant types about their sender: read, or told wrong at its field."""

from dataclasses import replace

import pytest

from plugin.domain.sender import Encryption, MailServer, Sender, sent_through
from plugin.domain.sender_form import TypedSender, UnusableSender, Wrong, read_sender

TYPED = TypedSender("Nordkap", "help@nordkap.example", host="mail.example.com", user="shop", password="hunter2")
KNOWN = read_sender(TYPED, None)


def wrong(typed: TypedSender, known: Sender | None = None) -> dict[str, Wrong]:
    with pytest.raises(UnusableSender) as caught:
        read_sender(typed, known)
    return caught.value.wrong


def test_the_port_follows_the_encryption_unless_one_is_typed() -> None:
    assert KNOWN.server == MailServer("mail.example.com", 587, Encryption.STARTTLS, "shop", "hunter2")
    ports = [read_sender(replace(TYPED, encryption=each), None).server for each in (Encryption.TLS,)]
    assert [server.port for server in ports if server] == [465]
    typed = read_sender(replace(TYPED, port=" 2525 "), None).server
    assert typed is not None
    assert typed.port == 2525


def test_without_a_host_the_installations_server_carries_it() -> None:
    assert read_sender(replace(TYPED, host=" "), None) == Sender("Nordkap", "help@nordkap.example")


def test_a_kept_password_serves_the_same_user_of_the_same_server_and_nobody_else() -> None:
    again = replace(TYPED, password="", name="Nordkap AS")
    assert read_sender(again, KNOWN).server == KNOWN.server
    for elsewhere in ({"host": "evil.example"}, {"port": "2525"}, {"user": "eve"}):
        assert wrong(replace(again, **elsewhere), KNOWN) == {"password": Wrong.PASSWORD_AGAIN}
    assert wrong(again) == {"password": Wrong.MISSING}


def test_without_a_user_no_password_is_kept() -> None:
    server = read_sender(replace(TYPED, user="", password=""), KNOWN).server
    assert server is not None
    assert (server.user, server.password) == (None, None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"name": "", "address": ""}, {"name": Wrong.MISSING, "address": Wrong.MISSING}),
        ({"name": "x" * 81}, {"name": Wrong.TOO_LONG}),
        ({"name": "a\nBcc: b"}, {"name": Wrong.NOT_A_LINE}),
        ({"address": "help"}, {"address": Wrong.NOT_AN_ADDRESS}),
        ({"address": "a@b.example, c@d.example"}, {"address": Wrong.NOT_AN_ADDRESS}),
        ({"reply_to": "help@"}, {"reply_to": Wrong.NOT_AN_ADDRESS}),
        ({"host": "http://mail.example"}, {"host": Wrong.NOT_A_HOST}),
        ({"port": "0"}, {"port": Wrong.NOT_A_PORT}),
        ({"port": "65536"}, {"port": Wrong.NOT_A_PORT}),
        ({"port": "²"}, {"port": Wrong.NOT_A_PORT}),
        ({"encryption": Encryption.NONE}, {"encryption": Wrong.READABLE}),
        ({"user": ""}, {"user": Wrong.PASSWORD_ALONE}),
        ({"password": ""}, {"password": Wrong.MISSING}),
    ],
)
def test_each_fault_is_told_at_its_field(typed: dict[str, str], expected: dict[str, Wrong]) -> None:
    assert wrong(replace(TYPED, **typed)) == expected  # type: ignore[arg-type]  # a test names fields of the form


def test_mail_may_be_readable_on_the_way_within_this_machine() -> None:
    server = read_sender(replace(TYPED, host="localhost", encryption=Encryption.NONE), None).server
    assert server is not None
    assert server.is_here


def test_a_password_is_in_no_representation() -> None:
    assert "hunter2" not in f"{TYPED!r} {KNOWN!r}"


def test_through_the_installations_server_answers_still_go_to_the_merchant() -> None:
    house = Sender("Aftercare", "mail@aftercare.example", None, KNOWN.server)
    assert sent_through(house, None) is house
    assert sent_through(house, Sender("Nordkap", "help@nordkap.example")) == Sender(
        "Nordkap", "mail@aftercare.example", "help@nordkap.example", KNOWN.server
    )
    assert sent_through(house, Sender("", "a@b.example", "c@d.example")).reply_to == "c@d.example"
