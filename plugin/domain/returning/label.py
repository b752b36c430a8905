"""The life of one label: asked for, issued, run out, issued anew; every step is a transition.

A label is asked for when goods are to come back and not before, because carriers let labels run out before the law
lets the shopper's time run out. One that has run out is replaced by a label of its own for as long as the shopper may
still send, so that nobody loses a right to a date a carrier has set.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from plugin.domain.ids import ClaimId, LabelId, LineId, OrderId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.errors import LabelNotInThatState

UPLOAD_NEEDED = "upload_needed"
"""The code of a label that the merchant has to upload."""


class LabelSource(StrEnum):
    """Where a label comes from."""

    PROVIDER = "provider"
    """Bought from the merchant's label provider."""
    UPLOADED = "uploaded"
    """A file the merchant made elsewhere."""
    ADDRESS = "address"
    """An address slip of ours, for a carrier the shopper chooses; it costs nothing and never runs out."""


class LabelState(StrEnum):
    """Where a label stands."""

    REQUESTED = "requested"
    """To be bought; not tried yet, or tried without an answer so far."""
    ISSUED = "issued"
    EXPIRED = "expired"
    FAILED = "failed"
    """Parked with `code`; a person tries again or uploads one."""
    CLOSED = "closed"
    """Of no use any more: the parcel was handed over, the claim ended, or another label took its place."""


_S = LabelState
_NEXT = {
    _S.REQUESTED: frozenset({_S.ISSUED, _S.FAILED, _S.CLOSED}),
    _S.ISSUED: frozenset({_S.EXPIRED, _S.CLOSED}),
    _S.EXPIRED: frozenset({_S.CLOSED}),
    _S.FAILED: frozenset({_S.REQUESTED, _S.ISSUED, _S.CLOSED}),
    _S.CLOSED: frozenset[LabelState](),
}
"""From `failed` to `issued` by an upload."""
LIVE = frozenset({_S.REQUESTED, _S.ISSUED, _S.FAILED})
"""A parcel has at most one label in one of these."""


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """How many units of a line the parcel holds."""

    line: LineId
    quantity: int


@dataclass(frozen=True, slots=True)
class LabelFile:
    """The sealed file: its object's name, what it is, its size in bytes and SHA-256 (hex) before sealing."""

    object: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Carriage:
    """What a provider tells of a label it sold; `valid_until` None: it does not say."""

    reference: str
    carrier: str | None = None
    tracking: str | None = None
    tracking_url: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One label for one parcel of a claim. Instants are UTC.

    `wanted_until`: as long as the shopper may send the goods; None: without end. `valid_until`: as long as the carrier
    takes the label; None: without end, or nobody says. `due_at`: when the next attempt to buy may begin. `replaces`
    names the label that ran out. The address it is sent from stays with the order, sealed.
    """

    id: LabelId
    claim: ClaimId
    order: OrderId
    claim_number: str
    source: LabelSource
    to: ReturnAddress
    lines: tuple[LabelledLine, ...]
    created_at: datetime
    changed_at: datetime
    wanted_until: datetime | None = None
    grams: int | None = None
    state: LabelState = LabelState.REQUESTED
    valid_until: datetime | None = None
    issued_at: datetime | None = None
    carriage: Carriage | None = None
    file: LabelFile | None = None
    code: str | None = None
    detail: str = field(default="", repr=False)
    """The provider's own words about a failure, for who looks closer: they may be personal."""
    attempts: int = 0
    due_at: datetime | None = None
    replaces: LabelId | None = None
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def idempotency_key(self) -> str:
        """The one key of this label at the provider, the same at every attempt."""
        return self.id

    @property
    def is_live(self) -> bool:
        """Whether it is, or may yet become, the label the shopper uses."""
        return self.state in LIVE

    def is_wanted(self, now: datetime) -> bool:
        """Whether the shopper may still send by it or by one in its place."""
        return self.wanted_until is None or now < self.wanted_until

    def has_run_out(self, now: datetime) -> bool:
        """Whether the carrier takes it no more, though nothing is on record of that yet."""
        return self.state is LabelState.ISSUED and self.valid_until is not None and self.valid_until <= now

    def is_for(self, claim: ClaimId, to: ReturnAddress, lines: tuple[LabelledLine, ...]) -> bool:
        """Whether it is for the same parcel."""
        return (self.claim, self.to, frozenset(self.lines)) == (claim, to, frozenset(lines))

    def awaiting(self, due_at: datetime) -> Self:
        """To be bought from then on."""
        self._must_be(LabelState.REQUESTED)
        return replace(self, due_at=due_at)

    def attempted(self, now: datetime, lease_until: datetime) -> Self:
        """An attempt begins; nobody else begins one before `lease_until`."""
        self._must_be(LabelState.REQUESTED)
        return replace(self, attempts=self.attempts + 1, due_at=lease_until, changed_at=now)

    def issued(
        self, file: LabelFile | None, carriage: Carriage | None, valid_until: datetime | None, now: datetime
    ) -> Self:
        """It is there; `file` None for an address slip, which is drawn when it is asked for."""
        there = replace(self._to(LabelState.ISSUED, now), file=file, carriage=carriage, code=None, detail="")
        return replace(there, valid_until=valid_until, issued_at=now)

    def unanswered(self, code: str, detail: str, next_at: datetime | None, now: datetime) -> Self:
        """No useful answer: tried again at `next_at`, parked when that is None."""
        self._must_be(LabelState.REQUESTED)
        if next_at is None:
            return self.failed(code, detail, now)
        return replace(self, code=code, detail=detail, due_at=next_at, changed_at=now)

    def failed(self, code: str, detail: str, now: datetime) -> Self:
        """Refused, or given up on: it waits for a person."""
        return replace(self._to(LabelState.FAILED, now), code=code, detail=detail)

    def tried_again(self, now: datetime, grams: int | None = None) -> Self:
        """A person asks for another attempt, under the same key; `grams` corrects the weight."""
        again = replace(self._to(LabelState.REQUESTED, now), attempts=0, code=None, detail="", due_at=now)
        return replace(again, grams=self.grams if grams is None else grams)

    def expired(self, now: datetime) -> Self:
        """The carrier takes it no more."""
        return self._to(LabelState.EXPIRED, now)

    def closed(self, now: datetime) -> Self:
        """Of no use any more."""
        return self._to(LabelState.CLOSED, now)

    def renewal(self, label: LabelId, now: datetime) -> Self:
        """The label that takes the place of this one, which has run out."""
        self._must_be(LabelState.EXPIRED)
        fresh = replace(self, id=label, replaces=self.id, state=LabelState.REQUESTED, version=0, attempts=0)
        blank = replace(fresh, file=None, carriage=None, valid_until=None, issued_at=None, code=None, detail="")
        return replace(blank, created_at=now, changed_at=now, due_at=now)

    def _to(self, state: LabelState, now: datetime) -> Self:
        if state not in _NEXT[self.state]:
            raise LabelNotInThatState({"label": self.id, "state": self.state, "wanted": state})
        return replace(self, state=state, changed_at=now, due_at=None)

    def _must_be(self, state: LabelState) -> None:
        if self.state is not state:
            raise LabelNotInThatState({"label": self.id, "state": self.state, "wanted": state})


def valid_for(days: int | None, issued_at: datetime) -> datetime | None:
    """Until when a carrier takes a label that it takes for so many days; None: nobody says."""
    return None if days is None else issued_at + timedelta(days=days)
