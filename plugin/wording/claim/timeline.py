"""What has happened to a claim, in the very words its letters tell it in; and what was written, both ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_time

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import MessageSent, MessageTranslated, Opened, SendingTold
from plugin.domain.claim.letters import ClaimLetterKind, letters_for
from plugin.domain.claim.record import Entry
from plugin.domain.claim.replay import after, replay
from plugin.domain.claim.vocabulary import ActorKind, ClaimTrack
from plugin.i18n import Catalogue

_ELSEWHERE = frozenset({ClaimLetterKind.MESSAGE})
"""Messages stand in the conversation."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: when, by the shopper's clock, and what it means."""

    day: date
    time: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote. `text` None: erased. `original` where `text` is a translation of it."""

    day: date
    time: str
    is_shoppers: bool
    text: str | None
    original: str | None = None


def timeline(claim: Claim, entries: Sequence[Entry], words: Catalogue) -> tuple[Happened, ...]:
    """Newest first."""
    return tuple(reversed(tuple(_happened(claim, entries, words))))


def messages(claim: Claim, entries: Sequence[Entry], words: Catalogue) -> tuple[Message, ...]:
    """Oldest first; in the reader's language where somebody translated it."""
    translated = {
        entry.event.of: entry.words
        for entry in entries
        if isinstance(entry.event, MessageTranslated) and entry.event.language == words.language and entry.words
    }
    return tuple(_message(claim, entry, translated, words) for entry in entries if isinstance(entry.event, MessageSent))


def _happened(claim: Claim, entries: Sequence[Entry], words: Catalogue) -> Iterator[Happened]:
    """What is recorded in one instant is one act."""
    before: Claim | None = None
    for _, group in groupby(entries, key=lambda entry: entry.at):
        act = tuple(group)
        known = after(before, act) if before else replay(claim.id, act)
        at = {entry.seq: entry for entry in act}
        if isinstance(act[0].event, Opened) and claim.track is ClaimTrack.WITHDRAWAL:
            yield _told(claim, act[0], words.text("claim.status.declared"), "", words)
        for letter in letters_for(before, known, act):
            if letter.kind not in _ELSEWHERE:
                key = f"mail.claim.{letter.kind.value}"
                title = words.text(f"{key}.subject", number=claim.number)
                yield _told(claim, at.get(letter.seq, act[0]), title, words.text(f"{key}.text"), words)
        sent = [entry for entry in act if isinstance(entry.event, SendingTold)]
        for day in dict.fromkeys(entry.event.sent_on for entry in sent if isinstance(entry.event, SendingTold)):
            yield _told(claim, sent[0], words.text("claim.sent.told", day=day), "", words)
        before = known


def _told(claim: Claim, entry: Entry, title: str, text: str, words: Catalogue) -> Happened:
    local = entry.at.astimezone(ZoneInfo(claim.zone or "UTC"))
    return Happened(local.date(), _time(local, words), title, text)


def _message(claim: Claim, entry: Entry, translated: dict[int, str], words: Catalogue) -> Message:
    local = entry.at.astimezone(ZoneInfo(claim.zone or "UTC"))
    text = translated.get(entry.seq, entry.words)
    return Message(
        day=local.date(),
        time=_time(local, words),
        is_shoppers=entry.actor.kind is ActorKind.SHOPPER,
        text=text,
        original=entry.words if entry.seq in translated else None,
    )


def _time(local: datetime, words: Catalogue) -> str:
    return str(format_time(local, "short", locale=words.locale))
