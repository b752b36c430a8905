"""Invite somebody to work for the merchant: they come in by a one-time link that holds for seven days."""

from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.access import INVITATION_HOLDS, Token
from plugin.domain.effects import SendMail
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.letters import Letter
from plugin.ports.mailer import Mail
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.issue_link import issue_link

_LONGEST = 254  # RFC 5321 section 4.5.3.1.3, the path without its brackets


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who was invited, and the token of their link: shown once, never kept."""

    member: StaffMember
    token: Token


def invite_staff(  # noqa: PLR0913 - who, as what, and the ports it takes
    email: str,
    role: Role,
    language: str,
    *,
    merchant: MerchantId,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
    letter: Letter | None = None,
) -> Invitation:
    """The invitation; mailed when there is a `letter`.

    Somebody who works here already gets a fresh link, and the role named now if it allows more than theirs. Raises
    `Invalid` on an address that cannot be one.
    """
    address = usable_email(email)
    with units(merchant) as unit:
        unit.staff.hold()
        known = unit.staff.by_email(address)
        member = _member(known, StaffMember(StaffId(ids.new()), address, role, language, invited_at=now))
        unit.staff.save(member)
        token = issue_link(member.id, INVITATION_HOLDS, unit, ids=ids, secrets=secrets, now=now)
        if letter is not None:
            queue_mail(letter(member, token), unit, ids, now)
        unit.commit()
    return Invitation(member, token)


def _member(known: StaffMember | None, invited: StaffMember) -> StaffMember:
    if known is None:
        return invited
    if known.removed_at is not None:
        return replace(invited, id=known.id)
    return replace(known, role=min(known.role, invited.role, key=list(Role).index))


def usable_email(text: str) -> str:
    """An e-mail address as typed, trimmed; raises `Invalid` on what no mail server would take."""
    address = text.strip()
    local, _, domain = address.rpartition("@")
    if (
        not local
        or "." not in domain.strip(".")
        or len(address) > _LONGEST
        or not address.isprintable()
        or " " in address
    ):
        raise Invalid({"field": "email"})
    return address


def queue_mail(mail: Mail, unit: UnitOfWork, ids: Ids, now: datetime) -> None:
    """Have a message sent once the caller's unit commits."""
    mail_id = ids.new()
    unit.mails.add(mail_id, mail, now)
    unit.queue.add([SendMail(unit.merchant, mail_id)], key=mail_id)
