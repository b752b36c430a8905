"""A line somebody wants to send back, as its clocks stand at an instant: what `policy.decision` decides from."""

from collections.abc import Mapping
from datetime import datetime

from plugin.domain.entitlement import ClockState, LineEntitlements, Right
from plugin.domain.money import Money
from plugin.domain.policy.decision import Case
from plugin.domain.policy.terms import Fault, Track

_TRACKS: Mapping[Right, Track] = {
    Right.WITHDRAWAL: Track.WITHDRAWAL,
    Right.SHOP_RETURN: Track.RETURN,
    Right.EXCHANGE: Track.EXCHANGE,
    Right.COMMERCIAL_WARRANTY: Track.WARRANTY,
}
_USABLE = frozenset({ClockState.OPEN, ClockState.UNLIMITED})


def case_of(line: LineEntitlements, fault: Fault, price: Money, now: datetime, *, has_reason: bool) -> Case:
    """The case at `now` (aware UTC). A statutory right may be used before its clock starts, a promise once it runs."""
    states = {clock.right: clock.state(now) for clock in line.clocks}
    by_law = line.clock(Right.LEGAL_GUARANTEE)
    withdrawal = line.clock(Right.WITHDRAWAL)
    usable = {right for right, state in states.items() if state in _USABLE}
    not_begun = {right for right, state in states.items() if state is ClockState.NOT_STARTED}
    usable |= not_begun & {Right.WITHDRAWAL}
    return Case(
        fault=fault,
        has_reason=has_reason,
        price=price,
        open_tracks=frozenset(track for right, track in _TRACKS.items() if right in usable),
        had_withdrawal=withdrawal.absent is None,
        legal_payer=withdrawal.payer,
        is_liable=Right.LEGAL_GUARANTEE in usable,
        legal_remedies=by_law.remedies,
    )
