"""Throw a draft away; what is published stays as it is."""

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units
from plugin.usecases.edit_draft import draft_at


def discard_draft(draft_id: str, version: int, *, merchant: MerchantId, by: StaffMember | None, units: Units) -> None:
    """Forget the draft with all its edits.

    Raises `DraftMoved` when somebody edited it since, `RoleTooLow` for viewers, `NotFound`.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        unit.drafts.remove(draft_at(draft_id, version, unit))
        unit.commit()
