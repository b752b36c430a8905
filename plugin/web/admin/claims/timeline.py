"""The record of a claim in words: who did what and when, in the reader's language, as dense as a page of a logbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plugin.domain.claim import events
from plugin.domain.claim.machines.goods import RESTOCKED, SHIPPING_STOPPED, InspectionState
from plugin.domain.claim.record import Entry
from plugin.domain.claim.vocabulary import ActorKind
from plugin.i18n import Catalogue, Fact
from plugin.web.admin.pages import format_money
from plugin.wording.policy_values import name_text

_SAID = (events.MessageSent, events.MessageTranslated, events.NoteAdded)
_QUIET = (events.TimerStarted, events.TimerPaused, events.TimerResumed, events.TimerMet, events.SurveyPlanned)
"""What happens by itself and so often that it would hide the rest."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry. `words` is what somebody wrote; `is_erased`: they were erased. `is_note`: not for the shopper."""

    seq: int
    at: datetime
    who: str
    text: str
    words: str | None
    is_erased: bool
    is_said: bool
    is_note: bool
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called: items by claim line, colleagues by id."""

    lines: Mapping[int, str]
    staff: Mapping[str, str]


def timeline(entries: Sequence[Entry], names: Names, said: Catalogue) -> tuple[Happened, ...]:
    """Every entry in words, oldest first, but those of the clock that say nothing new."""
    return tuple(_happened(entry, names, said) for entry in entries if not isinstance(entry.event, _QUIET))


def since(entries: Sequence[Entry], seen: int, names: Names, said: Catalogue) -> tuple[Happened, ...]:
    """What happened after the version that a page showed."""
    return timeline([entry for entry in entries if entry.seq > seen], names, said)


def _happened(entry: Entry, names: Names, said: Catalogue) -> Happened:
    kind = entry.actor.kind
    who = names.staff.get(entry.actor.id or "", "") if kind is ActorKind.AGENT else ""
    return Happened(
        entry.seq,
        entry.at,
        who or said.text(f"desk.actor.{kind.value}"),
        _text(entry, names, said),
        entry.words,
        entry.is_erased,
        isinstance(entry.event, _SAID) or (isinstance(entry.event, events.SurveyAnswered) and _has_words(entry)),
        isinstance(entry.event, events.NoteAdded),
        kind is ActorKind.AGENT,
    )


def _has_words(entry: Entry) -> bool:
    return entry.words is not None or entry.is_erased


def _text(entry: Entry, names: Names, said: Catalogue) -> str:
    event, name = entry.event, type(entry.event).__name__
    key = f"desk.event.{name}"
    if getattr(event, "needs_person", False):
        key = "desk.event.Examined.person"
    elif isinstance(event, events.Inspected) and event.to is InspectionState.NOT_LOOKED_AT:
        key = "desk.event.Inspected.back"
    elif isinstance(event, events.GoodwillMoved):
        key = f"desk.event.GoodwillMoved.{event.to.value}"
    elif isinstance(event, events.ShippingStopped) and event.outcome != SHIPPING_STOPPED:
        key = "desk.event.ShippingStopped.not"
    elif isinstance(event, events.Restocked) and event.outcome != RESTOCKED:
        key = "desk.event.Restocked.not"
    text = said.text(key, **dict(_facts(event, names, said)), **_own_words(entry))
    line = getattr(event, "line", None)
    title = names.lines.get(line) if isinstance(line, int) and len(names.lines) > 1 else None
    return said.text("desk.event.about", what=title, text=text) if title else text


_STATES: Mapping[type[events.Event], str] = {
    events.Decided: "decision",
    events.RemedyMoved: "remedy_state",
    events.ReturnMoved: "leg",
    events.Inspected: "found",
    events.RepairMoved: "repair",
    events.PartMoved: "part",
    events.RefundMoved: "refund",
    events.WithdrawalMoved: "withdrawal",
    events.StageMoved: "stage",
}
"""Events that move a machine, and under what its states are worded."""

_FACTS: Mapping[type[events.Event], Callable[[Any, Names, Catalogue], Mapping[str, Fact]]] = {
    events.TierSet: lambda e, _, s: {"tier": s.text(f"desk.tier.{e.tier.value}")},
    events.Assigned: lambda e, n, s: {"name": n.staff.get(e.agent or "", "") or s.text("desk.nobody")},
    events.MessageTranslated: lambda e, _, s: {"language": s.language_name(e.language)},
    events.MailQueued: lambda e, _, s: {"letter": _letter(e.kind, s)},
    events.LineSplit: lambda e, _, __: {"n": e.quantity},
    events.Proposed: lambda e, _, s: {"remedy": name_text(e.plan.remedy, s)},
    events.Disposed: lambda e, _, s: {"state": s.text(f"desk.disposition.{e.disposition.value}")},
    events.SendingTold: lambda e, _, __: {"day": e.sent_on, "tracking": e.tracking or "–"},
    events.Restocked: lambda e, _, __: {"n": e.quantity},
    events.SurveyAnswered: lambda e, _, s: {"answer": s.text(f"claim.survey.{e.answer.value}")},
    events.GuaranteeExtended: lambda e, _, __: {"n": e.months},
    events.RefundPlanned: lambda e, _, s: {"amount": format_money(e.total, s)},
    events.GoodwillGranted: lambda e, _, s: {"amount": format_money(e.amount, s)},
}


def _facts(event: events.Event, names: Names, said: Catalogue) -> Iterator[tuple[str, Fact]]:
    machine, special = _STATES.get(type(event)), _FACTS.get(type(event))
    if machine:
        yield "state", said.text(f"desk.{machine}.{event.to.value}")  # type: ignore[union-attr]  # every event there has one
    if special:
        yield from special(event, names, said).items()


def _own_words(entry: Entry) -> Mapping[str, Fact]:
    """What stands in the sentence as the shopper wrote it."""
    return {"carrier": entry.words or "–"} if isinstance(entry.event, events.SendingTold) else {}


def _letter(kind: str, said: Catalogue) -> str:
    key = next((key for key in (f"sending.kind.{kind}", f"sending.kind.claim_{kind}") if said.has(key)), None)
    return said.text(key) if key else kind
