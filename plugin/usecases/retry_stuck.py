"""Try again what is stuck, each by the way of its kind; whatever is asked for twice is done once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import InboxId, LabelId, MerchantId, ParkedId, RefundId, ShopId
from plugin.domain.order import Platform
from plugin.domain.stuck import StuckKind
from plugin.ports.ids import Ids
from plugin.ports.platform import Translator
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.retry_label import retry_label
from plugin.usecases.retry_mail import retry_mail
from plugin.usecases.retry_parked import retry_parked
from plugin.usecases.retry_refunds import retry_refund


@dataclass(frozen=True, slots=True)
class RetryMeans:
    """What trying again takes."""

    units: Units
    ids: Ids
    translators: Mapping[Platform, Translator]


def retry_stuck(
    kind: StuckKind, chosen: Sequence[str], *, merchant: MerchantId, means: RetryMeans, now: datetime
) -> int:
    """How many are tried again. What has moved on since it was shown is passed over: it is stuck no more."""
    if kind is StuckKind.LETTER:
        return _tried(lambda: retry_mail(chosen, merchant=merchant, units=means.units, now=now))
    if kind is StuckKind.RECORD:
        return _tried(lambda: _records(chosen, merchant, means, now))
    again = _AGAIN.get(kind)
    if again is not None:
        return sum(_tried(partial(again, each, merchant, means, now)) for each in dict.fromkeys(chosen))
    return sum(_tried(partial(_in_unit, _WAKE[kind], each, merchant, means, now)) for each in dict.fromkeys(chosen))


def dismiss_failures(failures: Sequence[str], *, merchant: MerchantId, units: Units, now: datetime) -> Sequence[str]:
    """Leave effects as they are; those that were waiting, for whoever takes it back."""
    with units(merchant) as unit:
        dismissed = unit.failed_effects.dismiss(failures, now)
        unit.commit()
    return dismissed


def take_up_failures(failures: Sequence[str], *, merchant: MerchantId, units: Units) -> int:
    """Show them again after all; how many."""
    with units(merchant) as unit:
        count = unit.failed_effects.take_up(failures)
        unit.commit()
    return count


def _tried(again: Callable[[], int]) -> int:
    """0: somebody else was quicker, or it has succeeded meanwhile."""
    try:
        return again()
    except (Conflict, NotFound):
        return 0


def _records(chosen: Sequence[str], merchant: MerchantId, means: RetryMeans, now: datetime) -> int:
    records = [ParkedId(each) for each in chosen]
    tally = retry_parked(
        records, merchant=merchant, translators=means.translators, units=means.units, ids=means.ids, now=now
    )
    return tally.total()


def _refund(refund: str, merchant: MerchantId, means: RetryMeans, now: datetime) -> int:
    retry_refund(RefundId(refund), merchant=merchant, units=means.units, now=now)
    return 1


def _label(label: str, merchant: MerchantId, means: RetryMeans, now: datetime) -> int:
    retry_label(LabelId(label), merchant=merchant, units=means.units, now=now)
    return 1


def _in_unit(wake: "Wake", each: str, merchant: MerchantId, means: RetryMeans, now: datetime) -> int:
    with means.units(merchant) as unit:
        is_woken = wake(each, unit, now)
        unit.commit()
    return int(is_woken)


def _effect(failure: str, unit: UnitOfWork, now: datetime) -> bool:
    """Queue it under a key of this failure and of the last try: asked for twice, it is queued once; if lost, anew."""
    failed = unit.failed_effects.get(failure)
    if failed.is_being_tried(now):
        return False
    last = failed.retried_at.isoformat() if failed.retried_at else ""
    unit.queue.again(failed.name, failed.fields, key=f"{failed.id}:{failed.failed_at.isoformat()}:{last}")
    unit.failed_effects.retried(failure, now)
    return True


def _shop(shop: str, unit: UnitOfWork, now: datetime) -> bool:
    """Read it with the next poll, one that refused our keys too: who asks may have mended that."""
    return unit.connections.hasten(ShopId(shop), now)


def _delivery(message: str, unit: UnitOfWork, now: datetime) -> bool:
    """Have it due now, unless a worker is at it."""
    return unit.inbox.hasten(InboxId(message), now)


def _carrier(kind: str, unit: UnitOfWork, now: datetime) -> bool:
    """End its rest: the next parcel's turn is the try."""
    account = unit.carrier_accounts.get(kind)
    if account is None:
        return False
    unit.carrier_accounts.save(replace(account, breaker=replace(account.breaker, open_until=now)))
    return True


def _push(_push: str, unit: UnitOfWork, now: datetime) -> bool:
    """All of them: whoever has mended one has mended them all."""
    return unit.carrier_pushes.revive(now) > 0


def _board(shop: str, unit: UnitOfWork, now: datetime) -> bool:
    return unit.postings.hasten(ShopId(shop), now)


Wake = Callable[[str, UnitOfWork, datetime], bool]
_AGAIN: Final[Mapping[StuckKind, Callable[[str, MerchantId, RetryMeans, datetime], int]]] = {
    StuckKind.REFUND: _refund,
    StuckKind.LABEL: _label,
}
_WAKE: Final[Mapping[StuckKind, Wake]] = {
    StuckKind.EFFECT: _effect,
    StuckKind.SHOP: _shop,
    StuckKind.DELIVERY: _delivery,
    StuckKind.CARRIER: _carrier,
    StuckKind.PUSH: _push,
    StuckKind.BOARD: _board,
}
