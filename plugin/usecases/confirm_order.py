"""Confirm an order's rights to its shopper by mail, and keep proof of the words that were sent."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId, OrderId
from plugin.ports.confirmation import Confirm, Confirmation, ToConfirm
from plugin.ports.ids import Ids
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.quote_entitlements import later_of, policy_of, quote


def confirm_order(  # noqa: PLR0913 - which order, and the ports it takes
    order: OrderId, *, merchant: MerchantId, units: Units, ids: Ids, law: Law, confirm: Confirm, now: datetime
) -> Confirmation | None:
    """The confirmation as queued; None for a shopper without an address, or erased. Raises `NotFound`."""
    confirmation, address = _made(order, merchant, units, law, confirm, now)
    if not address:
        return None
    mail = Mail(address, confirmation.subject, confirmation.text, confirmation.language, confirmation.letter)
    with units(merchant) as unit:
        mail_id = ids.new()
        unit.mails.add(mail_id, mail, now)
        unit.queue.add([SendMail(merchant, mail_id)], key=mail_id)
        unit.shown.add(confirmation.shown)
        unit.commit()
    return confirmation


def show_confirmation(
    order: OrderId, *, merchant: MerchantId, units: Units, law: Law, confirm: Confirm, now: datetime
) -> Confirmation:
    """The block for a mail that somebody else sends; recorded as shown, once for the same words. Raises `NotFound`."""
    confirmation, _ = _made(order, merchant, units, law, confirm, now)
    with units.read(merchant) as unit:
        known = {replace(each, shown_at=now) for each in unit.shown.of(order)}
    new = [each for each in confirmation.shown if each not in known]
    if new:
        with units(merchant) as unit:
            unit.shown.add(new)
            unit.commit()
    return confirmation


def _made(
    order: OrderId, merchant: MerchantId, units: Units, law: Law, confirm: Confirm, now: datetime
) -> tuple[Confirmation, str | None]:
    with units.read(merchant) as unit:
        given = _gathered(order, unit, law, now)
    shopper = given.stored.order.shopper
    return confirm(given), None if shopper.is_erased else shopper.email


def _gathered(order: OrderId, unit: UnitOfWork, law: Law, now: datetime) -> ToConfirm:
    stored = unit.orders.get(order)
    policy = policy_of(stored, unit)
    said = quote(stored, policy, law, later_of(stored, policy, unit, now))
    shop = unit.shops.get(stored.shop)
    return ToConfirm(shop, stored, policy, said.lines, tuple(unit.attested.all()), now)
