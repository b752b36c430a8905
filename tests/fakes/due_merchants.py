"""Whose turn it is, for who keeps everything in memory: everybody's, which the port allows."""

from __future__ import annotations

from collections.abc import Sequence

from plugin.domain.ids import MerchantId
from tests.fakes.units import FakeUnits


class EveryMerchant:
    """`plugin.ports.due_merchants.DueMerchants`."""

    def __init__(self, units: FakeUnits) -> None:
        self._units = units

    def everybody(self, *_asked: object) -> Sequence[MerchantId]:
        return [merchant.id for merchant in self._units.merchants()]

    refunds = labels = label_files = keys = removals = postings = claims = everybody
    returns = policies = outages = data_requests = parcels = everybody
