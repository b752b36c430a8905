"""A message as it travels: RFC 5322 headers, text and HTML as alternatives (RFC 2046 section 5.1.4).

The headers are written here: the standard library's folding splits long names in the middle and adds spaces (3.11).
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from plugin.domain.sender import Sender
from plugin.ports.errors import Rejected
from plugin.ports.mailer import Mail

_ATOMS: Final = re.compile(r"[^\s\x00-\x20\x7f-\xa0()<>\[\]:;@\\,\"]{1,64}")  # RFC 5322 section 3.2.3, RFC 6532
_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9 !#$%&'*+/?^_`{|}~.,:;()@-]{0,60}")
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-][A-Za-z0-9 !#$%&'*+/?^_`{|}~-]{0,59}")
_BREAKS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST_LINE: Final = 998  # octets, RFC 5322 section 2.1.1
_LONGEST_PATH: Final = 254  # octets, RFC 5321 section 4.5.3.1.3 without its brackets
_WORD_OCTETS: Final = 42  # 56 characters in base64; an encoded word has up to 75 (RFC 2047 section 2)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who it is from and to; `is_international` when an address needs RFC 6531."""

    sender: str
    recipient: str
    is_international: bool


def message_id(idempotency_key: str, host: str) -> str:
    """The same for every attempt at one message, so that whoever gets it twice can tell (RFC 5322 section 3.6.4)."""
    return f"<{sha256(idempotency_key.encode()).hexdigest()[:32]}@{host}>"


def envelope(mail: Mail, sender: Sender) -> Envelope:
    """The addresses, their domains in ASCII (RFC 5890); raises `Rejected` on what is no single address."""
    ours, theirs, answers = (usable(each) for each in (sender.address, mail.to, sender.reply_to or sender.address))
    return Envelope(ours, theirs, is_international=not (ours + theirs + answers).isascii())


def head(mail: Mail, sender: Sender, *, id_header: str, at: datetime) -> bytes:
    """The headers; raises `Rejected` on what would forge one.

    `Auto-Submitted` keeps holiday notices from answering (RFC 3834 section 5). The List headers only stand where the
    reader can end such mail (RFC 8058).
    """
    lines = _headers(mail, sender, id_header, at)
    return "".join(f"{name}: {value}\r\n" for name, value in lines).encode()


def body(mail: Mail, *, is_8bit: bool) -> bytes:
    """Text and HTML with their own headers, as they are where the server takes eight bits (RFC 6152), else quoted."""
    message = _part(mail.text, "plain", is_8bit=is_8bit)
    if mail.html is not None:
        message.make_alternative()
        alternative = _part(mail.html, "html", is_8bit=is_8bit)
        del alternative["MIME-Version"]
        message.attach(alternative)
    return message.as_bytes()


def usable(address: str) -> str:
    """One address with its domain in ASCII; raises `Rejected` on anything else."""
    local, _, domain = address.rpartition("@")
    if not _ATOMS.fullmatch(local) or local[0] == "." or local[-1] == "." or ".." in local:
        raise Rejected("bad_address")
    try:
        found = f"{local}@{domain.encode('idna').decode()}"
        is_too_long = len(found.encode()) > _LONGEST_PATH
    except UnicodeError:
        raise Rejected("bad_address") from None
    if is_too_long or not _DOMAIN.fullmatch(found.rpartition("@")[2]):
        raise Rejected("bad_address")
    return found


def _headers(mail: Mail, sender: Sender, id_header: str, at: datetime) -> Iterator[tuple[str, str]]:
    ours, answers = usable(sender.address), usable(sender.reply_to or sender.address)
    yield "From", f"{_name(sender.name)}\r\n <{ours}>" if sender.name else ours
    yield "To", usable(mail.to)
    if answers != ours:
        yield "Reply-To", answers
    yield "Subject", _text(mail.subject)
    yield "Date", format_datetime(at)
    yield "Message-ID", id_header
    yield "Content-Language", _text(mail.language)
    yield "Auto-Submitted", "auto-generated"
    if mail.unsubscribe:
        yield "List-Unsubscribe", f"<{_page(mail.unsubscribe)}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _part(text: str, subtype: str, *, is_8bit: bool) -> EmailMessage:
    sound = text.encode(errors="replace").decode()
    fits = all(len(line) <= _LONGEST_LINE for line in sound.encode().splitlines())
    part = EmailMessage(policy=SMTP)
    part.set_content(sound, subtype=subtype, cte="8bit" if is_8bit and fits else "quoted-printable")
    return part


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(_line(text)) else _words(text)


def _name(name: str) -> str:
    return f'"{name}"' if _NAME.fullmatch(_line(name)) else _words(name)


def _words(text: str) -> str:
    """Encoded words, one a line, no character split between two (RFC 2047 section 5)."""
    words, word = [], b""
    for character in text:
        octets = character.encode()
        if len(word) + len(octets) > _WORD_OCTETS:
            words.append(word)
            word = b""
        word += octets
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each).decode()}?=" for each in (*words, word))


def _line(text: str) -> str:
    """One line of a header; a text that would begin another is refused, never mended."""
    if _BREAKS.search(text):
        raise Rejected("unusable_header")
    return text


def _page(address: str) -> str:
    if not address.startswith("https://") or not re.fullmatch(r"[!-;=?-~]{9,900}", address):
        raise Rejected("unusable_header")
    return address
