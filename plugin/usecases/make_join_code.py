"""Let an owner make a code by which one more shop joins the merchant."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.access import JOIN_CODE_HOLDS, NotAnOwner, Token, is_owner
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import JoinCode
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class MadeJoinCode:
    """The code to give to whoever installs the shop: shown once, never kept; and the instant it ends."""

    token: Token
    expires_at: datetime


def make_join_code(
    staff: StaffId, *, merchant: MerchantId, units: Units, ids: Ids, secrets: Secrets, now: datetime
) -> MadeJoinCode:
    """A code that `install_shop` takes once, within 24 hours, as the merchant's side of the proof.

    Raises `NotAnOwner` when whoever asks does not own the merchant, `NotFound` when they never worked here.
    """
    token = Token(merchant, ids.new(), secrets.token())
    code = JoinCode(token.record, staff, secrets.hash(token.secret), expires_at=now + JOIN_CODE_HOLDS)
    with units(merchant) as unit:
        if not is_owner(unit.staff.get(staff)):
            raise NotAnOwner({"staff": staff})
        unit.staff.save_join_code(code)
        unit.commit()
    return MadeJoinCode(token, code.expires_at)
