"""The installation's own mail: who it comes from, and the server that carries it."""

from email.utils import parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

from plugin.domain.sender import USUAL_PORTS, Encryption, MailServer, Sender
from plugin.settings.reader import Reader

_SCHEMES: Final = {"smtp": Encryption.STARTTLS, "smtps": Encryption.TLS, "smtp+plain": Encryption.NONE}


def installation_mail(reader: Reader) -> Sender | None:
    """Both settings or neither: a server will not take mail from nobody."""
    server = reader.parsed("SMTP_URL", None, smtp_url)
    sender = reader.parsed("MAIL_FROM", None, mail_from)
    if bool(reader.text("SMTP_URL")) != bool(reader.text("MAIL_FROM")):
        reader.faults.append("SMTP_URL and MAIL_FROM must be set together or not at all")
    return Sender(*sender, server=server) if server and sender else None


def smtp_url(text: str) -> MailServer:
    """A server by address; what is special in user or password is percent-encoded."""
    parts = urlsplit(text)
    encryption = _SCHEMES.get(parts.scheme)
    if encryption is None or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be like smtp://user:password@host:587, or smtps:// or smtp+plain://")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("must name user and password together or neither")
    user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
    server = MailServer(parts.hostname, _port(parts.port, encryption), encryption, user, password)
    if user and encryption is Encryption.NONE and not server.is_here:
        raise ValueError("would show its password to the network: use smtp:// or smtps://")
    return server


def mail_from(text: str) -> tuple[str, str]:
    """A name, maybe empty, and an address: `Aftercare <mail@example.com>`."""
    name, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not local or "." not in domain.strip(".") or not text.isprintable():
        raise ValueError("must be like Aftercare <mail@example.com>")
    return name, address


def _port(port: int | None, encryption: Encryption) -> int:
    return USUAL_PORTS[encryption] if port is None else port
