"""Do something to a claim: judged on what its record tells, written as entries, all in the caller's transaction."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Draft, extend
from plugin.domain.claim.replay import after, replay
from plugin.domain.ids import ClaimId
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork

Command = Callable[[Claim], Sequence[Draft]]
"""What to record, judged on the claim as it is; one of `plugin.domain.claim.commands` with its arguments filled in."""

_SALT = 32


def act_on_claim(claim: ClaimId, command: Command, *, unit: UnitOfWork, secrets: Secrets, now: datetime) -> Claim:
    """The claim after the command; unchanged when there is nothing to record. The caller commits.

    Raises what the command raises, `NoSuchMove`, `NotFound`, and `Conflict` when somebody else was faster.
    """
    entries = unit.claims.record(claim)
    known = replay(claim, entries)
    added = extend(claim, entries, command(known), now, salts(secrets))
    if not added:
        return known
    changed = after(known, added)
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


def salts(secrets: Secrets) -> Iterator[str]:
    """Fresh salts, 32 hexadecimal digits each."""
    while True:
        yield sha256(secrets.token().encode()).hexdigest()[:_SALT]
