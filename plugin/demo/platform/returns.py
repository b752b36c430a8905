"""Returns as the demo's Shopify keeps them: by state, and each thing said of them once."""

from collections import Counter
from collections.abc import Callable
from hashlib import sha256

import msgspec

from plugin.demo.platform.books import Book, BookedParcel, BookedReturn
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, PlatformReturn
from plugin.domain.return_parts import LineFee, ReturnDelivery
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import DeclineReason, Refusal, ReturnCommand, Units
from plugin.ports.platform_returns import Disposed, Maker, Travel

REQUESTED, OPEN, DECLINED, CANCELED, CLOSED = "requested", "open", "declined", "canceled", "closed"
_LIVE = frozenset({REQUESTED, OPEN, CLOSED})
Change = Callable[[BookedReturn], BookedReturn]


def opened(command: ReturnCommand, key: str, book: Book) -> BookedReturn:
    """A new return. Raises `Rejected` for units that are in another one."""
    held = Counter[str]()
    for each in book.returns:
        if each.status in _LIVE:
            held.update(dict(each.lines))
    sold = {line.id: line.quantity for line in command.order.lines}
    if any(held[unit.line] + unit.quantity > sold[unit.line] for unit in command.units):
        raise Rejected(Refusal.MORE_THAN_LEFT)
    lines = tuple((str(unit.line), unit.quantity) for unit in command.units)
    number = str(int.from_bytes(sha256(key.encode()).digest()[:6]) + 1_000_000)
    shipping = command.fees.shipping
    fees = tuple((str(fee.line), fee.amount) for fee in command.fees.restocking)
    return BookedReturn(
        number, key, OPEN if command.is_approved else REQUESTED, lines, shipping_fee=shipping, restocking_fees=fees
    )


def moved(start: str, end: str) -> Change:
    """From one state to the next; there already, nothing changes. Raises `Rejected` (`wrong_state`)."""

    def change(given: BookedReturn) -> BookedReturn:
        if given.status not in {start, end} or (end == CANCELED and given.handled):
            raise Rejected(Refusal.WRONG_STATE)
        return msgspec.structs.replace(given, status=end)

    return change


def declined(reason: DeclineReason) -> Change:
    """From requested to declined, and why."""
    return lambda given: msgspec.structs.replace(
        moved(REQUESTED, DECLINED)(given), declined=given.declined or reason.value
    )


def left(units: tuple[Units, ...]) -> Change:
    """No more than these, and what was received."""

    def change(given: BookedReturn) -> BookedReturn:
        stay, came = {str(each.line): each.quantity for each in units}, dict(given.handled)
        lines = {line: min(count, max(stay.get(line, 0), came.get(line, 0))) for line, count in given.lines}
        kept = tuple((line, count) for line, count in lines.items() if count)
        if kept == given.lines:
            return given
        status = given.status if kept else CLOSED
        return msgspec.structs.replace(_open(given), lines=kept, status=status)

    return change


def sent(units: tuple[Units, ...], travel: Travel) -> Change:
    """One parcel of exactly these units; what `travel` does not name stays, but the address of another number."""
    holds = tuple((str(each.line), each.quantity) for each in units)

    def change(given: BookedReturn) -> BookedReturn:
        _fits(_open(given), dict(holds), dict(given.lines))
        same = [each for each in given.parcels if each.lines == holds and travel.may_be(each.number, each.label)]
        known = min(same, key=lambda each: not travel.is_known_by(each.number, each.label), default=None)
        old = known or BookedParcel(f"{given.id}{len(given.parcels) + 1}", holds)
        number = travel.number or old.number
        url = travel.url or (old.url if number == old.number else None)
        new = msgspec.structs.replace(old, number=number, url=url, label=travel.label or old.label)
        parcels = {each.id: each for each in given.parcels} | {new.id: new}
        return msgspec.structs.replace(given, parcels=tuple(parcels.values()))

    return change


def disposed(gone: tuple[Disposed, ...]) -> Change:
    """At least so many units ended so."""

    def change(given: BookedReturn) -> BookedReturn:
        said = {(line, outcome): count for line, outcome, count in _open(given).disposed}
        for each in gone:
            way = (str(each.line), each.outcome.value)
            said[way] = max(said.get(way, 0), each.quantity)
        ended = Counter[str]()
        for (line, _), count in said.items():
            ended[line] += count
        _fits(given, ended, dict(given.lines))
        return msgspec.structs.replace(given, disposed=tuple((*way, count) for way, count in said.items()))

    return change


def handled(units: tuple[Units, ...]) -> Change:
    """At least so many units received."""

    def change(given: BookedReturn) -> BookedReturn:
        came = dict(_open(given).handled)
        for each in units:
            came[str(each.line)] = max(came.get(str(each.line), 0), each.quantity)
        _fits(given, came, dict(given.lines))
        return msgspec.structs.replace(given, handled=tuple(came.items()))

    return change


def maker(given: BookedReturn, key: str) -> Maker:
    """Who had it made: one without a key was made in the demo store itself."""
    if not given.key:
        return Maker.ELSEWHERE
    return Maker.ASKER if given.key == key else Maker.US


def told(given: BookedReturn) -> PlatformReturn:
    """As the port has it."""
    return PlatformReturn(
        given.id,
        given.status,
        _lines(given.lines),
        _lines(given.handled),
        tuple(ReturnDelivery(each.id, each.number, each.url, each.label) for each in given.parcels),
        given.shipping_fee,
        tuple(LineFee(LineId(line), amount) for line, amount in given.restocking_fees),
    )


def _lines(given: tuple[tuple[str, int], ...]) -> tuple[FulfilledLine, ...]:
    return tuple(FulfilledLine(LineId(line), quantity) for line, quantity in given)


def _open(given: BookedReturn) -> BookedReturn:
    if given.status != OPEN:
        raise Rejected(Refusal.WRONG_STATE)
    return given


def _fits(given: BookedReturn, asked: dict[str, int], there: dict[str, int]) -> None:
    if any(count > there.get(line, 0) for line, count in asked.items()):
        raise Rejected(Refusal.MORE_THAN_LEFT, detail=given.id)
