"""Carriers' own accounts in the registry: those that karrio is installed for."""

from collections.abc import Mapping

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.karrio.kinds import installed_kinds
from integrations.carriers.karrio.opening import KarrioAccounts


def karrio_adapters(addresses: Mapping[str, str] | None = None) -> Mapping[str, CarrierAdapter]:
    """By kind. `addresses`: where a kind's carrier is asked instead of at its own address."""
    accounts = KarrioAccounts(addresses)
    return {name: CarrierAdapter(kind, accounts.source) for name, kind in installed_kinds().items()}
