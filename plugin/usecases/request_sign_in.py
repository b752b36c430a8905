"""Send a sign-in link to an address, if somebody with it works here; the asker learns nothing either way."""

from datetime import datetime

from plugin.domain.access import SIGN_IN_HOLDS
from plugin.domain.ids import MerchantId
from plugin.ports.ids import Ids
from plugin.ports.letters import Letter
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.invite_staff import queue_mail
from plugin.usecases.issue_link import issue_link


def request_sign_in(  # noqa: PLR0913 - the address, and the ports it takes
    email: str, *, directory: Directory, units: Units, ids: Ids, secrets: Secrets, letter: Letter, now: datetime
) -> None:
    """Queue one link per merchant this person works for; nothing for an address nobody has."""
    for merchant in directory.merchants():
        _request(email.strip(), merchant.id, units, ids, secrets, letter, now)


def _request(  # noqa: PLR0913, PLR0917 - passed through
    email: str, merchant: MerchantId, units: Units, ids: Ids, secrets: Secrets, letter: Letter, now: datetime
) -> None:
    with units.read(merchant) as unit:
        known = unit.staff.by_email(email)
    if known is None or known.removed_at is not None:
        return
    with units(merchant) as unit:
        token = issue_link(known.id, SIGN_IN_HOLDS, unit, ids=ids, secrets=secrets, now=now)
        queue_mail(letter(known, token), unit, ids, now)
        unit.commit()
