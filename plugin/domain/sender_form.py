"""What a merchant typed about their sender, and what is wrong with it, field by field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from plugin.domain.errors import Invalid
from plugin.domain.sender import USUAL_PORTS, Encryption, MailServer, Sender

_ADDRESS: Final = re.compile(r"[^\s@()<>\[\]:;\\,\"]{1,64}@[^\s@()<>\[\]:;\\,\"]+\.[^\s@()<>\[\]:;\\,\".]{2,}")
_LETTER: Final = r"[A-Za-z0-9_\u0080-\uffff]"
_HOST: Final = re.compile(rf"{_LETTER}(?:(?:{_LETTER}|[.-]){{0,251}}{_LETTER})?|::1")
_LONGEST_NAME: Final = 80
_LONGEST_ADDRESS: Final = 254
_LAST_PORT: Final = 65_535


class Wrong(StrEnum):
    """What can be wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_LINE = "not_a_line"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_HOST = "not_a_host"
    NOT_A_PORT = "not_a_port"
    READABLE = "readable"
    """Without encryption to another machine."""
    PASSWORD_ALONE = "password_alone"  # noqa: S105 - a code
    PASSWORD_AGAIN = "password_again"  # noqa: S105 - a code
    """The kept password belongs to another server or user."""


class UnusableSender(Invalid):
    """The form cannot be used; `wrong` says why at each field."""

    def __init__(self, wrong: dict[str, Wrong]) -> None:
        super().__init__({"field": next(iter(wrong))})
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class TypedSender:
    """The form's fields as they came; an empty `host`: through the installation's server.

    An empty `password` with a `user` means the one that is kept.
    """

    name: str
    address: str
    reply_to: str = ""
    host: str = ""
    port: str = ""
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)


def read_sender(typed: TypedSender, known: Sender | None) -> Sender:
    """The sender meant; `known` lends its password to the same user of the same server only.

    Raises `UnusableSender` with everything that is wrong: a kept password is never sent to a server that was typed
    since, or whoever is at the desk could have it sent to themselves.
    """
    wrong = dict((*_about_who(typed), *_about_server(typed, known)))
    if wrong:
        raise UnusableSender(wrong)
    server = _server(typed, known) if typed.host.strip() else None
    return Sender(typed.name.strip(), typed.address.strip(), typed.reply_to.strip() or None, server)


def _about_who(typed: TypedSender) -> Iterator[tuple[str, Wrong]]:
    name = typed.name.strip()
    if not name:
        yield "name", Wrong.MISSING
    elif not name.isprintable():
        yield "name", Wrong.NOT_A_LINE
    elif len(name) > _LONGEST_NAME:
        yield "name", Wrong.TOO_LONG
    if not typed.address.strip():
        yield "address", Wrong.MISSING
    elif not _is_address(typed.address.strip()):
        yield "address", Wrong.NOT_AN_ADDRESS
    if typed.reply_to.strip() and not _is_address(typed.reply_to.strip()):
        yield "reply_to", Wrong.NOT_AN_ADDRESS


def _about_server(typed: TypedSender, known: Sender | None) -> Iterator[tuple[str, Wrong]]:
    if not typed.host.strip():
        return
    if not _HOST.fullmatch(typed.host.strip()):
        yield "host", Wrong.NOT_A_HOST
        return
    port = typed.port.strip()
    if port and not (port.isascii() and port.isdecimal() and 1 <= int(port) <= _LAST_PORT):
        yield "port", Wrong.NOT_A_PORT
        return
    server = _server(typed, known)
    if server.encryption is Encryption.NONE and not server.is_here:
        yield "encryption", Wrong.READABLE
    if typed.password and not server.user:
        yield "user", Wrong.PASSWORD_ALONE
    if server.user and not server.password:
        yield "password", Wrong.PASSWORD_AGAIN if known and known.server and known.server.password else Wrong.MISSING


def _server(typed: TypedSender, known: Sender | None) -> MailServer:
    host, user = typed.host.strip().lower(), typed.user.strip() or None
    port = int(typed.port.strip() or USUAL_PORTS[typed.encryption])
    kept = known.server if known else None
    is_same = kept is not None and (kept.host, kept.port, kept.user) == (host, port, user)
    password = typed.password or (kept.password if kept and is_same else None)
    return MailServer(host, port, typed.encryption, user, password if user else None)


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and text.isprintable() and len(text) <= _LONGEST_ADDRESS
