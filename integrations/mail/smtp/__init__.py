"""Mail by SMTP (RFC 5321), handed to a server that takes it for others (RFC 6409).

What a server says of the letter itself (sender, recipient, content) with 5xx is final: `Rejected`. Everything else,
its refusal of our password included, is no fault of the letter: `Unavailable`, tried again. No error that leaves here
has another behind it: those of smtplib quote addresses, and tracebacks are logged.
"""

import ssl
from base64 import b64encode
from functools import cached_property
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPException, SMTPResponseException
from typing import Final

from integrations.guarded_http import resolved
from integrations.mail.smtp.connection import Connection, Dialling, Patience, Resolve, connected, spoken
from integrations.mail.smtp.message import Envelope, body, envelope, head, message_id
from plugin.domain.sender import MailServer, Sender
from plugin.ports.clock import Clock
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail

__all__ = ["Patience", "SmtpMailer"]

_EIGHT_BITS: Final = "BODY=8BITMIME"
_OK: Final = range(250, 260)
_SIGNED_IN: Final = 235
_FINAL: Final = range(500, 600)


class SmtpMailer:
    """Hands messages to a sender's server, one connection each.

    Sending a key again repeats the message under the same Message-ID: SMTP cannot tell whether a message was taken
    when the connection breaks after its end and before the reply, and then it is better twice than never.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        host: str = "localhost",
        tls: ssl.SSLContext | None = None,
        allows_private: bool = False,
        patience: Patience | None = None,
        resolve: Resolve = resolved,
    ) -> None:
        """`host`: the name of this installation, in greetings and Message-IDs; `tls`: whom to trust."""
        self._clock = clock
        self._host = host
        self._tls = tls
        self._resolve = resolve
        self._allows_private = allows_private
        self._patience = patience or Patience()

    def send(self, mail: Mail, sender: Sender, *, idempotency_key: str, within: float | None = None) -> None:
        """Hand one message over; raises `Unavailable` or `Rejected`. The sender has a server."""
        if sender.server is None:
            raise Unavailable("no_server")
        who = envelope(mail, sender)
        first = head(mail, sender, id_header=message_id(idempotency_key, self._host), at=self._clock.now())
        patience = self._patience.within(within)
        try:
            with connected(sender.server, self._dialling, patience) as smtp:
                _sign_in(smtp, sender.server)
                options = _options(smtp, who)
                _address(smtp, who, options)
                _hand_over(smtp, first + body(mail, is_8bit=_EIGHT_BITS in options), patience.accept)
                smtp.take_leave()
        except (SMTPException, OSError):
            raise Unavailable("connection_lost") from None

    def greet(self, server: MailServer, *, within: float) -> None:
        """Connect, sign in and leave, within so many seconds, and send nothing; raises `Unavailable`."""
        try:
            with connected(server, self._dialling, self._patience.within(within)) as smtp:
                _sign_in(smtp, server)
                smtp.take_leave()
        except (SMTPException, OSError):
            raise Unavailable("connection_lost") from None

    @cached_property
    def _dialling(self) -> Dialling:
        """Made when the first letter leaves: reading the system's certificates takes longer than most commands."""
        tls = self._tls or ssl.create_default_context()
        return Dialling(tls, self._host, self._resolve, allows_private=self._allows_private)


def _sign_in(smtp: Connection, server: MailServer) -> None:
    if server.user is None:
        return
    try:
        if "PLAIN" in smtp.esmtp_features.get("auth", "").upper().split():
            _sign_in_plainly(smtp, server.user, server.password or "")
        else:
            smtp.login(server.user, server.password or "")
    except SMTPAuthenticationError as error:
        raise Unavailable("sign_in_refused", detail=spoken(_reply(error))) from None
    except (SMTPException, UnicodeError):
        raise Unavailable("sign_in_refused") from None


def _sign_in_plainly(smtp: Connection, user: str, password: str) -> None:
    """By RFC 4616, in UTF-8, which smtplib's own cannot."""
    said = b64encode(f"\0{user}\0{password}".encode()).decode()
    reply = smtp.docmd("AUTH", f"PLAIN {said}")
    if reply[0] != _SIGNED_IN:
        raise SMTPAuthenticationError(*reply)


def _options(smtp: Connection, who: Envelope) -> list[str]:
    """What to ask of the server; raises `Rejected` when an address needs what it has not (RFC 6531)."""
    options = [_EIGHT_BITS] if smtp.has_extn("8bitmime") else []
    if not who.is_international:
        return options
    if not smtp.has_extn("smtputf8"):
        raise Rejected("needs_smtputf8")
    return [*options, "SMTPUTF8"]


def _address(smtp: Connection, who: Envelope, options: list[str]) -> None:
    _judge(smtp.mail(who.sender, options), "sender_refused")
    _judge(smtp.rcpt(who.recipient), "recipient_refused")


def _hand_over(smtp: Connection, content: bytes, seconds: float) -> None:
    if smtp.sock:
        smtp.sock.settimeout(seconds)
    try:
        reply = smtp.data(content)
    except SMTPDataError as error:
        reply = _reply(error)
    _judge(reply, "message_refused")


def _judge(reply: tuple[int, bytes], refusal: str) -> None:
    if reply[0] in _OK:
        return
    if reply[0] in _FINAL:
        raise Rejected(refusal, detail=spoken(reply))
    raise Unavailable("server_busy", detail=spoken(reply))


def _reply(error: SMTPResponseException) -> tuple[int, bytes]:
    said = error.smtp_error
    return error.smtp_code, said.encode() if isinstance(said, str) else said
