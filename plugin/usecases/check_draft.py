"""Check a draft as it stands: what is missing, what the law of its markets does not allow."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId
from plugin.domain.law.in_force import Law
from plugin.domain.policy.check import check_of
from plugin.domain.policy.draft import Draft
from plugin.domain.policy.lint import Circumstances
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.switch_withdrawal import has_withdrawal_function


def check_draft(
    draft_id: str,
    *,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
    law: Law,
    now: datetime,
) -> Draft:
    """The draft with its check kept, `faults` by field or the linter's `findings`; an edit makes it stale.

    Raises `RoleTooLow` for viewers, `NotFound`, `Conflict` when somebody edited the draft meanwhile.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        draft = unit.drafts.get(draft_id)
        around = circumstances(unit, now)
        check = check_of(draft, law, around, effective_from=now, at=now, by=by.id if by else None)
        checked = replace(draft, checked=check)
        unit.drafts.save(checked, was=draft.version)
        unit.commit()
    return checked


def circumstances(unit: UnitOfWork, now: datetime) -> Circumstances:
    """The merchant's shops as the linter asks for them: where all are demos, no real shopper buys.

    A merchant without a shop is writing the policy of one that will be real.
    """
    shops = unit.shops.all()
    is_live = not shops or any(not shop.is_demo for shop in shops)
    return Circumstances(is_live=is_live, has_withdrawal_function=has_withdrawal_function(unit), today=now.date())
