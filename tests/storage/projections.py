"""Entitlements with everything filled in, as the engine might have computed them."""

from dataclasses import replace
from datetime import date, datetime

from plugin.domain.basis import Basis
from plugin.domain.entitlement import Clock, LineEntitlements, Right, TraceStep
from plugin.domain.ids import LineId
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer
from plugin.domain.remedy import Remedy
from plugin.domain.times import Moment, Source
from tests.build import DELIVERED

CLOSES = datetime.fromisoformat("2026-11-19T23:00:00+00:00")


def a_clock(right: Right = Right.WITHDRAWAL, **facts: object) -> Clock:
    clock = Clock(
        right=right,
        starts=Moment(DELIVERED, Source.CARRIER),
        event_day=date(2026, 11, 5),
        nominal_last_day=date(2026, 11, 19),
        last_day=date(2026, 11, 19),
        closes_at=CLOSES,
        payer=Payer.SHOP,
        remedies=(Remedy.REFUND, Remedy.EXCHANGE),
        basis=(Basis("law", "CRD", "Directive 2011/83/EU art. 9"),),
        trace=(TraceStep("delivered", (("day", "2026-11-05"),)),),
        certainty=Certainty.VERIFIED,
        is_statutory=True,
    )
    return replace(clock, **facts)  # type: ignore[arg-type]  # a test names fields of the clock


def a_projection(line: LineId, *clocks: Clock) -> LineEntitlements:
    """Give one clock per right unless told which."""
    return LineEntitlements(line, clocks or tuple(map(a_clock, Right)), "rules1", "days1", "v1", "Europe/Berlin")
