"""Make the edit again that was undone last."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.policy.draft import Draft, redo
from plugin.domain.shop import StaffMember
from plugin.ports.unit_of_work import Units
from plugin.usecases.edit_draft import moved


def redo_edit(
    draft_id: str, version: int, *, merchant: MerchantId, by: StaffMember | None, units: Units, now: datetime
) -> Draft:
    """The draft with the edit that was undone last.

    Raises `NothingToRedo`, `DraftMoved`, `RoleTooLow` for viewers, `NotFound`.
    """
    who = by.id if by else None
    return moved(draft_id, version, lambda draft: redo(draft, at=now, by=who), merchant=merchant, by=by, units=units)
