"""Publish a draft: from an instant on its promises hold, and what was promised before stays promised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.errors import Conflict, DomainError, Invalid
from plugin.domain.ids import MerchantId
from plugin.domain.law.in_force import Law
from plugin.domain.policy.check import check_of
from plugin.domain.policy.document import InvalidPolicy
from plugin.domain.policy.draft import Check, version_of
from plugin.domain.policy.lint import Finding
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Role, StaffMember
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.check_draft import circumstances
from plugin.usecases.edit_draft import draft_at
from plugin.usecases.publish_policy import publish, refuse_the_past

_TOLD = 3
"""How many of the linter's codes a refusal names; all of them are kept with the draft."""


class PolicyNotLawful(Invalid):
    """The law of a market does not allow the draft; its `checked` tells where and why."""

    code = "policy_not_lawful"

    def __init__(self, errors: Sequence[Finding]) -> None:
        codes = list(dict.fromkeys(found.code for found in errors))[:_TOLD]
        super().__init__({"count": len(errors), "codes": ", ".join(codes)})


class AwaitsWithdrawalFunction(Conflict):
    """Everything is right but one thing: shoppers of a live shop cannot reach a withdrawal function yet."""

    code = "awaits_withdrawal_function"


def publish_draft(  # noqa: PLR0913 - what, from when, who for whom, and the ports it takes
    draft_id: str,
    version: int,
    *,
    effective_from: datetime | None = None,
    merchant: MerchantId,
    by: StaffMember | None,
    units: Units,
    ids: Ids,
    law: Law,
    now: datetime,
) -> PolicyVersion:
    """The published version; the draft is gone then. `effective_from` None: now.

    Checked anew here, whatever was checked before; a refused draft keeps what this check found. Raises `RoleTooLow`
    for everybody but owners, `DraftMoved`, `PolicyInThePast`, `InvalidPolicy`, `PolicyNotLawful`,
    `AwaitsWithdrawalFunction` (the draft is READY then: publish it once the function is there), `NotFound`.
    """
    require_role(by, Role.OWNER)
    begins, who = effective_from or now, by.id if by else None
    with units(merchant) as unit:
        unit.policies.hold()
        draft = draft_at(draft_id, version, unit)
        refuse_the_past(begins, unit, now)
        around = circumstances(unit, now)
        check = check_of(draft, law, around, effective_from=begins, at=now, by=who)
        outcome = _refusal(check) or version_of(draft, ids.new(), begins)
        if isinstance(outcome, PolicyVersion):
            publish(outcome, Publication(now, who, findings=check.findings), unit)
            unit.drafts.remove(draft)
        else:
            unit.drafts.save(replace(draft, checked=check), was=version)
        unit.commit()
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def _refusal(check: Check) -> DomainError | None:
    if check.faults:
        return InvalidPolicy(check.faults)
    if check.lacks_only_function:
        return AwaitsWithdrawalFunction()
    return PolicyNotLawful(check.errors) if check.errors else None
