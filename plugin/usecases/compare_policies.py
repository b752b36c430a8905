"""Tell what a policy version, or the draft of one, promises otherwise than another."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.policy.diff import Difference, differences
from plugin.domain.policy.draft import version_of
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and what differs; `before` None when nothing was promised before."""

    before: PolicyVersion | None
    after: PolicyVersion
    differences: tuple[Difference, ...]


def compare_policies(before: str | None, after: str, *, merchant: MerchantId, units: Units) -> Comparison:
    """Two versions on record; for everybody who works for the merchant. Raises `NotFound`."""
    with units.read(merchant) as unit:
        earlier = unit.policies.get(before) if before is not None else None
        later = unit.policies.get(after)
    return Comparison(earlier, later, differences(earlier, later))


def compare_draft(draft_id: str, effective_from: datetime, *, merchant: MerchantId, units: Units) -> Comparison:
    """The draft, and the version it would take the place of if it began then.

    Raises `InvalidPolicy` while the draft is no policy yet, `NotFound`.
    """
    with units.read(merchant) as unit:
        draft = unit.drafts.get(draft_id)
        replaced = unit.policies.in_force(effective_from)
    version = version_of(draft, draft.id, effective_from)
    return Comparison(replaced, version, differences(replaced, version))
