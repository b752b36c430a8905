"""What `create_app` would hand out, on units of work in memory; a port a test does not name is not there to be used."""

from __future__ import annotations

from typing import Any, cast

from plugin.domain.clocks.engine import Law
from plugin.ports.deps import Deps
from tests.build import NOW
from tests.fakes.due_merchants import EveryMerchant
from tests.fakes.shipments import FakeShipmentLease
from tests.fakes.sources import FakeClock, FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits


def fake_deps(units: FakeUnits, law: Law, **named: Any) -> Deps:  # noqa: ANN401 - any port, by its name in `Deps`
    """Dependencies at `NOW`, with the ports named instead."""
    unused = cast("object", None)
    leases = {
        "inbox_lease": units,
        "due_merchants": EveryMerchant(units),
        "connection_lease": units,
        "shipment_lease": FakeShipmentLease(units),
    }
    of_units = {"units": units, "directory": units, "arrivals": units, **leases}
    sources = {"clock": FakeClock(NOW), "ids": FakeIds(), "secrets": FakeSecrets()}
    absent = dict.fromkeys(
        ("views", "vitals", "mailer", "mailbox", "letter", "invitation", "evidence", "retention", "actions"), unused
    )
    return Deps(**{**of_units, **sources, **absent, "translators": {}, "sources": {}, "law": law, **named})
