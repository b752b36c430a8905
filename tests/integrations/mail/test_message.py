"""What a message looks like on the wire, whatever was typed."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTPUTF8, compat32
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.mail.smtp.message import body, envelope, head, message_id
from plugin.domain.sender import Sender
from plugin.ports.errors import Rejected
from plugin.ports.mailer import Mail
from tests.build import NOW

SENDER = Sender("Nordkap", "help@nordkap.example", "antwort@nordkap.example")
MAIL = Mail("ida@example.com", "Hello", "Text", "en", "<p>Text</p>")
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "MIME-Version",
    "Content-Type",
}  # fmt: skip
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=()), max_size=80) | st.sampled_from(
    ["a\r\nBcc: x@evil.example", "a\nX: y", "a\r b", "a\u2028b", "a\x0bb", "=?utf-8?q?=0D=0ABcc:_x@evil.org?=", "\0"]
)  # fmt: skip


def wire(mail: Mail, sender: Sender = SENDER, *, is_8bit: bool = False) -> bytes:
    envelope(mail, sender)
    first = head(mail, sender, id_header=message_id("key", "aftercare.example"), at=NOW)
    return first + body(mail, is_8bit=is_8bit)


@given(TYPED, TYPED, TYPED, TYPED, st.booleans())
def test_nothing_typed_adds_a_header_or_an_address(
    to: str,
    subject: str,
    name: str,
    address: str,
    is_8bit: bool,  # noqa: FBT001 - drawn
) -> None:
    mail, sender = replace(MAIL, to=to, subject=subject), replace(SENDER, name=name, reply_to=address or None)
    try:
        content = wire(mail, sender, is_8bit=is_8bit)
    except Rejected as refusal:
        assert refusal.code in {"unusable_header", "bad_address"}  # noqa: PT017 - both ways are right
        return
    head = content.partition(b"\r\n\r\n")[0]
    assert {
        line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in {b" ", b"\t"}
    } <= HEADERS
    assert b"\n" not in head.replace(b"\r\n", b"")
    read = message_from_bytes(content, policy=SMTPUTF8)
    for header in ("From", "To", "Reply-To"):
        assert header not in read or len(read[header].addresses) == 1


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "Zs")), min_size=1, max_size=200),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "Zs")), min_size=1, max_size=60),
)
def test_a_subject_and_a_name_are_read_as_they_were_written(subject: str, name: str) -> None:
    read = message_from_bytes(wire(replace(MAIL, subject=subject), replace(SENDER, name=name)), policy=SMTPUTF8)
    assert read["Subject"] == subject
    assert decoded(wire(MAIL, replace(SENDER, name=name))) == name
    assert read["From"].addresses[0].addr_spec == SENDER.address


def decoded(content: bytes) -> str:
    """The name in From, by the older of the library's parsers: the newer puts spaces between encoded words (3.11)."""
    name, _ = parseaddr(message_from_bytes(content, policy=compat32)["From"])
    return str(make_header(decode_header(name)))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=300), st.booleans())
def test_a_body_is_read_as_it_was_written_line_for_line(
    text: str,
    is_8bit: bool,  # noqa: FBT001 - drawn
) -> None:
    content = wire(replace(MAIL, text=text, html=None), is_8bit=is_8bit)
    assert is_8bit or content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    read = message_from_bytes(content, policy=SMTPUTF8).get_content()
    assert "\n".join(read.splitlines()).rstrip("\n") == "\n".join(text.splitlines()).rstrip("\n")


@pytest.mark.parametrize(
    "to",
    [
        "", "ida", "@example.com", "ida@", "ida@example.com, eve@evil.example", "ida@example.com>", "<ida@example.com>",
        "ida@example.com\r\nRCPT TO:<eve@evil.example>", "i da@example.com", "ida@exa mple.com", ".ida@example.com",
        "ida..x@example.com", '"ida"@example.com', "ida@[127.0.0.1]", "x" * 65 + "@example.com", "ida@" + "x." * 130,
        "ida@example..com", "ida@\ud800.example", "group:ida@example.com;",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(Rejected, match="bad_address"):
        wire(replace(MAIL, to=to))


@pytest.mark.parametrize(
    "page", ["http://aftercare.example/x", "https://a.example/>\r\nBcc: x@y.example", "mailto:a@b"]
)
def test_mail_is_ended_by_an_https_address_alone(page: str) -> None:
    with pytest.raises(Rejected, match="unusable_header"):
        wire(replace(MAIL, unsubscribe=page))
