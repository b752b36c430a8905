"""Tell the order's own address of a withdrawal that somebody declared under another one."""

from datetime import datetime

from plugin.domain.declaration import Declaration, Recent
from plugin.domain.declaration.matching import same_address
from plugin.domain.declaration.pace import is_told_at_once
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.declaration_letters import Notice
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.queue_letter import queue_letter


def tell_order_address(  # noqa: PLR0913 - what is told of which order, and the ports it takes
    declaration: Declaration,
    stored: StoredOrder,
    recent: Recent,
    *,
    shop: Shop,
    unit: UnitOfWork,
    notice: Notice,
    now: datetime,
) -> None:
    """Once for each order; nothing where the acknowledgement goes to that very address, or there is none."""
    own, said = stored.order.shopper.email, declaration.statement
    if not own or said is None or same_address(own, said.reply_to):
        return
    letter = notice(declaration, shop, stored)
    mail_id = f"declared-{declaration.id}-{stored.id}"
    queue_letter(mail_id, letter, unit, now, at_once=is_told_at_once(recent))
