"""Look at the draft being written, with everything there is to say of it as it stands; nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.law.in_force import Law
from plugin.domain.policy.check import check_of
from plugin.domain.policy.draft import Check, Draft, version_of
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.unit_of_work import Units
from plugin.usecases.check_draft import circumstances


@dataclass(frozen=True, slots=True)
class Review:
    """The draft and what a check of it finds now; `version` is the policy it would be, None while it is none."""

    draft: Draft
    check: Check
    version: PolicyVersion | None


def review_draft(*, merchant: MerchantId, units: Units, law: Law, now: datetime) -> Review | None:
    """The review of the open draft, None when nobody is writing one; for everybody who works for the merchant."""
    with units.read(merchant) as unit:
        draft = unit.drafts.open()
        around = circumstances(unit, now)
    if draft is None:
        return None
    check = check_of(draft, law, around, effective_from=now, at=now, by=None)
    return Review(draft, check, None if check.faults else version_of(draft, draft.id, now))
