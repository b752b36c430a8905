"""Where each line of a claim stands, why one was refused, and where the money is: in words, with dates and law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plugin.domain.claim.claim import Claim, ClaimLine, ClaimRefund
from plugin.domain.claim.commands.ending import APPEAL_HOLDS
from plugin.domain.claim.events import Decided, GuaranteeExtended, RepairMoved, WithdrawalMoved
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.record import Entry
from plugin.domain.claim.vocabulary import Payment
from plugin.domain.entitlement import Right
from plugin.domain.ids import RefundId
from plugin.domain.money import Money
from plugin.domain.refund.allocation import Side
from plugin.domain.refund.intent import Means, RefundIntent, RefundState
from plugin.i18n import Catalogue
from plugin.wording.aftersales.parts import Cited
from plugin.wording.claim.clauses import Clauses
from plugin.wording.claim.money import amount_text
from plugin.wording.lengths import months
from plugin.wording.names import title

_A_MOMENT = timedelta(microseconds=1)
_ON_ITS_WAY = frozenset({RefundState.SENT, RefundState.SETTLED})
_WAITS = {Payment.ON_DISPATCH: "on_dispatch", Payment.ON_RECEIPT: "on_receipt", Payment.AFTER_INSPECTION: "looked_at"}


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """Why a line was refused. `text` None: erased. `appeal`: until when another person is asked, or that one was."""

    text: str | None
    basis: tuple[Cited, ...]
    appeal: str


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """One refund: its amount and parts by name, and what is happening to it."""

    id: str
    rows: tuple[tuple[str, str], ...]
    text: str
    needs_payee: bool = False


def decision_text(line: ClaimLine, words: Catalogue) -> str:
    """What was decided about a line."""
    return words.text(f"claim.decision.{'offered' if line.remedy is RemedyState.OFFERED else line.decision.value}")


def answer_by(claim: Claim) -> date | None:
    """The day by which the shop means to answer; None while it is nobody's turn or the shopper's."""
    timer = claim.timer
    if timer.state is not TimerState.RUNNING or timer.due_at is None:
        return None
    return timer.due_at.astimezone(ZoneInfo(claim.zone or "UTC")).date()


def guarantee_words(no: int, entries: Sequence[Entry], words: Catalogue) -> tuple[str, ...]:
    """By how much a repair has lengthened the legal guarantee of a line, and until when it runs."""
    said = []
    for entry in entries:
        event = entry.event
        if isinstance(event, GuaranteeExtended) and event.line == no:
            said.append(words.text("mail.claim.repaired.longer", length=months(event.months, words)))
            if event.until is not None:
                until = words.text("mail.claim.repaired.until", day=event.until)
                said.append(f"{title(Right.LEGAL_GUARANTEE, words)}: {until}")
    return tuple(said)


def refusal_words(
    line: ClaimLine, entries: Sequence[Entry], claim: Claim, clauses: Clauses, words: Catalogue
) -> RefusalWords | None:
    """The refusal with its clause, the law beside it and the way on; None where nothing is refused."""
    if line.decision is not DecisionState.REJECTED or line.refusal is None:
        return None
    refused = next((entry for entry in reversed(entries) if _refuses(entry, line.no)), None)
    day = _last_day((refused.at if refused else claim.changed_at) + APPEAL_HOLDS, claim)
    key = "final" if line.is_appealed else "appeal"
    own = (line.refusal.basis,)
    beside = () if line.refusal.basis.kind == "law" else tuple(b for b in line.judged.basis if b.kind == "law")
    return RefusalWords(
        text=refused.words if refused else None,
        basis=tuple(dict.fromkeys(clauses.cited(basis) for basis in (*own, *beside))),
        appeal=words.text(f"mail.claim.refusal.{key}", day=day),
    )


def quote_words(no: int, entries: Sequence[Entry]) -> str | None:
    """What was said to be done for the price that was last quoted; None where nothing was, or it was erased."""
    quotes = (entry for entry in reversed(entries) if _quotes(entry, no))
    return next((entry.words for entry in quotes), None)


def contest_words(claim: Claim, entries: Sequence[Entry], clauses: Clauses) -> RefusalWords | None:
    """The exception of the law that a person names against a withdrawal, with their words; None where none stands."""
    if claim.withdrawal is not WithdrawalState.CONTESTED:
        return None
    named = next(entry for entry in reversed(entries) if _contests(entry))
    basis = named.event.basis if isinstance(named.event, WithdrawalMoved) else None
    return RefusalWords(named.words, (clauses.cited(basis),) if basis else (), "")


def money_words(claim: Claim, intents: Mapping[RefundId, RefundIntent], words: Catalogue) -> tuple[MoneyWords, ...]:
    """Every refund of the claim, then what was agreed and still waits for the goods."""
    granted = {no for row in claim.refunds for no in row.lines}
    told = [_refund(row, intents.get(row.id), claim, words) for row in claim.refunds]
    waiting = [line for line in claim.lines if line.is_approved and line.no not in granted]
    return (*told, *_awaited(waiting, words))


def _quotes(entry: Entry, no: int) -> bool:
    event = entry.event
    return isinstance(event, RepairMoved) and event.line == no and event.to is RepairState.QUOTED


def _contests(entry: Entry) -> bool:
    return isinstance(entry.event, WithdrawalMoved) and entry.event.to is WithdrawalState.CONTESTED


def _refuses(entry: Entry, no: int) -> bool:
    event = entry.event
    return isinstance(event, Decided) and event.line == no and event.to is DecisionState.REJECTED


def _refund(row: ClaimRefund, intent: RefundIntent | None, claim: Claim, words: Catalogue) -> MoneyWords:
    return MoneyWords(
        id=row.id,
        rows=tuple(_rows(row, intent, claim, words)),
        text=words.text(f"mail.claim.money.{_state(row, intent)}"),
        needs_payee=row.state is RefundState.NEEDS_SHOPPER_DATA,
    )


def _rows(row: ClaimRefund, intent: RefundIntent | None, claim: Claim, words: Catalogue) -> Iterator[tuple[str, str]]:
    yield words.text("page.refund"), amount_text(row.total, words)
    if intent is not None:
        yield from _parts(intent, words)
    if row.state in _ON_ITS_WAY and intent is not None:
        sent = intent.changed_at.astimezone(ZoneInfo(claim.zone or "UTC")).date()
        yield words.text("mail.claim.money.sent_on"), words.day(sent)
    elif row.due_at is not None:
        yield words.text("mail.claim.money.due"), words.day(_last_day(row.due_at, claim))


def _parts(intent: RefundIntent, words: Catalogue) -> Iterator[tuple[str, str]]:
    """Its parts where there is more than one, tax included in each."""
    parts = [each.parts(Side.PRESENTMENT) for each in intent.allocations]
    sums = {
        "goods": sum(part.goods for part in parts),
        "delivery": sum(part.shipping + part.shipping_tax for part in parts),
        "other": sum(part.duty for part in parts),
    }
    named = [(name, minor) for name, minor in sums.items() if minor]
    for name, minor in named if len(named) > 1 else ():
        amount = Money(minor, intent.total.presentment.currency)
        yield words.text(f"mail.claim.money.{name}"), amount_text(amount, words)


def _state(row: ClaimRefund, intent: RefundIntent | None) -> str:
    if row.state is RefundState.NEEDS_SHOPPER_DATA:
        return "payee"
    if row.state in _ON_ITS_WAY:
        return "paid_out" if intent is not None and intent.means is Means.PAYOUT else "on_its_way"
    return "granted"


def _awaited(lines: Sequence[ClaimLine], words: Catalogue) -> Iterator[MoneyWords]:
    for line in lines:
        plan = line.plan
        if plan is not None and plan.needs_goods and plan.payment in _WAITS:
            rows = [(words.text("mail.claim.money.price"), amount_text(line.judged.price, words))]
            if plan.fee:
                rows.append((words.text("mail.claim.money.kept"), amount_text(plan.fee, words)))
            yield MoneyWords("", tuple(rows), words.text(f"mail.claim.money.{_WAITS[plan.payment]}"))


def _last_day(ends: datetime, claim: Claim) -> date:
    """The last day before an instant that is not included, where the shopper is."""
    return (ends - _A_MOMENT).astimezone(ZoneInfo(claim.zone or "UTC")).date()
