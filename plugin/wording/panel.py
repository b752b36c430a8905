"""The clocks of an order line in words, as of an instant: what holds and until when, why, who pays, from where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from plugin.domain.entitlement import Absent, Clock, ClockState, LineEntitlements, Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy import Payer
from plugin.domain.policy.terms import Anchor
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.names import label_of_clock, title
from plugin.wording.trace import excepted_key, joined, reason_text, source_text, trace_text

_A_MOMENT = timedelta(microseconds=1)
_OF_GOODS = frozenset({Right.LEGAL_GUARANTEE, Right.COMMERCIAL_WARRANTY})
_BY_LAW_INSTEAD = {Right.SHOP_RETURN: Right.WITHDRAWAL, Right.COMMERCIAL_WARRANTY: Right.LEGAL_GUARANTEE}
_UNKNOWN_LAW = frozenset({Absent.COUNTRY_UNKNOWN, Absent.LAW_UNKNOWN})


@dataclass(frozen=True, slots=True)
class WordedSource:
    """Where a right comes from: `law` or `policy`, and the citation to show."""

    kind: str
    citation: str


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One clock in words. `label` says whose promise it is; `payer` is empty where there is nothing to pay.

    `opens_at` and `closes_at` are aware UTC, `closes_at` exclusive; `trace` is the whole reasoning, a sentence each.
    """

    right: Right
    label: str
    title: str
    sentence: str
    reason: str
    payer: str
    state: ClockState
    state_word: str
    is_statutory: bool
    opens_at: datetime | None
    closes_at: datetime | None
    sources: tuple[WordedSource, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The panel's own words."""

    heading: str
    closed: str
    sources: str


def panel_words(words: Catalogue) -> PanelWords:
    """The heading and the names of what folds away."""
    return PanelWords(words.text("panel.heading"), words.text("panel.closed"), words.text("panel.sources"))


def clock_lines(line: LineEntitlements, words: Catalogue, now: datetime) -> tuple[WordedLine, ...]:
    """The five clocks of a line in words, in the engine's order, as of `now` (aware UTC)."""
    return tuple(_worded(clock, line, words, now) for clock in line.clocks)


def _worded(clock: Clock, line: LineEntitlements, words: Catalogue, now: datetime) -> WordedLine:
    state = clock.state(now)
    return WordedLine(
        right=clock.right,
        label=label_of_clock(clock, words, is_beyond_law=_is_beyond_law(clock, line)),
        title=title(clock.right, words),
        sentence=_sentence(clock, state, line, words, now),
        reason=reason_text(clock, words),
        payer=_payer(clock, words) if state not in {ClockState.CLOSED, ClockState.NOT_APPLICABLE} else "",
        state=state,
        state_word=words.text(f"state.{state.value}"),
        is_statutory=clock.is_statutory,
        opens_at=clock.starts.at if clock.starts else None,
        closes_at=clock.closes_at,
        sources=tuple(WordedSource(basis.kind, source_text(basis, words)) for basis in clock.basis),
        trace=trace_text(clock, words),
    )


def _sentence(clock: Clock, state: ClockState, line: LineEntitlements, words: Catalogue, now: datetime) -> str:
    match state:
        case ClockState.OPEN:
            return words.text(_open_key(clock, line, words), day=_day_to_name(clock, line, now))
        case ClockState.CLOSED:
            return words.text(f"clock.{clock.right.value}.{_closed(clock)}", day=_day_to_name(clock, line, now))
        case ClockState.NOT_STARTED:
            return _not_started(clock, words)
        case ClockState.UNLIMITED:
            return _unlimited(clock, words)
        case ClockState.NOT_APPLICABLE:
            return _absent(clock, words)
        case _:
            assert_never(state)


def _open_key(clock: Clock, line: LineEntitlements, words: Catalogue) -> str:
    """The sentence of an open clock: hedged where the rule is not certain, and no extra where the law gives as much."""
    key = f"clock.{clock.right.value}.open"
    if clock.is_statutory:
        return f"{key}_at_least" if _is_uncertain(clock) else key
    if _is_within_law(clock, line):
        return f"clock.{clock.right.value}.within_law"
    return f"{key}_free" if clock.payer is Payer.SHOP and words.has(f"{key}_free") else key


def _is_within_law(clock: Clock, line: LineEntitlements) -> bool:
    """Whether a legal right beside this promise runs at least as long."""
    if clock.right not in _BY_LAW_INSTEAD:
        return False
    by_law = line.clock(_BY_LAW_INSTEAD[clock.right])
    return bool(clock.closes_at and by_law.closes_at and by_law.absent is None and by_law.closes_at >= clock.closes_at)


def _is_beyond_law(clock: Clock, line: LineEntitlements) -> bool:
    """Whether this promise is known to outlast the legal right beside it, or to stand where there surely is none."""
    is_endless = clock.closes_at is None and clock.starts is not None
    if clock.is_statutory or (clock.closes_at is None and not is_endless):
        return False
    if clock.right not in _BY_LAW_INSTEAD:
        return True
    by_law = line.clock(_BY_LAW_INSTEAD[clock.right])
    if by_law.absent is not None:
        return by_law.absent not in _UNKNOWN_LAW and by_law.certainty is not Certainty.UNVERIFIED
    return by_law.closes_at is not None and (clock.closes_at is None or by_law.closes_at < clock.closes_at)


def _is_uncertain(clock: Clock) -> bool:
    """Only what a read source says is printed as certain; goods covered longer make the day a minimum too."""
    is_minimum = any(step.code == "longer_for_lasting_goods" for step in clock.trace)
    return is_minimum or clock.certainty is not Certainty.VERIFIED


def _closed(clock: Clock) -> str:
    return "closed_perhaps" if clock.is_statutory and clock.certainty is not Certainty.VERIFIED else "closed"


def _day_to_name(clock: Clock, line: LineEntitlements, now: datetime) -> date | str:
    """The shown day; once it is over, the last local day before the clock really closes."""
    shown, zone = clock.shown_last_day, ZoneInfo(line.zone or "UTC")
    if shown is None or clock.closes_at is None:
        return ""
    return shown if now.astimezone(zone).date() <= shown else (clock.closes_at - _A_MOMENT).astimezone(zone).date()


def _not_started(clock: Clock, words: Catalogue) -> str:
    key = "not_started_shipped" if _awaits_sending(clock) else f"{clock.right.value}.not_started"
    sentence = words.text(f"clock.{key}")
    if clock.estimated_last_day is None:
        return sentence
    return joined((sentence, words.text("clock.expected", day=clock.estimated_last_day)), words)


def _awaits_sending(clock: Clock) -> bool:
    """Whether what starts a promise is that everything has been sent."""
    return any(("anchor", Anchor.SHIPPED) in step.facts for step in clock.trace)


def _unlimited(clock: Clock, words: Catalogue) -> str:
    if clock.right is not Right.LEGAL_GUARANTEE:
        return words.text("clock.unlimited")
    if clock.min_months is None:
        return words.text("clock.legal_guarantee.unlimited")
    return words.text("clock.legal_guarantee.unlimited_at_least", length=lengths.months(clock.min_months, words))


def _absent(clock: Clock, words: Catalogue) -> str:
    if clock.absent == Absent.EXCEPTED:
        return words.text(excepted_key(dict(clock.trace[0].facts)))
    own = f"absent.{clock.absent}.{clock.right.value}"
    return words.text(own if words.has(own) else f"absent.{clock.absent}")


def _payer(clock: Clock, words: Catalogue) -> str:
    if clock.right is Right.LEGAL_GUARANTEE and clock.payer is Payer.UNKNOWN:
        return ""
    if clock.right in _OF_GOODS:
        return words.text(f"payer.fault.{clock.payer.value}")
    if any(step.code == "payer_depends_on_notice" for step in clock.trace):
        return words.text("payer.depends")
    return words.text(f"payer.{clock.payer.value}")
