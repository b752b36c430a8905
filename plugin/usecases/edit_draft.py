"""Change a draft by path; each edit can be undone."""

from collections.abc import Callable, Sequence
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId
from plugin.domain.policy.draft import Draft, DraftMoved, edit
from plugin.domain.policy.edit import Change
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units


def edit_draft(  # noqa: PLR0913 - what, who for whom, and the ports it takes
    draft_id: str,
    changes: Sequence[Change],
    version: int,
    *,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
    now: datetime,
) -> Draft:
    """The draft after all of these changes, one step for undoing.

    `version` is the one the changes were made for. Raises `DraftMoved` when there is a later one by now (what was
    changed since are the last steps of its `done`), `UnknownPath`, `RoleTooLow` for viewers, `NotFound`.
    """
    who = by.id if by else None
    return moved(
        draft_id,
        version,
        lambda draft: edit(draft, changes, at=now, by=who),
        merchant=merchant,
        by=by,
        units=units,
    )


def moved(
    draft_id: str,
    version: int,
    move: Callable[[Draft], Draft],
    *,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
) -> Draft:
    """The draft after a move, saved; raises `DraftMoved` when it is not at this version any more."""
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        after = move(draft_at(draft_id, version, unit))
        unit.drafts.save(after, was=version)
        unit.commit()
    return after


def draft_at(draft_id: str, version: int, unit: UnitOfWork) -> Draft:
    """The draft, if it stands at this version. Raises `DraftMoved`, `NotFound`."""
    draft = unit.drafts.get(draft_id)
    if draft.version != version:
        raise DraftMoved(draft.version)
    return draft
