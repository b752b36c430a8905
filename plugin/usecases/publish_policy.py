"""Publish new promises of the merchant: a version never changes, and an order keeps the one it was placed under."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId
from plugin.domain.policy.document import read_policy, write_policy
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units


class PolicyInThePast(Invalid):
    """A later version cannot change what was promised before it was published."""

    code = "policy_in_the_past"


def publish_policy(
    draft: PolicyVersion, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> PolicyVersion:
    """The published version, with an id of its own.

    The first one may take effect in the past, since the shop promised something before it came here; orders that are
    on record then get it. A later one may still cover orders on record, placed this very instant or by a shop whose
    clock runs ahead: every version has all projections looked at again. Raises `PolicyInThePast`, or `InvalidPolicy`
    naming every field that is wrong.
    """
    version = read_policy(write_policy(replace(draft, id=ids.new())))
    with units(merchant) as unit:
        is_first = not unit.policies.all()
        if version.effective_from < now and not is_first:
            raise PolicyInThePast({"field": "effective_from"})
        unit.policies.add(version)
        unit.queue.add([RebuildEntitlements(merchant)])
        unit.commit()
    return version
