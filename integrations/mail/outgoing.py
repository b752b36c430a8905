"""Which way a message goes: the merchant's own server, the installation's, or the mailbox on this machine."""

from dataclasses import dataclass

from integrations.mail.mailbox import Mailbox
from integrations.mail.smtp import SmtpMailer
from plugin.domain.sender import Sender, sent_through
from plugin.ports.mailer import Mail, Route


@dataclass(frozen=True, slots=True)
class Carriers:
    """Two ways to dial: the operator's server may stand in a private network, those of merchants as a rule not."""

    installation: SmtpMailer
    merchants: SmtpMailer


class Outgoing:
    """`plugin.ports.mailer.Mailer` over the ways there are."""

    def __init__(self, mailbox: Mailbox, carriers: Carriers, installation: Sender | None, *, is_demo: bool) -> None:
        """`installation`: who the installation's mail comes from, with its server; None without one.

        In a demo anybody may be at the desk, so that no server named there is dialled.
        """
        self._mailbox = mailbox
        self._carriers = carriers
        self._installation = installation
        self._is_demo = is_demo

    def send(
        self, mail: Mail, *, idempotency_key: str, sender: Sender | None = None, within: float | None = None
    ) -> None:
        """Hand the message over; raises `Unavailable` or `Rejected`."""
        who = self._who(None if mail.is_for_staff and self._installation else sender)
        if who is None:
            self._mailbox.send(mail, idempotency_key=idempotency_key)
        else:
            carrier = self._carriers.merchants if who is sender else self._carriers.installation
            carrier.send(mail, who, idempotency_key=idempotency_key, within=within)

    def route(self, sender: Sender | None) -> Route:
        """How mail of this sender goes."""
        who = self._who(sender)
        if who is None:
            return Route.KEPT
        return Route.OWN if who is sender else Route.INSTALLATION

    def _who(self, sender: Sender | None) -> Sender | None:
        if sender is not None and sender.server is not None and not self._is_demo:
            return sender
        return sent_through(self._installation, sender) if self._installation else None
