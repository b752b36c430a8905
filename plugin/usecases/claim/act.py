"""Do something to a claim: judged on what its record tells, written as entries, all in the caller's transaction."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.open_quantity import check_held, holds_more
from plugin.domain.claim.record import Draft, extend
from plugin.domain.claim.replay import after, replay
from plugin.domain.ids import ClaimId, LineId, OrderId
from plugin.domain.refund.intent import RefundState
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork

Command = Callable[[Claim], Sequence[Draft]]
"""What to record, judged on the claim as it is; one of `plugin.domain.claim.commands` with its arguments filled in."""

_SALT = 32


def act_on_claim(claim: ClaimId, command: Command, *, unit: UnitOfWork, secrets: Secrets, now: datetime) -> Claim:
    """The claim after the command; unchanged when there is nothing to record. The caller commits.

    Raises what the command raises, `NoSuchMove`, `NotFound`, `TooManyUnits` when it would hold units that another
    claim took meanwhile, and `Conflict` when somebody else was faster.
    """
    entries = unit.claims.record(claim)
    known = replay(claim, entries)
    added = extend(claim, entries, command(known), now, salts(secrets))
    if not added:
        return known
    changed = after(known, added)
    if holds_more(known, changed):
        _check_units(known, changed, unit)
    unit.claims.append(changed, added)
    return changed


def begin_claim(claim: ClaimId, drafts: Sequence[Draft], *, unit: UnitOfWork, secrets: Secrets, now: datetime) -> Claim:
    """A new claim from its opening and what came with it; the caller commits. Raises `NoSuchMove`, `NotFound`."""
    entries = extend(claim, (), drafts, now, salts(secrets))
    opened = replay(claim, entries)
    unit.claims.append(opened, entries)
    return opened


def read_claim(claim: ClaimId, unit: UnitOfWork) -> Claim:
    """The claim as its record tells it. Raises `NotFound`."""
    return replay(claim, unit.claims.record(claim))


def claims_of(order: OrderId, unit: UnitOfWork) -> list[Claim]:
    """Every claim on an order, oldest first."""
    return [read_claim(claim, unit) for claim in unit.claims.of_order(order)]


def settled_units(order: OrderId, unit: UnitOfWork) -> Counter[LineId]:
    """How many units of each line our own settled refunds took off."""
    settled = Counter[LineId]()
    for intent in unit.refunds.of([order]):
        if intent.state is RefundState.SETTLED and intent.reverses is None:
            settled.update({part.line: part.quantity for part in intent.allocations})
    return settled


def _check_units(before: Claim, changed: Claim, unit: UnitOfWork) -> None:
    """Nobody else opens a claim on the order while this is judged."""
    unit.claims.hold(changed.order)
    others = [claim for claim in claims_of(changed.order, unit) if claim.id != changed.id]
    settled = settled_units(changed.order, unit)
    for line in unit.orders.get(changed.order).order.lines:
        check_held(before, changed, line, others, settled[line.id])


def salts(secrets: Secrets) -> Iterator[str]:
    """Fresh salts, 32 hexadecimal digits each."""
    while True:
        yield sha256(secrets.token().encode()).hexdigest()[:_SALT]
