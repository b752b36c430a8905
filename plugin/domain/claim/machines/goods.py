"""Where the goods are: the way back, what was found, what becomes of them; a repair; a part sent instead."""

from enum import StrEnum

from plugin.domain.claim.machines.machine import Machine, moves


class ReturnState(StrEnum):
    """Where the goods of one line are on their way back."""

    NOT_REQUIRED = "not_required"
    AWAITED = "awaited"
    """They are to come back; no label and no word of them yet."""
    LABEL_ISSUED = "label_issued"
    LABEL_EXPIRED = "label_expired"
    SENT = "sent"
    """Handed over: by the carrier's word, or by the proof a shopper who sends them their own way has given."""
    IN_TRANSIT = "in_transit"
    HELD = "held"
    """Held up: at customs, damaged, returned to the sender."""
    LOST = "lost"
    AT_HUB = "at_hub"
    DELIVERED = "delivered"
    RECEIVED = "received"


_R = ReturnState
_ON_THE_WAY = (_R.SENT, _R.IN_TRANSIT, _R.HELD, _R.LOST, _R.AT_HUB, _R.DELIVERED, _R.RECEIVED)
RETURN_LEG = Machine(
    "return_leg",
    _R.NOT_REQUIRED,
    moves({
        _R.NOT_REQUIRED: (_R.AWAITED,),
        _R.AWAITED: (_R.NOT_REQUIRED, _R.LABEL_ISSUED, *_ON_THE_WAY),
        _R.LABEL_ISSUED: (_R.NOT_REQUIRED, _R.LABEL_EXPIRED, _R.LABEL_ISSUED, *_ON_THE_WAY),
        _R.LABEL_EXPIRED: (_R.NOT_REQUIRED, _R.LABEL_ISSUED, *_ON_THE_WAY),
        _R.SENT: _ON_THE_WAY[1:],
        _R.IN_TRANSIT: _ON_THE_WAY[2:],
        _R.HELD: (_R.IN_TRANSIT, *_ON_THE_WAY[3:]),
        _R.LOST: (_R.IN_TRANSIT, _R.AT_HUB, _R.DELIVERED, _R.RECEIVED),
        _R.AT_HUB: (_R.IN_TRANSIT, _R.LOST, _R.DELIVERED, _R.RECEIVED),
        _R.DELIVERED: (_R.RECEIVED, _R.LOST),
    }),
)  # fmt: skip


PROOF_OF_DISPATCH = frozenset({_R.SENT, _R.IN_TRANSIT, _R.HELD, _R.LOST, _R.AT_HUB, _R.DELIVERED, _R.RECEIVED})
"""States that show that the goods were sent; a parcel that is held up or lost was sent before."""


class InspectionState(StrEnum):
    """What was found when the goods were looked at."""

    NOT_LOOKED_AT = "not_looked_at"
    AS_SENT = "as_sent"
    DOWNGRADED = "downgraded"
    """Worth less than it should be; by how much is recorded (Directive 2011/83/EU art. 14(2))."""
    OTHER_ITEM = "other_item"
    EMPTY = "empty"
    INCOMPLETE = "incomplete"


_I = InspectionState
INSPECTION = Machine(
    "inspection",
    _I.NOT_LOOKED_AT,
    moves({state: tuple(_I) for state in _I if state is not _I.NOT_LOOKED_AT} | {_I.NOT_LOOKED_AT: tuple(_I)[1:]}),
)


class Disposition(StrEnum):
    """What becomes of goods that came back; may change until it is final."""

    UNDECIDED = "undecided"
    RESTOCK = "restock"
    REFURBISH = "refurbish"
    HARVEST_PARTS = "harvest_parts"
    TO_SUPPLIER = "to_supplier"
    TO_SHOPPER = "to_shopper"
    DONATE = "donate"
    RECYCLE = "recycle"
    DESTROY = "destroy"


RESTOCKED = "restocked"
"""The outcome of goods that are in stock again; any other is the code of why they are not."""
SHIPPING_STOPPED = "stopped"
"""The outcome of withdrawn goods that the platform keeps from leaving; any other leaves them to a person."""


class RepairState(StrEnum):
    """How far a repair is; a repair of goods that did not conform extends the guarantee (Directive (EU) 2024/1799)."""

    NONE = "none"
    BOOKED = "booked"
    RECEIVED = "received"
    DIAGNOSED = "diagnosed"
    QUOTED = "quoted"
    AGREED = "agreed"
    DECLINED = "declined"
    """Not wanted at the price that was quoted."""
    WAITING_FOR_PARTS = "waiting_for_parts"
    REPAIRING = "repairing"
    TESTED = "tested"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    UNREPAIRABLE = "unrepairable"


_P = RepairState
REPAIR = Machine(
    "repair",
    _P.NONE,
    moves({
        _P.NONE: (_P.BOOKED,),
        _P.BOOKED: (_P.RECEIVED, _P.REPAIRING, _P.UNREPAIRABLE),
        _P.RECEIVED: (_P.DIAGNOSED, _P.REPAIRING, _P.UNREPAIRABLE),
        _P.DIAGNOSED: (_P.QUOTED, _P.WAITING_FOR_PARTS, _P.REPAIRING, _P.UNREPAIRABLE),
        _P.QUOTED: (_P.AGREED, _P.DECLINED, _P.UNREPAIRABLE),
        _P.DECLINED: (_P.QUOTED,),
        _P.AGREED: (_P.WAITING_FOR_PARTS, _P.REPAIRING),
        _P.WAITING_FOR_PARTS: (_P.REPAIRING, _P.UNREPAIRABLE),
        _P.REPAIRING: (_P.TESTED, _P.WAITING_FOR_PARTS, _P.UNREPAIRABLE),
        _P.TESTED: (_P.SHIPPED, _P.REPAIRING),
        _P.SHIPPED: (_P.DELIVERED,),
    }),
)  # fmt: skip


class PartState(StrEnum):
    """How far a part sent instead of the whole is."""

    NONE = "none"
    REQUESTED = "requested"
    RESERVED = "reserved"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    FIXED = "fixed"
    NOT_FIXED = "not_fixed"


_T = PartState
PART = Machine(
    "part",
    _T.NONE,
    moves({
        _T.NONE: (_T.REQUESTED,),
        _T.REQUESTED: (_T.RESERVED, _T.SHIPPED),
        _T.RESERVED: (_T.SHIPPED, _T.REQUESTED),
        _T.SHIPPED: (_T.DELIVERED,),
        _T.DELIVERED: (_T.FIXED, _T.NOT_FIXED),
    }),
)  # fmt: skip
