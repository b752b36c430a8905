"""The merchant's account with a label provider, and how parcels are carried from each country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from plugin.domain.errors import Invalid

EVERYWHERE: Final = "*"
_MOST_DAYS: Final = 365
_CODE: Final = re.compile(r"[a-z0-9_]+:[a-z0-9_/,.-]+")
_LONGEST: Final = 200


class ProviderKind(StrEnum):
    """Who sells labels; without one labels are uploaded, or an address slip is printed."""

    SENDCLOUD = "sendcloud"


@dataclass(frozen=True, slots=True)
class Carrying:
    """How parcels from a country are carried: the provider's code of it; `country` `*`: from everywhere else."""

    country: str
    code: str
    contract: int | None = None


@dataclass(frozen=True, slots=True)
class LabelAccount:
    """A key and its secret at a provider. `valid_days`: how long the carrier takes a label, None when nobody says."""

    kind: ProviderKind
    key: str
    secret: str = field(repr=False)
    carryings: tuple[Carrying, ...] = ()
    valid_days: int | None = None

    def carrying_from(self, country: str | None) -> Carrying | None:
        """How a parcel from this ISO 3166-1 country is carried; None: not by this account."""
        by_country = {each.country: each for each in self.carryings}
        return by_country.get(country or "") or by_country.get(EVERYWHERE)


class WrongAccount(StrEnum):
    """What can be wrong with a field."""

    MISSING = "missing"
    NOT_A_CARRYING = "not_a_carrying"
    NOT_DAYS = "not_days"
    SECRET_AGAIN = "secret_again"  # noqa: S105 - a code
    """The kept secret belongs to another key."""


class UnusableAccount(Invalid):
    """The form cannot be used; `wrong` says why at each field."""

    def __init__(self, wrong: dict[str, WrongAccount]) -> None:
        super().__init__({"field": next(iter(wrong))})
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class TypedAccount:
    """The form's fields as they came. `carryings`: a line for each country, as in `DE dpd:return/return 12345`.

    An empty `secret` means the one that is kept.
    """

    key: str
    secret: str = field(default="", repr=False)
    carryings: str = ""
    valid_days: str = ""


def read_account(typed: TypedAccount, known: LabelAccount | None) -> LabelAccount:
    """The account meant; raises `UnusableAccount` with everything that is wrong. A kept secret stays with its key."""
    wrong = dict(_wrong(typed, known))
    if wrong:
        raise UnusableAccount(wrong)
    secret = typed.secret.strip() or (known.secret if known else "")
    days = typed.valid_days.strip()
    carryings = tuple(each for each in map(_carrying, _lines(typed)) if each)
    return LabelAccount(ProviderKind.SENDCLOUD, typed.key.strip(), secret, carryings, int(days) if days else None)


def as_typed(account: LabelAccount | None) -> TypedAccount:
    """What is on record as the form shows it: everything but the secret."""
    if account is None:
        return TypedAccount("")
    lines = (" ".join((each.country, each.code, *_contract(each))) for each in account.carryings)
    days = "" if account.valid_days is None else str(account.valid_days)
    return TypedAccount(account.key, "", "\n".join(lines), days)


def _wrong(typed: TypedAccount, known: LabelAccount | None) -> Iterator[tuple[str, WrongAccount]]:
    if not typed.key.strip() or len(typed.key) > _LONGEST:
        yield "key", WrongAccount.MISSING
    if not typed.secret.strip():
        if known is None:
            yield "secret", WrongAccount.MISSING
        elif known.key != typed.key.strip():
            yield "secret", WrongAccount.SECRET_AGAIN
    lines = _lines(typed)
    if not lines:
        yield "carryings", WrongAccount.MISSING
    elif not _are_carryings(lines):
        yield "carryings", WrongAccount.NOT_A_CARRYING
    days = typed.valid_days.strip()
    if days and not (days.isascii() and days.isdecimal() and 1 <= int(days) <= _MOST_DAYS):
        yield "valid_days", WrongAccount.NOT_DAYS


def _lines(typed: TypedAccount) -> list[str]:
    return [line.strip() for line in typed.carryings.splitlines() if line.strip()]


def _are_carryings(lines: list[str]) -> bool:
    """Whether each line says how, and no country has two."""
    read = [_carrying(line) for line in lines]
    return None not in read and len({each.country for each in read if each}) == len(lines)


def _carrying(line: str) -> Carrying | None:
    country, _, rest = line.partition(" ")
    code, _, contract = rest.strip().partition(" ")
    number = contract.strip()
    is_place = country == EVERYWHERE or re.fullmatch(r"[A-Za-z]{2}", country)
    if not is_place or not _CODE.fullmatch(code) or not re.fullmatch(r"\d{0,12}", number):
        return None
    return Carrying(country.upper(), code, int(number) if number else None)


def _contract(carrying: Carrying) -> tuple[str, ...]:
    return () if carrying.contract is None else (str(carrying.contract),)
