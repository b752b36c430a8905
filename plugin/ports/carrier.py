"""What who tells of parcels does for us: answer when asked, or push what is new. One adapter a kind of account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.report import Report


class Capability(StrEnum):
    """What a kind of account can do."""

    POLL = "poll"
    PUSH = "push"
    FORECAST = "forecast"
    """Says when it expects to deliver."""


@dataclass(frozen=True, slots=True)
class KeyField:
    """One thing an account needs: `name` in `CarrierAccount.keys`; what is not secret may be shown again."""

    name: str
    is_secret: bool = True
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class CarrierKind:
    """What is known of a kind of account before one is opened.

    `covers`: the carriers (slugs) whose parcels it tells of; empty: whoever's. `batch`: how many numbers one question
    holds. `pause`: the least time between two questions of one account, by the other side's documented limits.
    `is_registering`: it follows a number from the first question on, and may charge for it.
    """

    kind: str
    name: str
    capabilities: frozenset[Capability]
    keys: tuple[KeyField, ...]
    covers: frozenset[str] = frozenset()
    batch: int = 1
    pause: timedelta = timedelta()
    documentation: str = ""
    is_registering: bool = False


@dataclass(frozen=True, slots=True)
class AskedParcel:
    """A parcel as it is asked for. `carrier` is our slug, None: the other side finds out.

    `is_registered`: the other side was told of it before (17TRACK and AfterShip want that once).
    """

    number: str
    carrier: str | None = None
    origin: str | None = None
    destination: str | None = None
    postcode: str | None = field(default=None, repr=False)
    shipped_on: date | None = None
    is_registered: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the carrier expects to deliver: days local to the destination, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one number. `is_known` False: the other side has no such parcel (yet).

    `is_refused`: nobody looked for it, for the account's quota lets it follow no further number; others are told of.

    `carrier`: the slug it was found under, which corrects a guess; None: not said. `final_number`/`final_carrier`: the
    last mile's, where it changes hands. Reports are as they came (`Source.CARRIER`), in any order, repeats included.
    """

    number: str
    is_known: bool
    carrier: str | None = None
    reports: tuple[Report, ...] = field(default=(), repr=False)
    forecast: Forecast | None = None
    service: str | None = None
    origin: str | None = None
    destination: str | None = None
    final_number: str | None = None
    final_carrier: str | None = None
    is_refused: bool = False


class CarrierSource(Protocol):
    """One opened account."""

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        """What is known of at most `CarrierKind.batch` parcels, one answer each, registering them where that is needed.

        Raises `Unavailable` (with `retry_after` where told) when nothing useful came back, `Rejected` when the account
        may not ask (code `bad_keys`, `no_quota`, `not_allowed`) or the question is wrong, `Unreadable` for an answer
        nobody can read.
        """
        ...


class PushReader(Protocol):
    """Reads what the other side pushes to us, for one account."""

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether it is signed with the account's secret, in constant time and before anything is parsed."""
        ...

    def read(self, body: bytes, heard_at: datetime) -> Sequence[Told]:
        """What it tells. Raises `Unreadable`; a message that tells of no parcel gives nothing."""
        ...


class Carriers(Protocol):
    """All kinds of accounts there are adapters for."""

    def kinds(self) -> Mapping[str, CarrierKind]:
        """By kind; those whose adapter is not installed here are left out."""
        ...

    def missing(self) -> Mapping[str, CarrierKind]:
        """Those left out: they would be there with the extra `carriers` installed."""
        ...

    def source(self, account: CarrierAccount) -> CarrierSource | None:
        """Opens an account; talks to nobody yet. None: this kind is not asked, or not installed."""
        ...

    def push(self, account: CarrierAccount) -> PushReader | None:
        """What reads this account's pushes; None: this kind does not push."""
        ...
