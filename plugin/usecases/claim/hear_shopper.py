"""Take what a shopper says or does on the page of their claim: write, add files, call off, appeal, accept, reopen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from plugin.domain.attempts import Limit
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import add_evidence, answer
from plugin.domain.claim.commands.ending import appeal, cancel, reopen
from plugin.domain.claim.commands.quoting import decline_repair, order_repair
from plugin.domain.claim.commands.remedying import choose, show_choice
from plugin.domain.claim.commands.sending import tell_sending
from plugin.domain.claim.commands.surveying import answer_survey
from plugin.domain.claim.commands.withdrawing import object_to_contest
from plugin.domain.claim.errors import RemedyNotOffered
from plugin.domain.claim.events import Decided, MessageSent
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.record import Draft, Entry
from plugin.domain.claim.replay import replay
from plugin.domain.claim.vocabulary import SHOPPER, ActorKind
from plugin.domain.ids import ClaimDraftId, ClaimId
from plugin.domain.money import Money
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.follow_return import follow_sent
from plugin.usecases.claim.follow_time import follow_time
from plugin.usecases.claim.tell import tell
from plugin.usecases.limit_attempts import Counted, limit_attempts

_TWICE: Final = timedelta(minutes=10)
"""The same words again within this time are the same button pressed twice."""

_MESSAGES: Final = Limit(30, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Heard:
    """The claim as it was when something was said, with its record and the unit it is said in."""

    claim: Claim
    entries: Sequence[Entry]
    here: Sitting


Saying = Callable[[Heard], Sequence[Draft]]


def write_to_shop(claim: ClaimId, words: str, *, desk: Desk, now: datetime) -> Claim:
    """A message, and the files that were uploaded for it; where the shop had asked something it is the answer.

    Raises `TooManyAttempts`.
    """

    def said(heard: Heard) -> Sequence[Draft]:
        limit_attempts((Counted("claim message", claim, _MESSAGES),), heard.here.unit, now)
        drafts = [] if not words.strip() or _is_repeated(words, heard) else [*answer(heard.claim, words)]
        return [*drafts, *_files(heard)]

    return _hear(claim, said, desk=desk, now=now)


def call_off(claim: ClaimId, *, desk: Desk, now: datetime) -> Claim:
    """Raises `TooLateToCancel`."""
    return _hear(claim, lambda heard: cancel(heard.claim), desk=desk, now=now)


def appeal_refusal(claim: ClaimId, no: int, words: str, *, desk: Desk, now: datetime) -> Claim:
    """Another person is to look at a refused line. Raises `AppealOver`, `NotFound`."""

    def said(heard: Heard) -> Sequence[Draft]:
        return appeal(heard.claim, no, words, refused_at(no, heard.entries) or heard.claim.opened_at, now)

    return _hear(claim, said, desk=desk, now=now)


def accept_offer(claim: ClaimId, no: int, *, desk: Desk, now: datetime) -> Claim:
    """What the shop offered is taken; the page showed what the law lets choose. Raises `RemedyNotOffered`."""

    def said(heard: Heard) -> Sequence[Draft]:
        line = heard.claim.line(no)
        if line.plan is None or line.remedy is not RemedyState.OFFERED:
            raise RemedyNotOffered({"line": no})
        seen = heard.claim.with_line(replace(line, was_choice_shown=True))
        return (*show_choice(heard.claim, no), *choose(seen, no, line.plan))

    return _hear(claim, said, desk=desk, now=now)


@dataclass(frozen=True, slots=True)
class SentGoods:
    """What a shopper says of having sent lines of a claim: which day, with whom, under which number."""

    lines: tuple[int, ...]
    sent_on: date
    carrier: str
    tracking: str | None


def tell_sent(claim: ClaimId, told: SentGoods, *, desk: Desk, now: datetime) -> Claim:
    """The goods are on their way; files uploaded since are pictures of the receipt, and on record with it.

    Raises `ProofOfSendingNeeded`, `NoSuchMove`, `NotFound`.
    """

    def said(heard: Heard) -> Sequence[Draft]:
        files, today = _files(heard), now.astimezone(ZoneInfo(heard.claim.zone or "UTC")).date()
        of = (told.sent_on, told.tracking)
        return (*files, *tell_sending(heard.claim, told.lines, of, told.carrier, today, has_proof=bool(files)))

    named = {told.tracking: told.carrier} if told.tracking else {}
    return _hear(claim, said, desk=desk, now=now, sent_with=named)


def answer_quote(claim: ClaimId, no: int, price: Money, *, is_ordered: bool, desk: Desk, now: datetime) -> Claim:
    """A repair is ordered at the price the page showed, or not wanted. Raises `RemedyNotOffered`."""
    answer_ = order_repair if is_ordered else decline_repair
    return _hear(claim, lambda heard: answer_(heard.claim, no, price), desk=desk, now=now)


def answer_question(claim: ClaimId, answer: SurveyAnswer, words: str, *, desk: Desk, now: datetime) -> Claim:
    """Whether it was solved, by the shopper's word. Raises `TooManyAttempts`, and `NoSuchMove` where nobody asked."""

    def said(heard: Heard) -> Sequence[Draft]:
        limit_attempts((Counted("claim message", claim, _MESSAGES),), heard.here.unit, now)
        return answer_survey(heard.claim, answer, words)

    return _hear(claim, said, desk=desk, now=now)


def open_again(claim: ClaimId, *, desk: Desk, now: datetime) -> Claim:
    """A claim that ended without being settled. Raises `ClaimIsOver`."""
    return _hear(claim, lambda heard: reopen(heard.claim, "shopper", SHOPPER), desk=desk, now=now)


def object_to_exception(claim: ClaimId, words: str, *, desk: Desk, now: datetime) -> Claim:
    """The shopper does not agree that the law makes an exception to their withdrawal. Raises `NoSuchMove`."""

    def said(heard: Heard) -> Sequence[Draft]:
        order = heard.here.unit.orders.get(heard.claim.order).order
        return object_to_contest(heard.claim, words, was_sent=any(each.shipped for each in order.fulfilments))

    return _hear(claim, said, desk=desk, now=now)


def refused_at(no: int, entries: Sequence[Entry]) -> datetime | None:
    """When a line was last refused."""
    refusals = (
        entry.at
        for entry in reversed(entries)
        if isinstance(entry.event, Decided) and entry.event.line == no and entry.event.to is DecisionState.REJECTED
    )
    return next(refusals, None)


def _hear(
    claim: ClaimId, saying: Saying, *, desk: Desk, now: datetime, sent_with: Mapping[str, str] | None = None
) -> Claim:
    """The claim after what was said and all that follows. Raises `NotFound`, and what the command raises.

    `sent_with`: carriers by tracking number, where what is said is of goods that were sent.
    """
    with desk.sitting(now) as here:
        entries = here.unit.claims.record(claim)
        before = replay(claim, entries)
        known = here.act(claim, lambda found: saying(Heard(found, entries, here)))
        here.unit.evidence.attach(ClaimDraftId(claim), claim)
        if sent_with is not None:
            follow_sent(known, sent_with, here.unit, desk.ids, now)
        changed = tell(before, advance(follow_time(before, known, here), here), here)
        here.unit.commit()
    return changed


def _files(heard: Heard) -> list[Draft]:
    """Files of the draft that became this claim, uploaded since."""
    new = heard.here.unit.evidence.of_draft(ClaimDraftId(heard.claim.id))
    return [draft for each in new if each.claim is None for draft in add_evidence(heard.claim, each.id, SHOPPER)]


def _is_repeated(words: str, heard: Heard) -> bool:
    last = next((entry for entry in reversed(heard.entries) if isinstance(entry.event, MessageSent)), None)
    if last is None or last.actor.kind is not ActorKind.SHOPPER or last.words is None:
        return False
    return last.words.strip() == words.strip() and heard.here.now - last.at < _TWICE
