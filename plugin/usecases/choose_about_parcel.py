"""Do what a shopper chose about their parcel: recorded once, carried out by the claims there are already.

Called off before it arrives is a withdrawal where the law gives one, declared and acknowledged like any other
(Directive 2011/83/EU arts. 9, 11(1), 11(3)); elsewhere, and for what is lost or damaged, it is a claim (arts. 18, 20).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.giving import grant_goodwill
from plugin.domain.claim.events import StageMoved
from plugin.domain.claim.goodwill import VOUCHER
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.money import LOST
from plugin.domain.claim.never_came import DAMAGED, LATE
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, Actor, ActorKind
from plugin.domain.declaration import Contract, Picked, Proof, Statement
from plugin.domain.entitlement import ClockState, Right
from plugin.domain.errors import Invalid
from plugin.domain.ids import ClaimDraftId, ClaimId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.exceptions.alert import Alert, ChoiceMade
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.declaration_letters import DeclarationLetters
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.judging import judge_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_here
from plugin.usecases.claim.send_voucher import queue_voucher
from plugin.usecases.declare_withdrawal import Declared, declare_here
from plugin.usecases.tracking.situation import parcel_units, promised_voucher

_REASONS: Final = {AlertKind.LOST: LOST, AlertKind.DAMAGED: DAMAGED, AlertKind.SENT_BACK: LOST}
_RUNS: Final = frozenset({ClockState.NOT_STARTED, ClockState.OPEN, ClockState.UNLIMITED})
_SHORTEST, _LONGEST = 10, 500


class AddressNeeded(Invalid):
    """An address that nobody could send anything to, or none."""

    code = "address_needed"


@dataclass(frozen=True, slots=True)
class Chooser:
    """What is chosen, in which language; `address` is typed with `Choice.ADDRESS` alone."""

    choice: Choice
    language: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class _Declaring:
    """What declaring a withdrawal takes besides the desk."""

    shop: Shop
    letters: DeclarationLetters


def choose(
    alert: str,
    chosen: Chooser,
    *,
    shop: Shop,
    desk: Desk,
    letters: DeclarationLetters | None,
    now: datetime,
) -> Alert:
    """The alert with the choice; the same again for whoever presses twice.

    Raises `ChoiceMade`, `AddressNeeded`, `NotFound`, and what opening a claim raises; then nothing is recorded.
    """
    declaring = None if letters is None else _Declaring(shop, letters)
    with desk.sitting(now) as here:
        known = here.unit.alerts.get(alert)
        here.unit.claims.hold(known.order)
        known = here.unit.alerts.get(alert)
        if known.chosen is not None and known.chosen.choice is chosen.choice:
            return known
        known.choose(chosen.choice, now)
        claim = _carried_out(known, chosen, declaring, here)
        after = known.choose(chosen.choice, now, claim=claim, address=_address(chosen))
        here.unit.alerts.save([after])
        here.unit.commit()
    return replace(after, version=after.version + 1)


def is_withdrawal(alert: Alert, *, desk: Desk, now: datetime) -> bool:
    """Whether calling it off now is a withdrawal: the money is owed then; else it is a claim that somebody decides."""
    with desk.units.read(desk.merchant) as unit:
        here = Sitting(unit, desk, now)
        units = tuple(_units(alert, here))
        return bool(units) and _may_withdraw(unit.orders.get(alert.order), units, here)


def _carried_out(alert: Alert, chosen: Chooser, declaring: _Declaring | None, here: Sitting) -> ClaimId | None:
    """The claim that does it; None: nothing but the record is needed."""
    match chosen.choice:
        case Choice.WAIT | Choice.ADDRESS:
            return None
        case Choice.VOUCHER:
            return _thanked(alert, chosen, here)
        case Choice.CANCEL:
            withdrawn = _withdrawn(alert, chosen, declaring, here) if declaring else None
            return withdrawn or _claimed(alert, LATE, Remedy.REFUND, chosen, here).id
        case Choice.REFUND:
            return _claimed(alert, _REASONS.get(alert.kind, LATE), Remedy.REFUND, chosen, here).id
        case Choice.RESEND:
            return _claimed(alert, _REASONS.get(alert.kind, LATE), Remedy.REPLACEMENT, chosen, here).id


def _claimed(alert: Alert, reason: str, wanted: Remedy, chosen: Chooser, here: Sitting) -> Claim:
    """A claim about every unit in the parcel that is left, by the shopper; it bears the alert's id, so it is one."""
    lines = tuple(FormLine(each.line, each.quantity, reason, wanted) for each in _units(alert, here))
    return open_here(_form(alert, lines, chosen), here)


def _thanked(alert: Alert, chosen: Chooser, here: Sitting) -> ClaimId:
    """The voucher stands on a claim about the delay, which holds nothing: it is closed with it, and may be reopened.

    Nobody is written to of opening and closing it; the voucher's own letter follows once the platform has made it.
    """
    quiet = replace(here, desk=replace(here.desk, letter=None))
    stored = here.unit.orders.get(alert.order)
    voucher = promised_voucher(alert, stored.order, here.unit)
    if voucher is None:
        raise ChoiceMade({"choice": chosen.choice})
    first = next(iter(_units(alert, here)), None)
    line = () if first is None else (FormLine(first.line, 1, LATE, Remedy.REFUND),)
    claim = open_here(_form(alert, line, chosen), quiet)
    if not claim.goodwill:
        here.unit.claim_desk.add_goodwill(voucher.budget_of, here.now.date(), voucher.amount)
        claim = quiet.act(claim.id, lambda _: _given(voucher.amount, Actor(ActorKind.AGENT, voucher.budget_of)))
        queue_voucher(claim, claim.goodwill[-1].no, quiet)
    return claim.id


def _given(amount: Money, by: Actor) -> tuple[Draft, ...]:
    return (
        *grant_goodwill(VOUCHER, amount, by, left=amount),
        Draft(StageMoved(Stage.CLOSED, "settled"), ENGINE),
    )


def _withdrawn(alert: Alert, chosen: Chooser, declaring: _Declaring, here: Sitting) -> ClaimId | None:
    """The claim that a declared withdrawal becomes; None where the law gives none for everything in the parcel.

    Declared in the transaction that records the choice: neither is ever there without the other.
    """
    stored, units = here.unit.orders.get(alert.order), _units(alert, here)
    if not units or not _may_withdraw(stored, units, here):
        return None
    shopper = stored.order.shopper
    said = Statement(shopper.name or shopper.email or "", stored.order.number, shopper.email or "", picked=units)
    given = Declared(
        statement=said,
        language=chosen.language,
        form=f"alert-{alert.id}",
        caller=f"alert-{alert.id}",
        country=stored.order.place.country,
        known=Contract(stored.id, Proof.LINK_OPENED),
    )
    shop, letters, ids = declaring.shop, declaring.letters, here.desk.ids
    return ClaimId(declare_here(given, shop=shop, unit=here.unit, ids=ids, letters=letters, now=here.now).id)


def _may_withdraw(stored: StoredOrder, units: tuple[Picked, ...], here: Sitting) -> bool:
    """Whether the law lets the shopper withdraw from each of these goods now, before they arrive or after."""
    picked = {each.line for each in units}
    clocks = [line.clock(Right.WITHDRAWAL) for line in judge_of(stored, here).lines if line.line in picked]
    return bool(clocks) and all(each.absent is None and each.state(here.now) in _RUNS for each in clocks)


def _units(alert: Alert, here: Sitting) -> tuple[Picked, ...]:
    shipment = here.unit.shipments.get(alert.shipment)
    return tuple(parcel_units(shipment, here.unit.orders.get(alert.order), here.unit))


def _form(alert: Alert, lines: tuple[FormLine, ...], chosen: Chooser) -> ClaimForm:
    return ClaimForm(
        draft=ClaimDraftId(alert.id),
        order=alert.order,
        lines=lines,
        language=chosen.language,
        proof=Proof.LINK_OPENED.value,
    )


def _address(chosen: Chooser) -> str | None:
    """Raises `AddressNeeded`."""
    if chosen.choice is not Choice.ADDRESS:
        return None
    address = (chosen.address or "").strip()[:_LONGEST]
    if len(address) < _SHORTEST:
        raise AddressNeeded({"field": "address"})
    return address
