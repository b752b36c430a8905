"""Which event starts the withdrawal period, and on which local day it happened (CRD art. 9(2))."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from plugin.domain.law.answers import Reason
from plugin.domain.law.counting import local_day
from plugin.domain.law.facts import OrderType, WithdrawalFacts
from plugin.domain.law.jurisdiction import WithdrawalLaw

Event = tuple[date, tuple[Reason, ...]]


def delivered_at(facts: WithdrawalFacts) -> datetime | None:
    """The delivery that counts: the first of regular deliveries, else the last, and None while any is outstanding."""
    arrived = [delivery for delivery in facts.deliveries if delivery is not None]
    if not arrived:
        return None
    if facts.order_type is OrderType.REGULAR:
        return min(arrived)
    return max(arrived) if len(arrived) == len(facts.deliveries) else None


def start_event(facts: WithdrawalFacts, law: WithdrawalLaw, zone: ZoneInfo) -> Event | None:
    """The local day of the event that starts the period, or None while it has not happened."""
    if law.starts == "contract_copy_received":
        return _copy_received(facts, zone)
    if facts.order_type is OrderType.SERVICES_AND_DIGITAL_CONTENT:
        return _contract_concluded(facts)
    delivered = delivered_at(facts)
    if delivered is None:
        return None
    day = local_day(delivered, zone)
    found: Event = (day, (Reason(_delivery_code(facts), day),))
    return _later_of(found, facts, law, zone) if law.also_needs else found


def _delivery_code(facts: WithdrawalFacts) -> str:
    if len(facts.deliveries) == 1:
        return "delivered"
    return "first_of_regular_deliveries" if facts.order_type is OrderType.REGULAR else "last_of_several_deliveries"


def _contract_concluded(facts: WithdrawalFacts) -> Event | None:
    day = facts.contract_concluded_on
    return None if day is None else (day, (Reason("contract_concluded", day),))


def _copy_received(facts: WithdrawalFacts, zone: ZoneInfo) -> Event | None:
    if facts.document_received_at is not None:
        day = local_day(facts.document_received_at, zone)
        return day, (Reason("document_received", day),)
    concluded, delivered = _contract_concluded(facts), delivered_at(facts)
    if concluded is not None or delivered is None:
        return concluded
    day = local_day(delivered, zone)
    return day, (Reason("delivered", day),)


def _later_of(found: Event, facts: WithdrawalFacts, law: WithdrawalLaw, zone: ZoneInfo) -> Event | None:
    """The later of delivery and what else the country asks for; None while a document known to be missing is due."""
    day, reasons = found
    if "disclosure_document" in law.also_needs:
        if facts.is_document_missing:
            return None
        if facts.document_received_at is not None:
            received = local_day(facts.document_received_at, zone)
            day, reasons = max(day, received), (*reasons, Reason("document_received", received))
    if "contract" in law.also_needs and facts.contract_concluded_on is not None:
        concluded = facts.contract_concluded_on
        day, reasons = max(day, concluded), (*reasons, Reason("contract_concluded", concluded))
    return day, reasons
