"""Have the return on the shop's platform follow a claim: asked for, decided, sent, received, ended (`PlatformReturns`).

Runs in the worker, whenever the claim has moved on; one attempt at a time. It asks the platform what is there and does
what is missing, so that an attempt that died, or whose answers were lost, is made again without doing anything twice.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from plugin.domain.backoff import UNEXPECTED, is_last
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.disposing import is_to_be_restocked
from plugin.domain.claim.commands.disposing import restock as restocked
from plugin.domain.claim.wanted_return import wanted_return
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId
from plugin.domain.order import Order
from plugin.domain.returning.kept_return import KeptReturn
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import ActionsOf, PlatformActions, Refusal
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.decline_reason import decline_reason
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.parcels_of import parcels_of
from plugin.usecases.claim.return_ask import ReturnAsk
from plugin.usecases.claim.return_steps import Steps
from plugin.usecases.claim.return_stock import stock_of
from plugin.usecases.claim.work import work_on_claim

WAITING, UP_TO_DATE, NOTHING, NOT_KEPT, KEPT = "waiting", "up_to_date", "nothing_to_keep", "not_kept_there", "kept"


@dataclass(frozen=True, slots=True)
class KeepingMeans:
    """What it takes beside the desk; `public_url` None: the platform is told of no label's address."""

    actions: ActionsOf
    public_url: str | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One look at a claim and its order."""

    claim: Claim
    order: Order
    shop: Shop
    ask: ReturnAsk
    known: KeptReturn
    said: str


def keep_return(claim: ClaimId, *, desk: Desk, means: KeepingMeans, now: datetime) -> str:
    """What came of it, or the platform's refusal. What is refused is asked again once the claim has moved on."""
    attempt = _looked(claim, desk, means)
    known, version = attempt.known, attempt.claim.version
    if known.is_at_work(now) or (known.due_at is not None and known.due_at > now):
        return WAITING
    is_told = known.said == attempt.said and known.due_at is None
    if is_told or (not attempt.ask.wanted.lines and not known.returns):
        _save(known.done(version, attempt.said, known.returns), desk)
        return UP_TO_DATE if is_told else NOTHING
    if is_last(known.attempts):
        _save(known.refused(UNEXPECTED, known.returns, version), desk)
        return UNEXPECTED
    begun = known.begun(now)
    try:
        _save(begun, desk)
    except Conflict:
        return WAITING
    return _Work(attempt, replace(begun, version=begun.version + 1), desk, means, now).run()


def _looked(claim: ClaimId, desk: Desk, means: KeepingMeans) -> _Attempt:
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        order = unit.orders.get(known.order).order
        shop = unit.shops.get(known.shop)
        others = [each for each in unit.kept_returns.of_order(known.order) if each.claim != claim]
        kept = unit.kept_returns.get(claim) or KeptReturn(claim, known.order)
        labels = unit.labels.of_claim(claim)
    ask = ReturnAsk(
        claim=claim,
        wanted=wanted_return(known),
        parcels=parcels_of(known, labels, shop, desk.secrets, means.public_url),
        others=frozenset(each for other in others for each in other.returns),
        reason=known.number,
        decline=decline_reason(known),
    )
    said = sha256(msgspec.json.encode((ask.wanted, ask.parcels))).hexdigest()
    return _Attempt(known, order, shop, ask, kept, said)


@dataclass(slots=True)
class _Work:
    """An attempt; `begun`: the row as it is stored."""

    attempt: _Attempt
    begun: KeptReturn
    desk: Desk
    means: KeepingMeans
    now: datetime

    def run(self) -> str:
        """What came of it."""
        known, version = list(self.attempt.known.returns), self.attempt.claim.version
        try:
            outcome = self._keep(self.means.actions(self.attempt.shop), known)
        except Unavailable as error:
            self._settle(self.begun.postponed(tuple(known), version, self.now))
            return error.reason
        except Rejected as error:
            outcome = error.code
        if outcome in {KEPT, NOT_KEPT}:
            self._settle(self.begun.done(version, self.attempt.said, tuple(known)))
        else:
            self._settle(self.begun.refused(outcome, tuple(known), version))
        return outcome

    def _keep(self, platform: PlatformActions, known: list[str]) -> str:
        attempt = self.attempt
        if not platform.capabilities(attempt.order).returns:
            return NOT_KEPT
        to_restock = [line.no for line in attempt.claim.lines if is_to_be_restocked(line)]
        stock = stock_of(attempt.ask.wanted.lines, to_restock, attempt.order, self._record)
        is_said = Steps(platform, attempt.order, attempt.ask, stock, self._join, known).run()
        # A claim that was over before anybody looked had no return to keep.
        is_before = attempt.known.version == 0 and attempt.ask.wanted.is_over
        return KEPT if is_said or is_before else Refusal.WRONG_STATE

    def _join(self, return_id: str) -> bool:
        """Whether the return is this claim's now: of two claims at once, the first has it."""
        with self.desk.units(self.desk.merchant) as unit:
            unit.claims.hold(self.begun.order)
            others = [each for each in unit.kept_returns.of_order(self.begun.order) if each.claim != self.begun.claim]
            if any(return_id in each.returns for each in others):
                return False
            joined = replace(self.begun, returns=(*self.begun.returns, return_id))
            unit.kept_returns.save(joined)
            unit.commit()
        self.begun = replace(joined, version=joined.version + 1)
        return True

    def _record(self, no: int, outcome: str) -> None:
        work_on_claim(self.attempt.claim.id, lambda found: restocked(found, no, outcome), desk=self.desk, now=self.now)

    def _settle(self, after: KeptReturn) -> None:
        """Where this attempt took longer than its lease, what the next one says stands; no return is forgotten."""
        try:
            _save(after, self.desk)
        except Conflict:
            with self.desk.units(self.desk.merchant) as unit:
                kept = unit.kept_returns.get(after.claim)
                if kept is not None:
                    unit.kept_returns.save(replace(kept, returns=tuple(dict.fromkeys((*kept.returns, *after.returns)))))
                    unit.commit()


def _save(kept: KeptReturn, desk: Desk) -> None:
    with desk.units(desk.merchant) as unit:
        unit.kept_returns.save(kept)
        unit.commit()
