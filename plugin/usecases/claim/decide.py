"""Decide a line as an agent: within what the merchant lets one person decide, else as a proposal to a second one."""

from collections.abc import Sequence

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.deciding import approve
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Actor, ActorKind, RemedyPlan
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money
from plugin.domain.shop import Role, StaffMember
from plugin.usecases.claim.act import Command


def agent(member: StaffMember) -> Actor:
    """A member of the staff as who acts on a claim."""
    return Actor(ActorKind.AGENT, member.id)


def approve_within(no: int, quantity: int, plan: RemedyPlan, by: StaffMember, settings: ClaimSettings) -> Command:
    """Approve units of a line, or propose it where the claim would then cost more than one person decides.

    Who agrees to a proposal is another person, at least a manager. Raises `RoleTooLow`, and what `approve` raises.
    """

    def command(claim: Claim) -> Sequence[Draft]:
        line = claim.line(no)
        needs_second = settings.needs_second(cost_with(claim, line, quantity, plan))
        is_proposed = line.proposed is not None and line.proposed.plan == plan
        if needs_second and is_proposed:
            require_role(by, Role.MANAGER)
        return approve(claim, no, quantity, plan, agent(by), needs_second=needs_second)

    return command


def cost_with(claim: Claim, line: ClaimLine, quantity: int, plan: RemedyPlan) -> Money:
    """What the claim costs with these units approved, fees aside; all of it together, so that parts hide nothing."""
    rest = max(line.quantity - quantity, 0)
    price = line.judged.price.split([quantity, rest])[0] if rest else line.judged.price
    others = (each for each in claim.lines if each.no != line.no and each.is_approved)
    return sum((_cost(each) for each in others), plan.amount or price)


def _cost(line: ClaimLine) -> Money:
    return line.plan.amount if line.plan and line.plan.amount else line.judged.price
