"""List the merchant's policy versions: which holds, which did, which will, and who published each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from plugin.domain.ids import MerchantId
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.version import PolicyVersion
from plugin.ports.unit_of_work import Units


class PolicyStanding(StrEnum):
    """Where a version stands in time."""

    IN_FORCE = "in_force"
    SCHEDULED = "scheduled"
    ENDED = "ended"
    REPLACED = "replaced"
    """Another version of the same instant was published later: it never held, or never will."""


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """A version with its record; `until` is the instant the next one begins, None while none is to follow.

    `publication` is None for versions of a release that kept no record.
    """

    version: PolicyVersion
    publication: Publication | None
    until: datetime | None
    standing: PolicyStanding


def list_policies(*, merchant: MerchantId, units: Units, now: datetime) -> tuple[ListedPolicy, ...]:
    """Every version, the one that begins last first; for everybody who works for the merchant."""
    with units.read(merchant) as unit:
        versions = unit.policies.all()
        publications = unit.policies.publications()
    ends = [version.effective_from for version in versions[1:]]
    listed = (
        ListedPolicy(version, publications.get(version.id), until, _standing(version, until, now))
        for version, until in zip_longest(versions, ends)
    )
    return tuple(reversed(list(listed)))


def _standing(version: PolicyVersion, until: datetime | None, now: datetime) -> PolicyStanding:
    if until == version.effective_from:
        return PolicyStanding.REPLACED
    if version.effective_from > now:
        return PolicyStanding.SCHEDULED
    return PolicyStanding.ENDED if until is not None and until <= now else PolicyStanding.IN_FORCE
