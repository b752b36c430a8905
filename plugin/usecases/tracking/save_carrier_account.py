"""Open, change, order and close accounts with whoever tells of parcels; whatever was wrong before is forgotten then."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from plugin.domain.errors import Invalid, NotFound
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import CLOSED
from plugin.ports.carrier import CarrierKind, KeyField
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tracking.schedule_asking import wake_parcels

_LONGEST: Final = 500


class WrongKey(StrEnum):
    """What can be wrong with a field of an account."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    SECRET_AGAIN = "secret_again"  # noqa: S105 - a code
    """The kept secret belongs to other keys."""


class UnusableKeys(Invalid):
    """The form cannot be used; `wrong` says why at each field."""

    def __init__(self, wrong: Mapping[str, WrongKey]) -> None:
        super().__init__({"field": next(iter(wrong))})
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class _Typed:
    """A field as it came, and what is kept of it."""

    field: KeyField
    text: str
    kept: str


def save_carrier_account(
    kind: CarrierKind,
    typed: Mapping[str, str],
    *,
    merchant: MerchantId,
    units: Units,
    secrets: Secrets,
    now: datetime,
) -> CarrierAccount:
    """Keep an account's keys; a secret that is left empty stays as it is.

    Raises `UnusableKeys` with everything that is wrong, `Conflict` when somebody else was faster. A new one is asked
    after those there are; parcels nobody has told of yet, and those that waited for it, are asked about at once.
    """
    with units(merchant) as unit:
        known = unit.carrier_accounts.get(kind.kind)
        keys = _read(kind, typed, known)
        if known:
            saved = replace(known, keys=keys, breaker=CLOSED)
        else:
            rank = 1 + max((each.rank for each in unit.carrier_accounts.all()), default=-1)
            saved = CarrierAccount(kind.kind, keys, secrets.token(), now, rank=rank)
        unit.carrier_accounts.save(saved)
        wake_parcels(known, saved, kind.covers, unit, now)
        unit.commit()
    return saved


def switch_carrier_account(
    kind: str, *, is_on: bool, covers: Collection[str], merchant: MerchantId, units: Units, now: datetime
) -> None:
    """Ask it and listen to it, or do neither; `covers`: the carriers it tells of, none named: any. Raises `NotFound`.

    Parcels that waited for it are asked about at once.
    """
    with units(merchant) as unit:
        known = account_of(kind, unit)
        switched = replace(known, is_on=is_on, breaker=CLOSED)
        unit.carrier_accounts.save(switched)
        if is_on:
            wake_parcels(known, switched, covers, unit, now)
        unit.commit()


def prefer_carrier_account(kind: str, *, merchant: MerchantId, units: Units) -> None:
    """Ask it before the one that was asked before it so far. Raises `NotFound`."""
    with units(merchant) as unit:
        account_of(kind, unit)
        for rank, account in enumerate(_earlier(kind, unit.carrier_accounts.all())):
            if account.rank != rank:
                unit.carrier_accounts.save(replace(account, rank=rank))
        unit.commit()


def remove_carrier_account(kind: str, *, merchant: MerchantId, units: Units) -> None:
    """Forget it, with its keys and whatever it pushed. Raises `NotFound`."""
    with units(merchant) as unit:
        account_of(kind, unit)
        unit.carrier_accounts.remove(kind)
        unit.commit()


def account_of(kind: str, unit: UnitOfWork) -> CarrierAccount:
    """The merchant's account of this kind. Raises `NotFound`."""
    account = unit.carrier_accounts.get(kind)
    if account is None:
        raise NotFound({"carrier_account": kind[:_LONGEST]})
    return account


def _earlier(kind: str, accounts: Sequence[CarrierAccount]) -> list[CarrierAccount]:
    """All of them, that one a place further ahead."""
    ordered = list(accounts)
    place = next(at for at, each in enumerate(ordered) if each.kind == kind)
    ordered.insert(max(place - 1, 0), ordered.pop(place))
    return ordered


def _read(kind: CarrierKind, typed: Mapping[str, str], known: CarrierAccount | None) -> Mapping[str, str]:
    kept = known.keys if known else {}
    fields = [_Typed(each, typed.get(each.name, "").strip(), kept.get(each.name, "")) for each in kind.keys]
    is_other = any(each.kept and each.text != each.kept for each in fields if not each.field.is_secret)
    wrong = dict(_wrong(fields, is_other=is_other))
    if wrong:
        raise UnusableKeys(wrong)
    keys = {each.field.name: each.text or (each.kept if each.field.is_secret else "") for each in fields}
    return {name: value for name, value in keys.items() if value}


def _wrong(fields: Sequence[_Typed], *, is_other: bool) -> Iterator[tuple[str, WrongKey]]:
    for each in fields:
        if len(each.text) > _LONGEST:
            yield each.field.name, WrongKey.TOO_LONG
        elif not each.text and each.field.is_secret and each.kept and is_other:
            yield each.field.name, WrongKey.SECRET_AGAIN
        elif not each.text and not each.field.is_optional and not (each.field.is_secret and each.kept):
            yield each.field.name, WrongKey.MISSING
