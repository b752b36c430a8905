"""Tell a claim where the parcel with its goods is on its way back, by the carrier's word.

Once a carrier has it, it was sent: evidence of having sent the goods back, with which the money may be withheld no
longer (Directive 2011/83/EU art. 13(3)). Arrived by the carrier's word is not received: nobody has looked at it yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.returning import move_return
from plugin.domain.claim.machines.goods import RETURN_LEG, ReturnState
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, LabelId, LineId, ShipmentId
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.shipment import BY_SHOPPER, Shipment
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_time import follow_time
from plugin.usecases.claim.tell import tell

_R, _S = ReturnState, DeliveryStatus
_HELD: Final = frozenset({_S.CUSTOMS, _S.EXCEPTION, _S.FAILED_ATTEMPT, _S.RETURNING, _S.RETURNED})
"""On its way back to the shopper counts as held up: they are still who has sent it."""


@dataclass(frozen=True, slots=True)
class _Goods:
    """The claim whose goods are in a parcel, and which order lines; None: those the shopper gave its number for."""

    claim: ClaimId
    lines: frozenset[LineId] | None = None
    is_to_hub: bool = False


def follow_parcel(shipment: ShipmentId, *, desk: Desk, now: datetime) -> bool:
    """Whether its claim learnt anything. Raises `Conflict` when somebody else was faster."""
    with desk.sitting(now) as here:
        parcel = here.unit.shipments.get(shipment)
        goods = _goods_in(parcel, here.unit)
        to = leg_of(parcel, is_to_hub=goods.is_to_hub) if goods else None
        if goods is None or to is None:
            return False
        before = known = read_claim(goods.claim, here.unit)
        for line in _to_move(known, goods, parcel, to):
            known = here.act(
                goods.claim, partial(move_return, no=line.no, to=to, by=ENGINE, detail=parcel.number.number)
            )
        if known.version == before.version:
            return False
        tell(before, advance(follow_time(before, known, here), here), here)
        here.unit.commit()
    return True


def is_behind(parcel: Shipment, unit: UnitOfWork) -> bool:
    """Whether the claim whose goods are in it does not know how far a carrier says it is."""
    goods = _goods_in(parcel, unit)
    to = leg_of(parcel, is_to_hub=goods.is_to_hub) if goods else None
    return bool(goods and to and _to_move(read_claim(goods.claim, unit), goods, parcel, to))


def leg_of(parcel: Shipment, *, is_to_hub: bool = False) -> ReturnState | None:
    """Where its goods are by a carrier's word; None: no carrier has had it in hand.

    At a hub they are only once the hub says so, which is on their way until then.
    """
    where = parcel.whereabouts
    if where.first_scan is None:
        return None
    if where.delivered and where.delivered.source is Source.CARRIER and where.status is _S.DELIVERED:
        return _R.IN_TRANSIT if is_to_hub else _R.DELIVERED
    if where.status is _S.LOST:
        return _R.LOST
    return _R.HELD if where.status in _HELD else _R.IN_TRANSIT


def _goods_in(parcel: Shipment, unit: UnitOfWork) -> _Goods | None:
    if parcel.belongs_to.startswith(BY_SHOPPER):
        return _Goods(ClaimId(parcel.belongs_to.removeprefix(BY_SHOPPER)))
    try:
        label = unit.labels.get(LabelId(parcel.belongs_to))
    except NotFound:
        return None
    return _Goods(label.claim, frozenset(each.line for each in label.lines), is_to_hub=label.to.is_hub)


def _to_move(claim: Claim, goods: _Goods, parcel: Shipment, to: ReturnState) -> Sequence[ClaimLine]:
    """Those in the parcel that are not as far as the carrier says; nothing of a claim that is over is moved."""
    if status_of(claim) in OVER:
        return ()
    numbers = {each.number for each in parcel.numbers}
    if goods.lines is None:
        inside = [line for line in claim.lines if _number_of(line) in numbers]
    else:
        inside = [line for line in claim.lines if line.order_line in goods.lines]
    return [line for line in inside if line.leg is not to and _may_move(line, to)]


def _number_of(line: ClaimLine) -> str | None:
    """The number the shopper gave for it, as carriers write it."""
    try:
        return tracking_number(line.sending.tracking) if line.sending and line.sending.tracking else None
    except NotATrackingNumber:
        return None


def _may_move(line: ClaimLine, to: ReturnState) -> bool:
    return line.leg is not _R.NOT_REQUIRED and RETURN_LEG.allows(line.leg, to)
