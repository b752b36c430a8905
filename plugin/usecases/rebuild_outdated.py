"""Compute projections again that come from another rulebook or holiday calendar than the present one."""

from datetime import datetime

from plugin.domain.clocks.engine import Law
from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units
from plugin.usecases.rebuild_entitlements import rebuild_entitlements

_BATCH = 500
_MOST_BATCHES = 40
"""In one run, so that a new rulebook for a large shop shares the worker with everything else; the next run goes on."""


def rebuild_outdated(*, merchant: MerchantId, units: Units, law: Law, now: datetime) -> int:
    """How many projections changed; where none is outdated, one look tells."""
    changed = 0
    for _ in range(_MOST_BATCHES):
        with units.read(merchant) as unit:
            orders = unit.entitlements.outdated(law.rulebook.version, law.calendar.version, _BATCH)
        rebuilt = rebuild_entitlements(orders, merchant=merchant, units=units, law=law, now=now) if orders else 0
        if rebuilt == 0:
            break  # nothing left, or somebody else is at it
        changed += rebuilt
    return changed
