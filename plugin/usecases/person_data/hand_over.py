"""Hand over what was put together: take it away, say that it was answered, and let go what has served."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.data_request import KEPT_AFTER, KEPT_WAITING, DataRequest, UnknownDataRequest
from plugin.domain.ids import DataRequestId, MerchantId, StaffId
from plugin.domain.personal_view import PersonalView, Seen
from plugin.ports.files import Files
from plugin.ports.unit_of_work import Units
from plugin.usecases.person_data.reach import orders_in

_MOST = 200


@dataclass(frozen=True, slots=True)
class Copy:
    """The archive: what it answers, and its bytes."""

    request: DataRequest
    content: Iterator[bytes]


def take_copy(
    request: DataRequestId, by: StaffId, *, merchant: MerchantId, units: Units, files: Files, now: datetime
) -> Copy:
    """The archive; that somebody took it is put on record for each order in it. Raises `UnknownDataRequest`."""
    with units(merchant) as unit:
        known = unit.data_requests.get(request)
        if known.person is None or known.object is None or not known.has_file:
            raise UnknownDataRequest
        cipher = unit.data_requests.cipher(request, known.person)
        for order in orders_in(known, unit):
            number = unit.orders.get(order).order.number
            unit.claim_desk.add_view(PersonalView(by, Seen.ORDER, order, number, now))
        unit.commit()
    return Copy(known, cipher.open(known.object, files))


def hand_over(request: DataRequestId, by: StaffId, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """Say that it was answered. Raises `UnknownDataRequest`, `NothingToHandOver`."""
    with units(merchant) as unit:
        unit.data_requests.save(unit.data_requests.get(request).handed_over(by, now))
        unit.commit()


def sweep_data_requests(*, merchant: MerchantId, units: Units, files: Files, now: datetime) -> int:
    """How many files are gone: handed over a week ago, never handed over, or of an erased person.

    First the records say that they go, then the bytes go, then the records: killed anywhere, the next sweep goes on.
    """
    with units(merchant) as unit:
        unit.data_requests.drop_due(now - KEPT_AFTER, now - KEPT_WAITING)
        dropped = unit.data_requests.dropped(_MOST)
        unit.commit()
    for each in dropped:
        files.delete(f"{merchant}/{each}")
    if dropped:
        with units(merchant) as unit:
            unit.data_requests.remove(dropped)
            unit.commit()
    return len(dropped)
