"""Which letters an act on a claim makes due: decided here and nowhere else, so that nobody is told a thing twice.

An act is what one unit of work adds to the record. What it says of one line goes into one letter: an approval tells of
the label and the money that came with it, and a message written along with a decision stands in the decision's letter.
A grant of money alone is no letter: it is told once the money has left, or when the shopper has to say where to.
The acknowledgement of a withdrawal is a letter of its own (`plugin.domain.declaration`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.events import (
    Appealed,
    Decided,
    Event,
    GoodwillGranted,
    GoodwillMoved,
    GuaranteeExtended,
    MessageSent,
    Opened,
    PartMoved,
    RefundMoved,
    RefundPlanned,
    RemedyMoved,
    RepairMoved,
    ReturnMoved,
    StageMoved,
    SurveyAsked,
    WithdrawalMoved,
)
from plugin.domain.claim.goodwill import MONEY, begins_as
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import PartState, RepairState, ReturnState
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.record import Entry
from plugin.domain.claim.vocabulary import ActorKind, ClaimTrack
from plugin.domain.ids import RefundId
from plugin.domain.money import Money
from plugin.domain.refund.intent import RefundState
from plugin.domain.remedy import Remedy


class ClaimLetterKind(StrEnum):
    """What a letter tells. The order is that of telling: of two that say the same, the earlier one is sent."""

    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    APPROVED = "approved"
    """Agreed, with everything about the way back and the money that is known."""
    OFFER = "offer"
    QUOTE = "quote"
    """What a repair would cost, to be ordered or not."""
    QUOTE_AGREED = "quote_agreed"
    """What was ordered, on a durable medium (Directive 2011/83/EU art. 8(7))."""
    REJECTED = "rejected"
    APPEALED = "appealed"
    REOPENED = "reopened"
    LATE_WITHDRAWAL = "late_withdrawal"
    """A withdrawal came after its time: why, and what it was turned into or who looks at it."""
    SEND_BACK = "send_back"
    """A withdrawal takes its course: how and until when the goods go back."""
    CONTESTED = "contested"
    LABEL = "label"
    GOODS_RECEIVED = "goods_received"
    DIFFERENCE = "difference"
    """An exchange is made that costs more: how much, and where it is paid; it leaves once it is."""
    SENT = "sent"
    """What is sent instead, a part, or repaired goods are on their way."""
    REPAIRED = "repaired"
    PAYEE_NEEDED = "payee_needed"
    REFUND_SENT = "refund_sent"
    GOODWILL = "goodwill"
    """A voucher or a gift; money given beyond right is told when it leaves, like all money."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    SURVEY = "survey"
    """Whether it was solved, asked once, where the merchant wants it."""
    CLOSED = "closed"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class LetterDue:
    """One letter. `seq`: the entry that makes it due; `lines` it is about, none: the whole claim.

    `said`: entries whose words stand in it: a refusal's text, a question, messages. `refunds`: the money it tells of.
    """

    kind: ClaimLetterKind
    seq: int
    lines: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    refunds: tuple[RefundId, ...] = ()


_K = ClaimLetterKind
_BY_STAGE = {
    Stage.NEEDS_INFO: _K.NEEDS_INFO,
    Stage.CANCELLED: _K.CANCELLED,
    Stage.EXPIRED: _K.EXPIRED,
    Stage.CLOSED: _K.CLOSED,
}
_BY_REFUND = {
    RefundState.SENT: _K.REFUND_SENT,
    RefundState.SETTLED: _K.REFUND_SENT,
    RefundState.NEEDS_SHOPPER_DATA: _K.PAYEE_NEEDED,
}
_TELLS_MONEY = frozenset({_K.APPROVED, _K.LATE_WITHDRAWAL, _K.SEND_BACK, _K.GOODS_RECEIVED})
_TOLD_BY = {
    _K.SEND_BACK: frozenset({_K.LATE_WITHDRAWAL}),
    _K.LABEL: frozenset({_K.APPROVED, _K.LATE_WITHDRAWAL, _K.SEND_BACK}),
    _K.PAYEE_NEEDED: _TELLS_MONEY,
    _K.REFUND_SENT: _TELLS_MONEY,
}
"""Which letters say what another one would, of the same lines."""
_TOLD_OTHERWISE = frozenset({"answered", "appealed"})
"""Why a claim goes on without having been opened again for its own sake: each of them tells its own story."""
_ANSWERS = frozenset({_K.APPROVED, _K.OFFER, _K.REJECTED})


def letters_for(before: Claim | None, after: Claim, entries: Iterable[Entry]) -> tuple[LetterDue, ...]:
    """The letters that became due between two states of a claim; `before` None: it was opened by this act.

    `entries` may be the whole record: what `before` knew already is passed over. The same act always gives the same
    letters, under the same entries.
    """
    known = before.version if before else 0
    added = [entry for entry in entries if known < entry.seq <= after.version]
    due = _merged(letter for entry in added for letter in _due(before, after, entry))
    told = [_with_money(letter, after) for letter in due if not _is_told(letter, due, after)]
    return _with_messages(told, added, is_opening=before is None)


def _due(before: Claim | None, after: Claim, entry: Entry) -> Iterator[LetterDue]:
    """What one entry alone makes due."""
    event, seq = entry.event, entry.seq
    match event:
        case Opened(track=ClaimTrack.CLAIM):
            yield LetterDue(_K.RECEIVED, seq)
        case StageMoved():
            yield from _of_stage(event, seq)
        case WithdrawalMoved():
            yield from _of_withdrawal(after, event, entry)
        case SurveyAsked():
            yield LetterDue(_K.SURVEY, seq)
        case GoodwillGranted() | GoodwillMoved():
            yield from _gift(event, seq)
        case RefundPlanned(refund=refund) | RefundMoved(refund=refund):
            yield from _money(before, after, refund, seq)
        case Appealed() | Decided() | RepairMoved(to=RepairState.QUOTED):
            yield from _answer(event, entry)
        case _:
            yield from _of_line(before, after, event, entry)


def _gift(event: GoodwillGranted | GoodwillMoved, seq: int) -> Iterator[LetterDue]:
    """Money is told of once it leaves, a voucher once it has its code."""
    match event:
        case GoodwillMoved(to=GoodwillState.SENT):
            yield LetterDue(_K.GOODWILL, seq)
        case GoodwillGranted(kind=kind, detail=detail) if kind != MONEY:
            if begins_as(kind, detail) is not GoodwillState.SENDING:
                yield LetterDue(_K.GOODWILL, seq)
        case _:
            return


def _of_stage(event: StageMoved, seq: int) -> Iterator[LetterDue]:
    if event.to in _BY_STAGE:
        yield LetterDue(_BY_STAGE[event.to], seq)
    elif event.to is Stage.OPEN and event.because not in _TOLD_OTHERWISE:
        yield LetterDue(_K.REOPENED, seq)


def _of_withdrawal(after: Claim, event: WithdrawalMoved, entry: Entry) -> Iterator[LetterDue]:
    seq, lines = entry.seq, tuple(line.no for line in after.lines)
    match event.to:
        case WithdrawalState.LATE:
            yield LetterDue(_K.LATE_WITHDRAWAL, seq, lines)
        case WithdrawalState.CONTESTED:
            yield LetterDue(_K.CONTESTED, seq, said=(seq,) if entry.words else ())
        case WithdrawalState.AWAITING_GOODS:
            yield LetterDue(_K.SEND_BACK, seq, lines)
        case _:
            return


def _answer(event: Appealed | Decided | RepairMoved, entry: Entry) -> Iterator[LetterDue]:
    """What stands in the very words of its entry."""
    seq, said = entry.seq, (entry.seq,) if entry.words else ()
    match event:
        case Appealed(line=no):
            yield LetterDue(_K.APPEALED, seq, (no,))
        case Decided(line=no, to=DecisionState.REJECTED) if said:
            yield LetterDue(_K.REJECTED, seq, (no,), said)
        case RepairMoved(line=no, quote=Money()):
            yield LetterDue(_K.QUOTE, seq, (no,), said)
        case _:
            return


def _of_line(before: Claim | None, after: Claim, event: Event, entry: Entry) -> Iterator[LetterDue]:
    seq = entry.seq
    match event:
        case RemedyMoved(line=no, to=RemedyState.OFFERED):
            yield LetterDue(_K.OFFER, seq, (no,))
        case RemedyMoved(line=no, to=RemedyState.ACCEPTED) if _is_agreed(before, after, no):
            yield LetterDue(_K.APPROVED, seq, (no,))
        case RemedyMoved(to=RemedyState.SUCCEEDED):
            yield from _made(after, event, entry)
        case ReturnMoved(line=no, to=ReturnState.AWAITED) if after.withdrawal is None:
            yield LetterDue(_K.APPROVED, seq, (no,))
        case ReturnMoved(line=no, to=ReturnState.LABEL_ISSUED):
            yield LetterDue(_K.LABEL, seq, (no,))
        case ReturnMoved(line=no, to=ReturnState.RECEIVED):
            yield LetterDue(_K.GOODS_RECEIVED, seq, (no,))
        case PartMoved(line=no, to=PartState.SHIPPED) | RepairMoved(line=no, to=RepairState.SHIPPED):
            yield LetterDue(_K.SENT, seq, (no,))
        case RepairMoved(line=no, to=RepairState.AGREED) if after.line(no).quote is not None:
            yield LetterDue(_K.QUOTE_AGREED, seq, (no,))
        case RepairMoved(line=no, to=RepairState.DELIVERED) | GuaranteeExtended(line=no):
            yield LetterDue(_K.REPAIRED, seq, (no,))
        case _:
            return


def _made(after: Claim, event: RemedyMoved, entry: Entry) -> Iterator[LetterDue]:
    """What costs more waits to be paid; everything else leaves."""
    if event.difference and event.difference.minor > 0:
        yield LetterDue(_K.DIFFERENCE, entry.seq, (event.line,), (entry.seq,) if entry.words else ())
    elif _is_sent_instead(after.line(event.line)):
        yield LetterDue(_K.SENT, entry.seq, (event.line,))


def _money(before: Claim | None, after: Claim, refund: RefundId, seq: int) -> Iterator[LetterDue]:
    """Money is told of when it first left, however often its state is reported after that."""
    was = next((row.state for row in before.refunds if row.id == refund), None) if before else None
    row = after.refund(refund)
    kind = _BY_REFUND.get(row.state)
    if kind is not None and (was is None or _BY_REFUND.get(was) is not kind):
        yield LetterDue(kind, seq, row.lines, refunds=(refund,))


def _is_agreed(before: Claim | None, after: Claim, no: int) -> bool:
    """Whether it was agreed by this act, and is not merely as agreed as it was after money was stopped."""
    was = next((line for line in before.lines if line.no == no), None) if before else None
    is_new = was is None or was.remedy in {RemedyState.NONE, RemedyState.OFFERED}
    return is_new and after.withdrawal is None


def _is_sent_instead(line: ClaimLine) -> bool:
    if line.plan is None:
        return False
    is_plain_part = line.plan.remedy is Remedy.SPARE_PART and line.part is PartState.NONE
    return line.plan.remedy.traits.is_made_by_platform or is_plain_part


def _merged(letters: Iterable[LetterDue]) -> list[LetterDue]:
    """One letter of a kind, under its first entry."""
    found: dict[ClaimLetterKind, LetterDue] = {}
    for letter in letters:
        known = found.get(letter.kind)
        found[letter.kind] = letter if known is None else _joined(known, letter)
    return sorted(found.values(), key=lambda letter: list(_K).index(letter.kind))


def _joined(first: LetterDue, second: LetterDue) -> LetterDue:
    lines = tuple(dict.fromkeys((*first.lines, *second.lines)))
    refunds = tuple(dict.fromkeys((*first.refunds, *second.refunds)))
    return replace(first, lines=lines, said=(*first.said, *second.said), refunds=refunds)


def _with_money(letter: LetterDue, after: Claim) -> LetterDue:
    """With the money that was granted for its lines, where it tells of money at all."""
    if letter.kind not in _TELLS_MONEY:
        return letter
    return replace(letter, refunds=tuple(row.id for row in after.refunds if set(row.lines) & set(letter.lines)))


def _is_told(letter: LetterDue, due: Sequence[LetterDue], after: Claim) -> bool:
    """Whether another letter of the same act says it."""
    others = [other for other in due if other is not letter]
    if letter.kind is _K.RECEIVED:
        answered = {no for other in others if other.kind in _ANSWERS for no in other.lines}
        return {line.no for line in after.lines} <= answered
    telling = _TOLD_BY.get(letter.kind, frozenset())
    told = {no for other in others if other.kind in telling for no in other.lines}
    return bool(letter.lines) and set(letter.lines) <= told


def _with_messages(due: Sequence[LetterDue], added: Sequence[Entry], *, is_opening: bool) -> tuple[LetterDue, ...]:
    """What an agent wrote along with it stands in the first letter of the act, else it is a letter."""
    wrote = [entry.seq for entry in added if _is_message(entry)]
    if not wrote or is_opening:
        return tuple(due)
    if not due:
        return (LetterDue(_K.MESSAGE, wrote[0], said=tuple(wrote)),)
    return (replace(due[0], said=(*due[0].said, *wrote)), *due[1:])


def _is_message(entry: Entry) -> bool:
    return isinstance(entry.event, MessageSent) and entry.actor.kind is ActorKind.AGENT and bool(entry.words)
