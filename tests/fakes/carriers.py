"""Kinds of carrier accounts that say what a test lets them say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest

from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import AskedParcel, Capability, CarrierKind, CarrierSource, KeyField, PushReader, Told
from plugin.ports.errors import Unreadable

Answer = Callable[[Sequence[AskedParcel], datetime], Sequence[Told]]
BOTH = frozenset({Capability.POLL, Capability.PUSH})


def a_kind(
    kind: str, *covers: str, batch: int = 1, pause: timedelta = timedelta(), is_registering: bool = False
) -> CarrierKind:
    keys = (
        KeyField("client", is_secret=False),
        KeyField("secret"),
        KeyField("site", is_secret=False, is_optional=True),
    )
    page = "https://carrier.example/api"
    return CarrierKind(kind, kind.upper(), BOTH, keys, frozenset(covers), batch, pause, page, is_registering)


@dataclass(slots=True)
class FakeCarriers:
    """`Carriers`; `answers` by kind: what is said, or raised. `asked` keeps every question: kind and parcels."""

    known: dict[str, CarrierKind] = field(default_factory=dict)
    answers: dict[str, Answer | Exception] = field(default_factory=dict)
    asked: list[tuple[str, tuple[AskedParcel, ...]]] = field(default_factory=list)
    pushes: dict[bytes, Sequence[Told]] = field(default_factory=dict)
    """What each body pushed means; others are unreadable."""
    left_out: dict[str, CarrierKind] = field(default_factory=dict)

    def kinds(self) -> Mapping[str, CarrierKind]:
        return self.known

    def missing(self) -> Mapping[str, CarrierKind]:
        return self.left_out

    def source(self, account: CarrierAccount) -> CarrierSource | None:
        return FakeSource(self, account) if account.kind in self.answers else None

    def push(self, account: CarrierAccount) -> PushReader | None:
        return FakePushReader(self, account) if account.kind in self.known else None

    def numbers(self, kind: str) -> list[list[str]]:
        """Give the numbers of each question to this kind."""
        return [[parcel.number for parcel in parcels] for asked, parcels in self.asked if asked == kind]


@dataclass(frozen=True, slots=True)
class FakeSource:
    carriers: FakeCarriers
    account: CarrierAccount

    def ask(self, parcels: Sequence[AskedParcel], now: datetime) -> Sequence[Told]:
        kind = self.account.kind
        self.carriers.asked.append((kind, tuple(parcels)))
        answer = self.carriers.answers[kind]
        if isinstance(answer, Exception):
            raise answer
        return answer(parcels, now)


@dataclass(frozen=True, slots=True)
class FakePushReader:
    carriers: FakeCarriers
    account: CarrierAccount

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        del body
        return compare_digest(headers.get("sign", ""), self.account.keys["secret"])

    def read(self, body: bytes, heard_at: datetime) -> Sequence[Told]:
        del heard_at
        if body not in self.carriers.pushes:
            raise Unreadable("not_json", "data")
        return self.carriers.pushes[body]
