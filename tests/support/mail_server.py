"""A real SMTP server on loopback (aiosmtpd): keeps what it takes, and refuses what it is told to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from threading import Thread

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from plugin.domain.sender import Encryption, MailServer, Sender

USER, PASSWORD, ASCII = "shop", "geheim-ß", "geheim"
CUT = "cut"
"""Instead of a reply: hang up."""


@dataclass(frozen=True)
class Taken:
    """A message the server took, or had whole when it hung up."""

    sender: str
    recipient: str
    content: bytes
    options: tuple[str, ...]
    is_encrypted: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.content, policy=SMTPUTF8)
        assert isinstance(found, EmailMessage)
        return found

    def body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        text: str = part.get_content()
        return text.replace("\r\n", "\n")


@dataclass
class Post:
    """What the server does: `replies` are given in the place of its own, by verb (MAIL, RCPT, DATA), one a message."""

    taken: list[Taken] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0

    def says(self, verb: str, *replies: str) -> None:
        self.replies.setdefault(verb, []).extend(replies)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's signature
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._reply("MAIL", server) or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's signature
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        refusal = self._reply("RCPT", server)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        refusal = self._reply("DATA", server)
        if refusal in {None, CUT}:
            self._keep(session, envelope)
        return refusal or "250 taken"

    def _keep(self, session: Session, envelope: Envelope) -> None:
        content, user = envelope.content, session.auth_data
        assert isinstance(content, bytes)
        assert envelope.mail_from is not None
        (recipient,) = envelope.rcpt_tos
        self.taken.append(
            Taken(
                envelope.mail_from,
                recipient,
                content,
                tuple(envelope.mail_options),
                session.ssl is not None,
                user.login.decode() if isinstance(user, LoginPassword) else None,
            )
        )

    def _reply(self, verb: str, server: SMTP) -> str | None:
        waiting = self.replies.get(verb)
        reply = waiting.pop(0) if waiting else None
        if reply == CUT:
            assert server.transport is not None
            server.transport.abort()
        return reply or None

    def sender(self, encryption: Encryption = Encryption.NONE, *, user: str | None = None, **of: str) -> Sender:
        """Somebody whose mail goes through this server."""
        server = MailServer("127.0.0.1", self.port, encryption, user, of.pop("password", PASSWORD) if user else None)
        return Sender(
            of.pop("name", "Nordkap"), of.pop("address", "help@nordkap.example"), of.pop("reply_to", None), server
        )


@contextmanager
def post_office(
    tls: ssl.SSLContext | None = None,
    *,
    is_implicit: bool = False,
    needs_user: bool = False,
    utf8: bool = True,
    without: str = "",
) -> Iterator[Post]:
    """A server for the length of a block: in clear without `tls`, by STARTTLS with it, or encrypted from the start.

    `without` names a mechanism of AUTH it does not offer.
    """
    post, loop = Post(), asyncio.new_event_loop()

    def protocol() -> SMTP:
        return SMTP(
            post,
            hostname="post.example",
            loop=loop,
            enable_SMTPUTF8=utf8,
            tls_context=None if is_implicit else tls,
            require_starttls=tls is not None and not is_implicit,
            auth_required=needs_user and not is_implicit,  # aiosmtpd cannot tell that it is encrypted from the start
            auth_require_tls=not is_implicit,
            authenticator=_known,
            auth_exclude_mechanism=[without] if without else [],
            timeout=20,
        )

    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()  # the server's loop is its own: a browser's may be running in this thread
    starting = loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if is_implicit else None)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_settled(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _settled() -> None:
    """Let conversations that ended be taken down."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    del server, session, envelope, mechanism
    assert isinstance(data, LoginPassword)
    is_known = data.login == USER.encode() and data.password in {PASSWORD.encode(), ASCII.encode()}
    return AuthResult(success=is_known, handled=is_known, auth_data=data)
