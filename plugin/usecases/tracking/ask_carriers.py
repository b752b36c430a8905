"""Ask about the parcels that are due, each of whoever is likeliest to know, an account after the other.

Whoever is killed in between has lost nothing: what is leased is due again when its lease runs out. An account that
does not answer rests, and keeps neither other accounts nor other merchants waiting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.ids import MerchantId, OrderId, ShipmentId
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import may_ask
from plugin.domain.tracking.pace import GIVEN_UP, NOBODY, is_over, put_off, unasked
from plugin.domain.tracking.shipment import Asking, Purpose, Shipment
from plugin.domain.tracking.ways import Choice, askable, choose, has_been_told_of
from plugin.ports.carrier import Capability, Carriers
from plugin.ports.shipments import DueShipment, ShipmentLease
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.tracking.ask_account import AskMeans, Question, Turn, ask_account
from plugin.usecases.tracking.schedule_asking import reschedule

_LEASE: Final = timedelta(minutes=10)
"""Long for all the turns of one run, short for parcels whose worker died."""


def ask_carriers(lease: ShipmentLease, carriers: Carriers, *, means: AskMeans, limit: int) -> Iterator[Turn]:
    """Each account's turn, once it is over, those that rest included; none when no parcel is due.

    What goes wrong in our own code ends that one turn, or that one merchant's: the first such error is raised once all
    had theirs.
    """
    now = means.clock.now()
    failure: Exception | None = None
    for merchant, ids in _by_merchant(lease.lease(now, now + _LEASE, limit)).items():
        try:
            sorting = _sorted(merchant, ids, carriers, means)
            yield from sorting.put_off(merchant, means)
        except Exception as error:  # noqa: BLE001 - raised below
            failure = failure or error
            continue
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


def registering(carriers: Carriers) -> frozenset[str]:
    """The kinds of account that follow a number from the first question on."""
    return frozenset(name for name, kind in carriers.kinds().items() if kind.is_registering)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """One merchant's parcels by what becomes of them now: what each account is asked, whose account rests, the rest."""

    chosen: list[tuple[Shipment, Choice]] = field(default_factory=list)
    asked: dict[str, list[Question]] = field(default_factory=dict)
    resting: dict[str, list[tuple[Shipment, Asking]]] = field(default_factory=dict)
    nobodys: list[tuple[Shipment, Asking]] = field(default_factory=list)
    unasked: Sequence[ShipmentId] = ()
    """There is no account to ask."""

    def put_off(self, merchant: MerchantId, means: AskMeans) -> Iterator[Turn]:
        """Those that are asked about later."""
        for kind, parcels in self.resting.items():
            reschedule(parcels, merchant=merchant, units=means.units)
            yield Turn(merchant, kind, Counter(put_off=len(parcels)))
        if self.unasked:
            now = means.clock.now()
            with means.units(merchant) as unit:
                unit.shipments.put_off(self.unasked, now + NOBODY, now - GIVEN_UP)
                unit.commit()
            yield Turn(merchant, "", Counter(nobodys=len(self.unasked)))
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
        if not askable(list(accounts.values()), covered(carriers), now):
            return _Sorted(unasked=ids)
        parcels = {each.id: each for each in unit.shipments.some(ids)}
        found = _chosen([parcels[each] for each in ids if each in parcels], accounts, carriers, now)
        postcodes = _postcodes([parcel for parcel, _ in found.chosen], unit)
    for parcel, choice in found.chosen:
        question = Question(parcel, choice, postcodes.get(parcel.order) if _wants_postcode(parcel) else None)
        found.asked.setdefault(choice.way.kind, []).append(question)
    return found


def _chosen(
    parcels: Iterable[Shipment], accounts: Mapping[str, CarrierAccount], carriers: Carriers, now: datetime
) -> _Sorted:
    covers, follow, found = covered(carriers), registering(carriers), _Sorted()
    could = askable(list(accounts.values()), covers, now)
    for parcel in parcels:
        choice = choose(parcel, could, covers, follow)
        if is_over(parcel, now):
            found.nobodys.append((parcel, replace(parcel.asking, next_at=None)))
        elif choice is None:
            found.nobodys.append((parcel, unasked(parcel, now)))
        elif may_ask(breaker := accounts[choice.way.kind].breaker, now):
            found.chosen.append((parcel, choice))
        else:
            rested = put_off(parcel.asking, breaker.open_until or now)
            found.resting.setdefault(choice.way.kind, []).append((parcel, rested))
    return found


def question_about(parcel: Shipment, choice: Choice, unit: UnitOfWork) -> Question:
    """What is asked about one parcel."""
    return Question(parcel, choice, _postcodes([parcel], unit).get(parcel.order))


def _wants_postcode(parcel: Shipment) -> bool:
    """Of a parcel to the shopper, until a carrier has told of it: some are silent without."""
    return parcel.purpose is Purpose.OUTBOUND and not has_been_told_of(parcel)


def _postcodes(parcels: Iterable[Shipment], unit: UnitOfWork) -> dict[OrderId, str]:
    """Orders are opened for nothing else, and only those whose parcels are asked about now."""
    orders = (unit.orders.get(each) for each in {each.order: None for each in parcels if _wants_postcode(each)})
    return {each.id: to.postcode for each in orders if (to := each.order.shopper.delivery) and to.postcode}
