"""A clock that does not exist on a line, and why."""

from plugin.domain.clocks.steps import step
from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.terms import Payer

STATUTORY = frozenset({Right.WITHDRAWAL, Right.LEGAL_GUARANTEE})


def no_clock(right: Right, absent: Absent, certainty: Certainty = Certainty.VERIFIED) -> Clock:
    """The right does not exist, for the reason given; `certainty` is that of the rule which says so."""
    return Clock(
        right=right,
        starts=None,
        event_day=None,
        nominal_last_day=None,
        last_day=None,
        closes_at=None,
        payer=Payer.UNKNOWN,
        remedies=(),
        basis=(),
        trace=(step(absent.value),),
        certainty=certainty,
        is_statutory=right in STATUTORY,
        absent=absent.value,
    )
