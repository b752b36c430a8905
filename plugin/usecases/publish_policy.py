"""Publish new promises of the merchant: a version never changes, and an order keeps the one it was placed under."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.effects import CompilePromises, RebuildEntitlements
from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId
from plugin.domain.policy.document import read_policy, write_policy
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork, Units


class PolicyInThePast(Invalid):
    """A later version cannot change what was promised before it was published."""

    code = "policy_in_the_past"


def publish_policy(
    draft: PolicyVersion, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> PolicyVersion:
    """The published version, with an id of its own; for the operator, whose policy no linter refuses.

    The first one may take effect in the past, since the shop promised something before it came here; orders that are
    on record then get it. Raises `PolicyInThePast`, or `InvalidPolicy` naming every field that is wrong.
    """
    version = read_policy(write_policy(replace(draft, id=ids.new())))
    with units(merchant) as unit:
        unit.policies.hold()
        refuse_the_past(version.effective_from, unit, now)
        publish(version, Publication(now), unit)
        unit.commit()
    return version


def refuse_the_past(effective_from: datetime, unit: UnitOfWork, now: datetime) -> None:
    """Let only a merchant's first version begin before now. Raises `PolicyInThePast`."""
    if effective_from < now and unit.policies.all():
        raise PolicyInThePast({"field": "effective_from"})


def publish(version: PolicyVersion, publication: Publication, unit: UnitOfWork) -> None:
    """Record a version and what it takes the place of; the caller commits.

    A later version may still cover orders on record, placed this very instant or by a shop whose clock runs ahead:
    every version has all projections looked at again.
    """
    before = unit.policies.in_force(version.effective_from)
    unit.policies.add(version, replace(publication, replaces=before.id if before else None))
    unit.queue.add([RebuildEntitlements(unit.merchant), CompilePromises(unit.merchant)])
