"""Take back the last edit of a draft."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.policy.draft import Draft, undo
from plugin.domain.shop import StaffMember
from plugin.ports.unit_of_work import Units
from plugin.usecases.edit_draft import moved


def undo_edit(
    draft_id: str, version: int, *, merchant: MerchantId, by: StaffMember | None, units: Units, now: datetime
) -> Draft:
    """The draft before its last edit, whoever made it.

    Raises `NothingToUndo`, `DraftMoved`, `RoleTooLow` for viewers, `NotFound`.
    """
    who = by.id if by else None
    return moved(draft_id, version, lambda draft: undo(draft, at=now, by=who), merchant=merchant, by=by, units=units)
