"""What working on a merchant's claims takes, and one unit of that work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, MerchantId
from plugin.domain.law.in_force import Law
from plugin.ports.claim_letters import ClaimLetter
from plugin.ports.deps import Deps
from plugin.ports.ids import Ids
from plugin.ports.letters import LateLetter
from plugin.ports.refusal_words import RefusalWords
from plugin.ports.secrets import Secrets
from plugin.ports.start_letter import StartLetter
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.act import Command, act_on_claim


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose claims, and what they are worked on with."""

    merchant: MerchantId
    units: Units
    ids: Ids
    secrets: Secrets
    law: Law
    letter: ClaimLetter | None = None
    """None: where nobody is written to."""
    refusal_words: RefusalWords | None = None
    """None: where only people refuse."""
    late_letter: LateLetter | None = None
    """None: where no staff are written to."""
    start_letter: StartLetter | None = None
    """None: where no shopper is told that a period began later."""

    @contextmanager
    def sitting(self, now: datetime) -> Iterator["Sitting"]:
        """One unit of work at one instant; whoever opened it commits."""
        with self.units(self.merchant) as unit:
            yield Sitting(unit, self, now)


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open unit of work."""

    unit: UnitOfWork
    desk: Desk
    now: datetime

    def act(self, claim: ClaimId, command: Command) -> Claim:
        """`act_on_claim` here and now."""
        return act_on_claim(claim, command, unit=self.unit, secrets=self.desk.secrets, now=self.now)

    def act_seen(self, claim: ClaimId, command: Command, seen: int | None) -> Claim:
        """The same on the version a page showed, None: on any. Raises `Conflict` when the claim has moved on since."""
        return self.act(claim, lambda known: command(as_seen(known, seen)))


def as_seen(claim: Claim, seen: int | None) -> Claim:
    """The claim, unless it has moved on since `seen`: then raises `Conflict`."""
    if seen is not None and claim.version != seen:
        raise Conflict({"what": "claim", "version": claim.version})
    return claim


def desk_of(deps: Deps, merchant: MerchantId) -> Desk:
    """A merchant's desk in this process."""
    return Desk(
        merchant,
        deps.units,
        deps.ids,
        deps.secrets,
        deps.law,
        deps.claim_letter,
        deps.refusal_words,
        deps.late_letter,
        deps.start_letter,
    )
