"""Ask one account about parcels, a question after the other, for as long as it answers and its turn lasts.

Nothing is open in the database while the other side is asked. What each answer told is kept before the next question,
so whoever is killed has lost the last answer only, and its parcels are due again when their lease runs out.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.breaking import (
    QUOTA_REST,
    CarrierFault,
    answered,
    failed,
    is_halted,
    is_short_of_quota,
    is_trying,
    may_ask,
    refused_account,
)
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.ways import Choice
from plugin.ports.carrier import AskedParcel, CarrierKind, CarrierSource, Told
from plugin.ports.clock import Clock
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.schedule_asking import put_off_all, schedule_missed

TURN: Final = timedelta(minutes=1)
"""So that a slow one shares the worker with the others."""
_LEASE: Final = timedelta(minutes=4)
"""Longer than a turn and its last question."""
_LONGEST_WAIT: Final = timedelta(seconds=5)
"""That a worker waits for, so as not to ask too often; longer pauses are for others' questions."""
_AFTER_FAILURE: Final = timedelta(minutes=1)
_ELSEWHERE: Final = timedelta(minutes=1)
"""Until another account is asked about what this one's quota does not reach."""
_BUSY: Final = timedelta(minutes=1)
_UNTOLD: Final = frozenset({CarrierFault.REJECTED, CarrierFault.UNREADABLE})


@dataclass(frozen=True, slots=True)
class AskMeans:
    """What asking takes. `wait` lets time pass."""

    units: Units
    clock: Clock
    wait: Callable[[timedelta], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A parcel and how it is asked about. `postcode`: said until it is told of, for some tell nothing without it."""

    shipment: Shipment
    choice: Choice
    postcode: str | None = field(default=None, repr=False)

    @property
    def number(self) -> str:
        """The one it is asked about under."""
        return self.choice.way.number


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of the parcels (`known`, `unknown`, `put_off`, `overtaken`), and why the account failed, if so."""

    merchant: MerchantId
    kind: str
    tally: Counter[str]
    fault: str | None = None


def ask_account(
    kind: CarrierKind,
    source: Callable[[CarrierAccount], CarrierSource | None],
    questions: Sequence[Question],
    *,
    merchant: MerchantId,
    means: AskMeans,
) -> Turn:
    """Whose turn it is asks; beside another worker's turn the parcels wait."""
    now = means.clock.now()
    until = now + _LEASE
    with means.units(merchant) as unit:
        account = unit.carrier_accounts.lease(kind.kind, now, until)
        unit.commit()
    opened = source(account) if account and account.is_on else None
    if account is None or opened is None:
        put_off_all([(each.shipment, now + _BUSY) for each in questions], merchant=merchant, units=means.units)
        return Turn(merchant, kind.kind, Counter(put_off=len(questions)))
    asking = _Asking(kind, opened, account, merchant, means, now + TURN)
    try:
        left = asking.ask(questions)
    except Exception:
        asking.failed(CarrierFault.UNREADABLE)
        raise
    finally:
        with means.units(merchant) as unit:
            unit.carrier_accounts.settle(asking.account, until)
            unit.commit()
    asking.put_off(left)
    return Turn(merchant, kind.kind, asking.tally, asking.account.breaker.fault)


@dataclass(slots=True)
class _Asking:
    """A turn under way; `account` knows how it went so far."""

    kind: CarrierKind
    source: CarrierSource
    account: CarrierAccount
    merchant: MerchantId
    means: AskMeans
    ends_at: datetime
    tally: Counter[str] = field(default_factory=Counter)

    def ask(self, questions: Sequence[Question]) -> Sequence[Question]:
        """The parcels nobody was asked about, or of which nothing can be said for the other side's sake."""
        waiting = deque(_chunks(questions, self.kind.batch))
        while waiting and self._may_go_on():
            chunk = waiting.popleft()
            if len(chunk) > 1 and is_trying(self._breaker, self.means.clock.now()):
                waiting.appendleft(chunk[1:])
                chunk = chunk[:1]
            waiting.extendleft(reversed(self._ask(chunk)))
            if self._breaker.fault not in {None, *_UNTOLD} and not is_short_of_quota(self._breaker):
                break
        return [each for chunk in waiting for each in chunk]

    def put_off(self, left: Sequence[Question]) -> None:
        """These have their turn when the account has rested, spread as may be; a halted one's may go elsewhere."""
        if not left:
            return
        now = self.means.clock.now()
        soon = now + (_AFTER_FAILURE if self._breaker.fault else timedelta())
        rests_until = None if is_halted(self._breaker) else self._breaker.open_until
        begin = max(rests_until or soon, now)
        later = [
            (each.shipment, begin + self.kind.pause * (place // self.kind.batch + 1)) for place, each in enumerate(left)
        ]
        put_off_all(later, merchant=self.merchant, units=self.means.units)
        self.tally["put_off"] += len(left)

    @property
    def _breaker(self) -> Breaker:
        return self.account.breaker

    def _may_go_on(self) -> bool:
        """Whether a question may be put now; one that may be put in a moment is waited for."""
        now = self.means.clock.now()
        if now >= self.ends_at or not may_ask(self._breaker, now):
            return False
        free_at = self.account.asked_at + self.kind.pause if self.account.asked_at else now
        if free_at - now > _LONGEST_WAIT:
            return False
        if free_at > now:
            self.means.wait(free_at - now)
        return True

    def _ask(self, chunk: Sequence[Question]) -> Sequence[Sequence[Question]]:
        """What has to be asked again, in smaller questions: a number that spoils an answer is found by halving."""
        now = self.means.clock.now()
        self.account = replace(self.account, asked_at=now)
        try:
            told = self.source.ask([_asked(each) for each in chunk], now)
        except Unavailable as error:
            is_limit = error.retry_after is not None
            self.failed(CarrierFault.RATE_LIMITED if is_limit else CarrierFault.UNAVAILABLE, error.retry_after)
            return [chunk]
        except Rejected as error:
            fault = refused_account(error.code)
            if fault is not None:
                self.failed(fault)
                return [chunk]
            return self._spoiled(chunk, CarrierFault.REJECTED)
        except Unreadable:
            return self._spoiled(chunk, CarrierFault.UNREADABLE)
        is_short, has_new = any(each.is_refused for each in told), any(not each.choice.is_registered for each in chunk)
        breaker = answered(self._breaker, now, is_short=is_short, has_new=has_new)
        self.account = replace(self.account, breaker=breaker)
        self._keep(chunk, told, now)
        return []

    def _spoiled(self, chunk: Sequence[Question], fault: CarrierFault) -> Sequence[Sequence[Question]]:
        if len(chunk) > 1:
            middle = len(chunk) // 2
            return [chunk[:middle], chunk[middle:]]
        self.failed(fault)
        self._miss(chunk)
        return []

    def failed(self, fault: CarrierFault, retry_after: float | None = None) -> None:
        """One more question that came to nothing."""
        now = self.means.clock.now()
        self.account = replace(self.account, breaker=failed(self._breaker, fault, now, retry_after))

    def _keep(self, chunk: Sequence[Question], told: Sequence[Told], now: datetime) -> None:
        """What is known of the parcels asked about is applied; an answer about others is none."""
        asked = {each.number for each in chunk}
        means, known = self.means, [each for each in told if each.is_known and each.number in asked]
        try:
            met = apply_told(known, self.account, merchant=self.merchant, units=means.units, now=now).met
        except Conflict:  # somebody else was told of one of them meanwhile; they are due again when the lease runs out
            self.tally["overtaken"] += len(chunk)
            return
        missed = [each for each in chunk if each.shipment.id not in met]
        refused = {each.number for each in told if each.is_refused}
        self._refused([each for each in missed if each.number in refused])
        self._miss([each for each in missed if each.number not in refused])
        self.tally += Counter(known=len(met))

    def _refused(self, refused: Sequence[Question]) -> None:
        """Nobody looked for these: somebody else is asked soon; without anybody else they are tried in a day."""
        now, merchant, units = self.means.clock.now(), self.merchant, self.means.units
        others = [(each.shipment, _ELSEWHERE) for each in refused if each.choice.has_others]
        alone = [(each.shipment, now + QUOTA_REST) for each in refused if not each.choice.has_others]
        schedule_missed(others, merchant=merchant, units=units, now=now)
        put_off_all(alone, merchant=merchant, units=units)
        if refused:
            self.tally["put_off"] += len(refused)

    def _miss(self, missed: Sequence[Question]) -> None:
        if missed:
            schedule_missed(
                [(each.shipment, each.choice.retry) for each in missed],
                merchant=self.merchant,
                units=self.means.units,
                now=self.means.clock.now(),
            )
            self.tally["unknown"] += len(missed)


def _asked(question: Question) -> AskedParcel:
    shipment, way = question.shipment, question.choice.way
    return AskedParcel(
        number=way.number,
        carrier=way.carrier,
        origin=shipment.origin,
        destination=shipment.destination,
        postcode=question.postcode,
        shipped_on=shipment.shipped_at.date() if shipment.shipped_at else None,
        is_registered=question.choice.is_registered,
    )


def _chunks(questions: Sequence[Question], size: int) -> Iterable[Sequence[Question]]:
    return (questions[start : start + size] for start in range(0, len(questions), size))
