"""Ask about the parcels that are due, each of whoever is likeliest to know, an account after the other.

Whoever is killed in between has lost nothing: what is leased is due again when its lease runs out. An account that
does not answer rests, and keeps neither other accounts nor other merchants waiting.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import may_ask
from plugin.domain.tracking.pace import unasked
from plugin.domain.tracking.ways import askable, choose
from plugin.ports.carrier import Capability, Carriers
from plugin.ports.shipments import DueShipment, ShipmentLease
from plugin.usecases.tracking.ask_account import AskMeans, Question, Turn, ask_account
from plugin.usecases.tracking.schedule_asking import put_off_all, reschedule

_LEASE: Final = timedelta(minutes=10)
"""Long for all the turns of one run, short for parcels whose worker died."""


def ask_carriers(lease: ShipmentLease, carriers: Carriers, *, means: AskMeans, limit: int) -> Iterator[Turn]:
    """Each account's turn, once it is over; none when no parcel is due.

    What goes wrong in our own code ends that one turn: the first such error is raised once all had theirs.
    """
    now = means.clock.now()
    failure: Exception | None = None
    for merchant, ids in _by_merchant(lease.lease(now, now + _LEASE, limit)).items():
        for kind, questions in _questions(merchant, ids, carriers, means).items():
            try:
                yield ask_account(carriers.kinds()[kind], carriers.source, questions, merchant=merchant, means=means)
            except Exception as error:  # noqa: BLE001 - raised below
                failure = failure or error
    if failure is not None:
        raise failure


def _by_merchant(due: Sequence[DueShipment]) -> Mapping[MerchantId, list[ShipmentId]]:
    found: dict[MerchantId, list[ShipmentId]] = defaultdict(list)
    for each in due:
        found[each.merchant].append(each.shipment)
    return found


def _questions(
    merchant: MerchantId, ids: Sequence[ShipmentId], carriers: Carriers, means: AskMeans
) -> Mapping[str, list[Question]]:
    """What each account is asked now, those waited for longest first; the others are scheduled for later."""
    now = means.clock.now()
    with means.units.read(merchant) as unit:
        accounts = {each.kind: each for each in unit.carrier_accounts.all()}
        parcels = {each.id: each for each in unit.shipments.some(ids)}
    covers = covered(carriers)
    could = askable(list(accounts.values()), covers, now)
    asked: dict[str, list[Question]] = defaultdict(list)
    later, nobody = [], []
    for parcel in (parcels[each] for each in ids if each in parcels):
        choice = choose(parcel, could, covers)
        if choice is None:
            nobody.append((parcel, unasked(parcel, now)))
        elif not may_ask(accounts[choice.way.kind].breaker, now):
            later.append((parcel, _rested(accounts[choice.way.kind], now)))
        else:
            asked[choice.way.kind].append(Question(parcel, choice))
    put_off_all(later, merchant=merchant, units=means.units)
    reschedule(nobody, merchant=merchant, units=means.units)
    return asked


def covered(carriers: Carriers) -> dict[str, frozenset[str]]:
    """The carriers that each kind of account which can be asked tells of; none named: whoever's."""
    return {name: kind.covers for name, kind in carriers.kinds().items() if Capability.POLL in kind.capabilities}


def _rested(account: CarrierAccount, now: datetime) -> datetime:
    return max(account.breaker.open_until or now, now)
