"""The record of a claim: entries that only ever follow one another, each bound to the one before by its hash.

An entry's `body` is what is hashed, byte for byte as it was written: canonical JSON (RFC 8259, UTF-8, keys sorted, no
white space, no fractions) of claim, number, instant, actor, event, the seal of its private words, and the hash before.
Private words are no part of it: only `seal`, the SHA-256 of a random salt and the words. Words and salt are kept apart,
encrypted under the person's key; once they are erased the chain still holds and nobody can guess at what was said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from plugin.domain.claim.events import EVENTS, Event
from plugin.domain.claim.vocabulary import Actor
from plugin.domain.decoding import convert
from plugin.domain.errors import DomainError
from plugin.domain.ids import ClaimId
from plugin.domain.times import utc

FIRST = "0" * 64
"""What the first entry follows."""


class BrokenChain(DomainError):
    """An entry is not what was written, or not where it was written; `seq` says the first."""

    code = "broken_chain"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be recorded; `words` is what somebody wrote, personal."""

    event: Event
    actor: Actor
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Private:
    """Words and the salt of their seal, hexadecimal; kept encrypted and erased with the person."""

    words: str
    salt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded event. `private` is None when nobody wrote anything, and after the person was erased."""

    seq: int
    at: datetime
    actor: Actor
    event: Event
    seal: str | None
    previous: str
    body: bytes
    hash: str
    private: Private | None = None

    @property
    def words(self) -> str | None:
        """What was written, while it may be read."""
        return self.private.words if self.private else None

    @property
    def is_erased(self) -> bool:
        """Whether there were words once."""
        return self.seal is not None and self.private is None


def extend(
    claim: ClaimId, entries: Sequence[Entry], drafts: Sequence[Draft], at: datetime, salts: Iterator[str]
) -> tuple[Entry, ...]:
    """The entries to append, in order. `salts` gives 32 fresh random hexadecimal digits each."""
    added: list[Entry] = []
    previous, seq = (entries[-1].hash, entries[-1].seq) if entries else (FIRST, 0)
    for draft in drafts:
        seq += 1
        private = None if draft.words is None else Private(draft.words, next(salts))
        entry = read_entry(_body(claim, seq, utc(at), draft, private, previous), private)
        added.append(entry)
        previous = entry.hash
    return tuple(added)


def read_entry(body: bytes, private: Private | None) -> Entry:
    """An entry from its recorded bytes. Raises `BrokenChain` when they are no entry at all."""
    try:
        raw = msgspec.json.decode(body)
        kind = EVENTS[raw["event"]["type"]]
        facts = {name: value for name, value in raw["event"].items() if name != "type"}
        return Entry(
            seq=raw["seq"],
            at=convert(raw["at"], datetime),
            actor=convert(raw["actor"], Actor),
            event=convert(facts, kind),
            seal=raw["seal"],
            previous=raw["previous"],
            body=body,
            hash=sha256(body).hexdigest(),
            private=private,
        )
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise BrokenChain({"seq": None}) from error


def verify(claim: ClaimId, entries: Sequence[Entry]) -> None:
    """Whether the record is as it was written; erased words are no break.

    Raises `BrokenChain` at the first entry that is missing, moved, changed, of another claim, or whose words are not
    those that were sealed.
    """
    previous = FIRST
    for at, entry in enumerate(entries, start=1):
        raw = msgspec.json.decode(entry.body)
        is_here = (raw["claim"], entry.seq, entry.previous) == (claim, at, previous)
        is_said = entry.private is None or entry.seal == seal_of(entry.private)
        if not (is_here and is_said and sha256(entry.body).hexdigest() == entry.hash):
            raise BrokenChain({"seq": at})
        previous = entry.hash


def seal_of(private: Private) -> str:
    """The commitment to words that leaves nothing to guess at without the salt."""
    return sha256(bytes.fromhex(private.salt) + private.words.encode()).hexdigest()


def canonical(value: object) -> bytes:
    """Canonical JSON of builtins, dataclasses, enums and instants."""
    return msgspec.json.encode(value, order="sorted")


def _body(claim: ClaimId, seq: int, at: datetime, draft: Draft, private: Private | None, previous: str) -> bytes:
    event: dict[str, Any] = {"type": type(draft.event).__name__, **msgspec.to_builtins(draft.event)}
    return canonical(
        {
            "claim": claim,
            "seq": seq,
            "at": at,
            "actor": draft.actor,
            "event": event,
            "seal": seal_of(private) if private else None,
            "previous": previous,
        }
    )
