"""Checking a draft: whether it is a policy at all, and whether the law of its markets allows it."""

from datetime import datetime

from plugin.domain.ids import StaffId
from plugin.domain.law.in_force import Law
from plugin.domain.policy.document import InvalidPolicy
from plugin.domain.policy.draft import Check, Draft, digest_of, version_of
from plugin.domain.policy.lint import Circumstances, lint


def check_of(
    draft: Draft,
    law: Law,
    circumstances: Circumstances,
    *,
    effective_from: datetime,
    at: datetime,
    by: StaffId | None,
) -> Check:
    """What there is to say of the draft as it stands, if it took effect then."""
    digest = digest_of(draft.document)
    try:
        version = version_of(draft, draft.id, effective_from)
    except InvalidPolicy as error:
        return Check(digest, at, by, faults=error.faults)
    return Check(digest, at, by, findings=lint(version, law, circumstances))
