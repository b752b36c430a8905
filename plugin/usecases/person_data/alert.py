"""Tell the merchant's owners by mail of requests for somebody's data: one came, its time runs out, or is over.

Each owner gets one message for each request and turn, however often this runs: the message's id says which it is.
"""

from collections.abc import Iterator
from datetime import datetime

from plugin.domain.data_request import turns
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Role
from plugin.ports.letters import DataRequestLetter
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.person_data.reach import MOST_TOLD, orders_in
from plugin.usecases.queue_letter import queue_letter


def alert_data_requests(*, merchant: MerchantId, units: Units, letter: DataRequestLetter, now: datetime) -> int:
    """How many messages were queued."""
    with units.read(merchant) as unit:
        if not any(_untold(unit, letter, now)):
            return 0
    with units(merchant) as unit:
        untold = dict(_untold(unit, letter, now))
        for mail_id, mail in untold.items():
            queue_letter(mail_id, mail, unit, now)
        unit.commit()
    return len(untold)


def _untold(unit: UnitOfWork, letter: DataRequestLetter, now: datetime) -> Iterator[tuple[str, Mail]]:
    """The messages nobody has been sent yet, by id."""
    waiting = unit.data_requests.open()
    owners = [member for member in unit.staff.all() if member.role is Role.OWNER] if waiting else []
    for request in waiting:
        for turn in turns(request, now):
            for owner in owners:
                mail_id = f"{request.id}-{turn}-{owner.id}"
                if not unit.mails.is_known(mail_id):
                    numbers = [unit.orders.get(order).order.number for order in orders_in(request, unit)[:MOST_TOLD]]
                    yield mail_id, letter(owner, unit.shops.get(request.shop), request, turn, numbers)
