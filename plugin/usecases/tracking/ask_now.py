"""Ask about one parcel now, out of its turn, and say what stands in the way where that brings nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.breaking import may_ask
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.ways import askable, choose
from plugin.ports.carrier import Carriers
from plugin.usecases.tracking.ask_account import AskMeans, Turn, ask_account
from plugin.usecases.tracking.ask_carriers import covered, question_about, registering


class Hindrance(StrEnum):
    """Why nothing was learnt."""

    VOID = "void"
    """Its number was taken off the order, or its person was erased."""
    NO_ACCOUNT = "no_account"
    """No account that may be asked tells of it."""
    RESTING = "resting"
    """The account failed, and is left alone for a while."""
    BUSY = "busy"
    """The account is being asked by somebody else, or may not be asked again so soon."""
    FAILED = "failed"
    """The account was asked, and gave nothing."""
    UNKNOWN = "unknown"
    """The account was asked, and knows no such parcel."""


@dataclass(frozen=True, slots=True)
class AskedNow:
    """The parcel as it stands now. `kind`: the account that was to be asked; `hindrance` None: it has told of it.

    `fault` is the account's, one of `CarrierFault`; `until`: while it rests, UTC.
    """

    parcel: Shipment
    kind: str | None = None
    hindrance: Hindrance | None = None
    fault: str | None = None
    until: datetime | None = None


def ask_now(parcel: ShipmentId, carriers: Carriers, *, merchant: MerchantId, means: AskMeans) -> AskedNow:
    """Whoever would be asked next, with the same care: one question, none of an account that rests.

    What is told is kept, and the next question set by it. Raises `NotFound`.
    """
    now = means.clock.now()
    with means.units.read(merchant) as unit:
        known = unit.shipments.get(parcel)
        accounts = {each.kind: each for each in unit.carrier_accounts.all()}
        could, covers = askable(list(accounts.values()), covered(carriers), now), covered(carriers)
        choice = choose(known, could, covers, registering(carriers))
        question = question_about(known, choice, unit) if choice else None
    if known.is_void or known.is_forgotten:
        return AskedNow(known, hindrance=Hindrance.VOID)
    if question is None:
        return AskedNow(known, hindrance=Hindrance.NO_ACCOUNT)
    kind = question.choice.way.kind
    breaker = accounts[kind].breaker
    if not may_ask(breaker, now):
        return AskedNow(known, kind, Hindrance.RESTING, breaker.fault, breaker.open_until)
    turn = ask_account(carriers.kinds()[kind], carriers.source, [question], merchant=merchant, means=means)
    with means.units.read(merchant) as unit:
        after = unit.shipments.get(parcel)
    return AskedNow(after, kind, _hindrance(turn), turn.fault)


def _hindrance(turn: Turn) -> Hindrance | None:
    if turn.tally["known"] or turn.tally["overtaken"]:
        return None
    if turn.tally["unknown"] and turn.fault is None:
        return Hindrance.UNKNOWN
    return Hindrance.FAILED if turn.fault else Hindrance.BUSY
