"""Publish new promises of the merchant: a version never changes, and an order keeps the one it was placed under."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.effects import CompilePromises, RebuildEntitlements
from plugin.domain.errors import Invalid
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.unit_of_work import UnitOfWork


class PolicyInThePast(Invalid):
    """A later version cannot change what was promised before it was published."""

    code = "policy_in_the_past"


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
