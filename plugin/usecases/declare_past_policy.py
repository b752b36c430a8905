"""Declare what the shop promised before its first published policy, so that orders of that time get it."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.domain.policy.document import read_policy
from plugin.domain.policy.edit import Document
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Role, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.publish_policy import publish


class NoPolicyYet(Conflict):
    """Nothing is published yet, so there is no time before it; the first version itself may begin in the past."""

    code = "no_policy_yet"


class PastAlreadyPromised(Conflict):
    """From `since` on promises are on record already, and they never change."""

    code = "past_already_promised"

    def __init__(self, since: datetime) -> None:
        super().__init__({"field": "effective_from", "since": since.isoformat()})


def declare_past_policy(  # noqa: PLR0913 - what, from when, who for whom, and the ports it takes
    document: Document,
    effective_from: datetime,
    *,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
    ids: Ids,
    now: datetime,
) -> PolicyVersion:
    """The declared version; it holds until the earliest version that was on record before it.

    What was promised then binds whether or not the law allowed it, so no linter refuses it; statutory rights are added
    by the law of each order's day as for every policy. Raises `RoleTooLow` for everybody but owners, `NoPolicyYet`,
    `PastAlreadyPromised`, `InvalidPolicy`.
    """
    require_role(by, Role.OWNER)
    version = read_policy({**document, "id": ids.new(), "effective_from": effective_from.isoformat()})
    with units(merchant) as unit:
        unit.policies.hold()
        versions = unit.policies.all()
        if not versions:
            raise NoPolicyYet
        if effective_from >= versions[0].effective_from:
            raise PastAlreadyPromised(versions[0].effective_from)
        publish(version, Publication(now, by.id if by else None, is_declared=True), unit)
        unit.commit()
    return version
