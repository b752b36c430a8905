"""Have one letter of an event sent once the caller's unit commits, at once or with the next sweep."""

from datetime import datetime

from plugin.domain.effects import SendMail
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork


def queue_letter(mail_id: str, mail: Mail, unit: UnitOfWork, now: datetime, *, at_once: bool = True) -> None:
    """One event is one letter. One that is not sent at once waits for `resend_unsent`: an hour or two."""
    if unit.mails.is_known(mail_id):
        return
    unit.mails.add(mail_id, mail, now)
    if at_once:
        unit.queue.add([SendMail(unit.merchant, mail_id)], key=mail_id)
