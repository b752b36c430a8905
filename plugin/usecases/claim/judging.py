"""What decides about an order's lines, gathered once."""

from plugin.domain.claim.judging import Judge
from plugin.domain.stored import StoredOrder
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.quote_entitlements import later_of, policy_of, quote


def judge_of(stored: StoredOrder, here: Sitting) -> Judge:
    """Order, clocks, policy and those made since, as of now."""
    policy = policy_of(stored, here.unit)
    later = later_of(stored, policy, here.unit, here.now)
    return Judge(stored, quote(stored, policy, here.desk.law, later).lines, policy, later, here.desk.law)
