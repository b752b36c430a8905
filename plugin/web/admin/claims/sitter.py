"""Who sits at the desk, with what they may decide alone, at one instant."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.shop import StaffMember


@dataclass(frozen=True, slots=True)
class Sitter:
    """The member of the staff whose form is read."""

    member: StaffMember
    settings: ClaimSettings
    now: datetime
