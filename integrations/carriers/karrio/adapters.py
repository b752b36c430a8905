"""Carriers' own accounts in the registry: those that karrio is installed for."""

from collections.abc import Mapping

from requests import Session

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers.karrio.apart import ApartSource
from integrations.carriers.karrio.kinds import installed_kinds
from integrations.carriers.karrio.opening import KarrioAccounts
from plugin.domain.tracking.account import CarrierAccount


def karrio_adapters(addresses: Mapping[str, str] | None = None) -> Mapping[str, CarrierAdapter]:
    """By kind. `addresses`: where a kind's carrier is asked instead of at its own address."""
    accounts = KarrioAccounts(addresses)
    return {name: CarrierAdapter(kind, accounts.source) for name, kind in installed_kinds().items()}


def karrio_apart(
    addresses: Mapping[str, str] | None = None, *, allows_private: bool = False
) -> Mapping[str, CarrierAdapter]:
    """The same, asked in a process of its own each time, so that this one never loads karrio."""
    where = addresses or {}

    def source(account: CarrierAccount, _: Session) -> ApartSource:
        return ApartSource(account, where.get(account.kind), allows_private=allows_private)

    return {name: CarrierAdapter(kind, source) for name, kind in installed_kinds().items()}
