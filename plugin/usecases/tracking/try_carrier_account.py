"""Ask an account about one number while somebody waits, so that who typed the keys sees at once whether they hold."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.tracking.account import Breaker, CarrierAccount
from plugin.domain.tracking.breaking import CarrierFault, answered, failed, refused_account
from plugin.domain.tracking.number import tracking_number
from plugin.domain.tracking.recognising import recognise
from plugin.ports.carrier import AskedParcel, Carriers, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import apply_told
from plugin.usecases.tracking.save_carrier_account import account_of
from plugin.usecases.tracking.schedule_asking import wake_parcels


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it. `fault` None: it answered. `events`: how many it told of the parcel; None: it knows no such."""

    fault: CarrierFault | None = None
    detail: str = ""
    events: int | None = None


def try_carrier_account(
    kind: str,
    text: str,
    *,
    merchant: MerchantId,
    carriers: Carriers,
    units: Units,
    now: datetime,
) -> Tried:
    """How it went, kept with the account: one that answers is asked again. A parcel of ours hears what was told of it.

    Raises `NotATrackingNumber`, and `NotFound` without such an account.
    """
    number = tracking_number(text)
    with units.read(merchant) as unit:
        account = account_of(kind, unit)
    found = carriers.source(account)
    if found is None:
        return Tried(CarrierFault.NOT_INSTALLED)
    try:
        answers = found.ask([_asked(number, kind, carriers)], now)
    except Unavailable as error:
        fault = CarrierFault.UNAVAILABLE if error.retry_after is None else CarrierFault.RATE_LIMITED
        return _failed(account, Tried(fault, error.detail), merchant, units, now)
    except Rejected as error:
        fault = refused_account(error.code) or CarrierFault.REJECTED
        return _failed(account, Tried(fault, error.detail), merchant, units, now)
    except Unreadable:
        return _failed(account, Tried(CarrierFault.UNREADABLE), merchant, units, now)
    is_short = any(each.is_refused for each in answers)
    breaker = answered(account.breaker, now, is_short=is_short, has_new=True)
    _keep(account, breaker, merchant, units, now, carriers.kinds()[kind].covers)
    known = [each for each in answers if each.is_known and each.number == number]
    apply_told(known, account, merchant=merchant, units=units, now=now)
    return Tried(CarrierFault.NO_QUOTA) if is_short else Tried(events=_events(known))


def _asked(number: str, kind: str, carriers: Carriers) -> AskedParcel:
    """Under the carrier whose account it is; where that may be any, under none."""
    covers = carriers.kinds()[kind].covers
    guesses = [each.carrier for each in recognise(number).candidates if each.carrier in covers]
    return AskedParcel(number, next(iter([*guesses, *sorted(covers)]), None))


def _events(known: list[Told]) -> int | None:
    return sum(len(each.reports) for each in known) if known else None


def _failed(account: CarrierAccount, tried: Tried, merchant: MerchantId, units: Units, now: datetime) -> Tried:
    if tried.fault is not None and tried.fault is not CarrierFault.REJECTED:
        _keep(account, failed(account.breaker, tried.fault, now), merchant, units, now)
    return tried


def _keep(
    account: CarrierAccount,
    breaker: Breaker,
    merchant: MerchantId,
    units: Units,
    now: datetime,
    covers: Collection[str] | None = None,
) -> None:
    """Kept unless the keys are others by now; `covers`: it answered, and may be asked about these carriers' parcels."""
    with units(merchant) as unit:
        known = unit.carrier_accounts.get(account.kind)
        if known and known.version == account.version:
            kept = replace(known, breaker=breaker, asked_at=now)
            unit.carrier_accounts.save(kept)
            if covers is not None:
                wake_parcels(known, kept, covers, unit, now)
            unit.commit()
