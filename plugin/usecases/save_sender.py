"""Put on record who the merchant's mail comes from."""

from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.sender_form import TypedSender, read_sender
from plugin.ports.unit_of_work import Units


def save_sender(typed: TypedSender | None, *, merchant: MerchantId, units: Units, now: datetime) -> None:
    """As typed, or None for the installation's own; raises `UnusableSender` with what is wrong at each field.

    Saving what is there already changes nothing, so that a test mail goes on counting.
    """
    with units(merchant) as unit:
        known = unit.senders.get()
        sender = None if typed is None else read_sender(typed, known)
        if sender != known:
            unit.senders.save(sender, now)
            unit.commit()
