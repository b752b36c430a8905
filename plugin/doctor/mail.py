"""Mail servers: the installation's and those of merchants greet us and take our password. Nothing is sent."""

from collections.abc import Iterator

from integrations.mail.smtp import SmtpMailer
from integrations.system import SystemClock
from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.domain.sender import MailServer
from plugin.i18n import FALLBACK, catalogue
from plugin.ports.deps import Deps
from plugin.ports.errors import Unavailable
from plugin.settings import Settings

_PATIENCE = 15.0
_ADVICE = "check the server, the user and the password; `aftercare mail test EMAIL` sends one"


def look(settings: Settings) -> Finding:
    """The installation's own."""
    if settings.mail is None or settings.mail.server is None:
        if settings.has_demo:
            return ok("mail", "a demo: mail stays in the mailbox on this machine")
        return warning("mail", "no server is set, so mail stays on this machine", "set SMTP_URL and MAIL_FROM")
    return _tried("mail", settings.mail.server, SmtpMailer(SystemClock(), allows_private=True))


def merchants(settings: Settings, deps: Deps) -> Iterator[Finding]:
    """Those that merchants named; not in a demo, where anybody may be at the desk."""
    mailer = SmtpMailer(SystemClock(), allows_private=settings.allows_private_shops)
    for merchant in () if settings.has_demo else deps.directory.merchants():
        with deps.units.read(merchant.id) as unit:
            sender = unit.senders.get()
        if sender and sender.server:
            yield _tried(f"mail of {merchant.name}", sender.server, mailer)


def _tried(check: str, server: MailServer, mailer: SmtpMailer) -> Finding:
    where = f"{server.host}:{server.port}"
    try:
        mailer.greet(server, within=_PATIENCE)
    except Unavailable as failure:
        said = catalogue(FALLBACK).text(f"sending.fault.{failure.reason}")
        return failed(check, f"{where}: {said}", _ADVICE)
    return ok(check, f"{where} greets us" + (" and takes our password" if server.user else ""))
