"""Ask about the parcels that are due, each of whoever is likeliest to know, an account after the other.

Whoever is killed in between has lost nothing: what is leased is due again when its lease runs out. An account that
does not answer rests, and keeps neither other accounts nor other merchants waiting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.breaking import may_ask
from plugin.domain.tracking.pace import is_over, put_off, unasked
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment
from plugin.domain.tracking.ways import askable, choose
from plugin.ports.carrier import Capability, Carriers
from plugin.ports.shipments import DueShipment, ShipmentLease
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.tracking.ask_account import AskMeans, Question, Turn, ask_account
from plugin.usecases.tracking.schedule_asking import reschedule

_LEASE: Final = timedelta(minutes=10)
"""Long for all the turns of one run, short for parcels whose worker died."""


def ask_carriers(lease: ShipmentLease, carriers: Carriers, *, means: AskMeans, limit: int) -> Iterator[Turn]:
    """Each account's turn, once it is over, those that rest included; none when no parcel is due.

    What goes wrong in our own code ends that one turn: the first such error is raised once all had theirs.
    """
    now = means.clock.now()
    failure: Exception | None = None
    for merchant, ids in _by_merchant(lease.lease(now, now + _LEASE, limit)).items():
        sorting = _sorted(merchant, ids, carriers, means)
        yield from sorting.put_off(merchant, means)
        for kind, questions in sorting.asked.items():
            try:
                yield ask_account(carriers.kinds()[kind], carriers.source, questions, merchant=merchant, means=means)
            except Exception as error:  # noqa: BLE001 - raised below
                failure = failure or error
    if failure is not None:
        raise failure


def covered(carriers: Carriers) -> dict[str, frozenset[str]]:
    """The carriers that each kind of account which can be asked tells of; none named: whoever's."""
    return {name: kind.covers for name, kind in carriers.kinds().items() if Capability.POLL in kind.capabilities}


@dataclass(frozen=True, slots=True)
class _Sorted:
    """One merchant's parcels by what becomes of them now: what each account is asked, whose account rests, the rest."""

    asked: dict[str, list[Question]] = field(default_factory=dict)
    resting: dict[str, list[tuple[Shipment, Asking]]] = field(default_factory=dict)
    nobodys: list[tuple[Shipment, Asking]] = field(default_factory=list)

    def put_off(self, merchant: MerchantId, means: AskMeans) -> Iterator[Turn]:
        """Those that are asked about later."""
        for kind, parcels in self.resting.items():
            reschedule(parcels, merchant=merchant, units=means.units)
            yield Turn(merchant, kind, Counter(put_off=len(parcels)))
        if self.nobodys:
            reschedule(self.nobodys, merchant=merchant, units=means.units)
            yield Turn(merchant, "", Counter(nobodys=len(self.nobodys)))


def _by_merchant(due: Sequence[DueShipment]) -> Mapping[MerchantId, list[ShipmentId]]:
    found: dict[MerchantId, list[ShipmentId]] = defaultdict(list)
    for each in due:
        found[each.merchant].append(each.shipment)
    return found


def _sorted(merchant: MerchantId, ids: Sequence[ShipmentId], carriers: Carriers, means: AskMeans) -> _Sorted:
    """Those waited for longest come first."""
    now = means.clock.now()
    with means.units.read(merchant) as unit:
        accounts = {each.kind: each for each in unit.carrier_accounts.all()}
        parcels = {each.id: each for each in unit.shipments.some(ids)}
        postcodes = {each.id: _postcode(each, unit) for each in parcels.values()}
    covers, found = covered(carriers), _Sorted()
    could = askable(list(accounts.values()), covers, now)
    for parcel in (parcels[each] for each in ids if each in parcels):
        choice = choose(parcel, could, covers)
        if is_over(parcel, now):
            found.nobodys.append((parcel, replace(parcel.asking, next_at=None)))
        elif choice is None:
            found.nobodys.append((parcel, unasked(parcel, now)))
        elif may_ask(breaker := accounts[choice.way.kind].breaker, now):
            found.asked.setdefault(choice.way.kind, []).append(Question(parcel, choice, postcodes[parcel.id]))
        else:
            rested = put_off(parcel.asking, breaker.open_until or now)
            found.resting.setdefault(choice.way.kind, []).append((parcel, rested))
    return found


def _postcode(parcel: Shipment, unit: UnitOfWork) -> str | None:
    """Of a parcel to the shopper nobody was asked about yet."""
    if parcel.purpose is not Purpose.OUTBOUND or parcel.asking.asked_at is not None:
        return None
    address = unit.orders.get(parcel.order).order.shopper.delivery
    return address.postcode if address else None
