"""Tell the staff that the time to answer a claim runs out, or ran out: each step once, on record with the claim."""

from collections.abc import Sequence

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import escalate, is_to_be_told
from plugin.domain.claim_engine.timing import aim_now
from plugin.domain.effects import SendMail
from plugin.domain.service_clock.escalation import Audience, next_at, reached
from plugin.domain.service_clock.market import service_for
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.desk import Sitting

_ROLES = {
    Audience.ASSIGNEE: (Role.AGENT,),
    Audience.TEAM: (Role.AGENT, Role.MANAGER),
    Audience.OWNER: (Role.OWNER,),
}
_WORKS = frozenset({Role.AGENT, Role.MANAGER, Role.OWNER})


def escalate_claim(claim: Claim, here: Sitting) -> Claim:
    """The claim after everybody who has to hear of its time by now was written to; the caller commits."""
    due = claim.timer.due_at
    if due is None or not is_to_be_told(claim, here.now):
        return claim
    policy = here.unit.policies.get(claim.policy_version) if claim.policy_version else None
    service = service_for(policy, claim.country, here.desk.law.calendar)
    target = service.targets[aim_now(claim)]
    steps = reached(due, here.now, target, service.calendar)
    told = steps[claim.timer.told :]
    then = next_at(due, here.now, target, service.calendar)
    if not told:
        return claim
    changed = here.act(claim.id, lambda _: escalate(len(steps), told[-1].audience.value, then))
    staff = here.unit.staff.all()
    _write({member.id: member for step in told for member in told_of(step.audience, claim, staff)}, changed, here)
    return changed


def told_of(audience: Audience, claim: Claim, staff: Sequence[StaffMember]) -> Sequence[StaffMember]:
    """Whom a step is for: whoever has the claim, the agents while nobody has; those above where there are none."""
    if audience is Audience.ASSIGNEE:
        assigned = [member for member in staff if member.id == claim.assignee and member.role in _WORKS]
        if assigned:
            return assigned
    found = [member for member in staff if member.role in _ROLES[audience]]
    return found or [member for member in staff if member.role is Role.MANAGER] or _owners(staff)


def _owners(staff: Sequence[StaffMember]) -> Sequence[StaffMember]:
    return [member for member in staff if member.role is Role.OWNER]


def _write(members: dict[str, StaffMember], claim: Claim, here: Sitting) -> None:
    """One letter to each, known by the claim's entry that tells of it."""
    letter = here.desk.late_letter
    if letter is None:
        return
    for member in members.values():
        mail_id = f"{claim.id}-{claim.version}-{member.id}"
        here.unit.mails.add(mail_id, letter(member, claim, here.now), here.now)
        here.unit.queue.add([SendMail(here.unit.merchant, mail_id)], key=mail_id)
