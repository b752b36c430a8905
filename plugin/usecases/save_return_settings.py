"""Put on record what is set for returns: the label provider's account, when batches close, where to hand in."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.returning.account import TypedAccount, read_account
from plugin.domain.returning.batch import BatchLimits
from plugin.domain.returning.points import read_points
from plugin.ports.unit_of_work import Units


def save_label_account(typed: TypedAccount | None, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """As typed, or None for no account; raises `UnusableAccount` with what is wrong at each field."""
    with units(merchant) as unit:
        known = unit.return_desk.settings()
        account = None if typed is None else read_account(typed, known.account)
        unit.return_desk.save(replace(known, account=account), now)
        unit.commit()


def save_batch_limits(limits: BatchLimits, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """When batches close by themselves, from now on."""
    with units(merchant) as unit:
        unit.return_desk.save(replace(unit.return_desk.settings(), limits=limits), now)
        unit.commit()


def save_drop_off_points(text: str, *, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many points the list has, which takes the place of the last; empty for none. Raises `UnreadablePoints`."""
    points = read_points(text) if text.strip() else ()
    with units(merchant) as unit:
        unit.return_desk.save_points(points, now)
        unit.commit()
    return len(points)
