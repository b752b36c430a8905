"""Orders of December 2023 for worked examples: placed Friday 1, delivered Sunday 3, in Berlin unless said otherwise."""

from dataclasses import replace
from datetime import UTC, datetime

from plugin.domain.ids import LineId
from plugin.domain.order import (
    Address,
    DeliveryEvent,
    DeliveryStatus,
    FulfilledLine,
    Fulfilment,
    OrderLine,
    Refund,
    RefundAllocation,
    Shopper,
)
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.stored import DeliveryMark, StoredOrder
from plugin.domain.times import Moment, Source
from tests import build

PLACED = datetime(2023, 12, 1, 9, 30, tzinfo=UTC)
DELIVERED = datetime(2023, 12, 3, 11, 0, tzinfo=UTC)
MARKED = datetime(2024, 1, 1, tzinfo=UTC)
NO_PROMISE = {"return_days": None, "exchange_days": None, "return_payer": Payer.UNKNOWN, "warranty_months": None}

Units = tuple[tuple[str, int], ...]


def day(number: int, month: int = 12, hour: int = 11) -> datetime:
    return datetime(2023, month, number, hour, tzinfo=UTC)


def a_line(line_id: str = "1", **facts: object) -> OrderLine:
    return build.a_line(line_id, **{"is_physical": None, **facts})


def shipped(*, lines: Units = (), **facts: object) -> Fulfilment:
    """A fulfilment on its way; without lines it carries all of them."""
    parts = tuple(FulfilledLine(LineId(line), quantity) for line, quantity in lines)
    return build.a_fulfilment(**{"lines": parts, "shipped": Moment(PLACED, Source.PLATFORM), **facts})


def delivered(
    at: datetime = DELIVERED, *, by: Source = Source.CARRIER, lines: Units = (), **facts: object
) -> Fulfilment:
    """A fulfilment reported as delivered then."""
    event = DeliveryEvent(DeliveryStatus.DELIVERED, Moment(at, by))
    return shipped(lines=lines, **{"events": (event,), **facts})


def refund_of(line: str, quantity: int, at: datetime = PLACED, **facts: object) -> Refund:
    part = RefundAllocation(LineId(line), quantity, build.a_price(), build.a_price(0))
    return build.a_refund(moment=Moment(at, Source.PLATFORM), lines=(part,), **facts)


def marked(at: datetime, line: str | None = None, marked_at: datetime = MARKED) -> DeliveryMark:
    return DeliveryMark(Moment(at, Source.MERCHANT), marked_at, None, LineId(line) if line else None)


def stored(
    *, marks: tuple[DeliveryMark, ...] = (), country: str | None = "DE", postcode: str = "10115", **facts: object
) -> StoredOrder:
    plain = {
        "placed": Moment(PLACED, Source.PLATFORM),
        "lines": (a_line(),),
        "shopper": Shopper(delivery=Address(postcode=postcode, country=country)),
        "fulfilments": (delivered(),),
    }
    order = build.an_order(country=country, **{**plain, **facts})
    numbered = tuple(replace(f, id=f"f{number}") for number, f in enumerate(order.fulfilments, 1))
    return build.a_stored_order(replace(order, fulfilments=numbered), marks=marks)


def a_policy(**promise: object) -> PolicyVersion:
    """A policy with one market for everybody; what is not named is not promised."""
    market = build.a_market(**{**NO_PROMISE, **promise})  # type: ignore[arg-type]  # a test names terms of the market
    return PolicyVersion("v1", PLACED, market)
