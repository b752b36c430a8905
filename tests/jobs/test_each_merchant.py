"""A job that fails for one merchant runs for all others, and is still told as failed."""

from __future__ import annotations

import pytest

from plugin.domain.ids import MerchantId
from plugin.domain.shop import Merchant
from plugin.jobs.each_merchant import for_each
from tests.build import NOW
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits
from tests.support.claim_desk import LAW


def test_a_merchant_for_whom_a_job_fails_keeps_nobody_else_waiting() -> None:
    units, had_their_turn = FakeUnits(), []
    for name in ("first", "second", "third"):
        with units(MerchantId(name)) as unit:
            unit.shops.add_merchant(Merchant(MerchantId(name), name, NOW))
            unit.commit()

    def run(merchant: MerchantId) -> int:
        had_their_turn.append(merchant)
        if merchant == "first":
            raise ValueError("a fault of its own")
        return 0

    with pytest.raises(ValueError, match="a fault of its own"):
        for_each(fake_deps(units, LAW), "look", run)
    assert sorted(had_their_turn) == ["first", "second", "third"]
