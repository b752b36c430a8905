"""Claims in a database, quickly: real records and what they are listed by, many in one statement.

Nobody has written anything in them: words are sealed one by one, and nothing that is measured reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert, select, text

from bench.installations import Installation
from plugin.domain.claim.events import Assigned, ContactProven, Opened, OpenedLine, StageMoved, TierSet, TimerStarted
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.record import Draft, extend
from plugin.domain.claim.replay import replay
from plugin.domain.claim.vocabulary import CLOCK, ENGINE, SHOPPER, ClaimTrack, Judged, Tier
from plugin.domain.ids import ClaimId, LineId, OrderId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault, Payer
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.storage.claim_row import line_rows, row_of
from plugin.storage.tables import claim_entries, claim_lines, claims, orders

OPEN_OF = 5
"""One claim in so many is open."""
_BATCH = 1_000
_COUNTRIES = ("DE", "AT", "FR", "IT", "ES", "NL", "PL")
_JUDGED = Judged(Ground.LIABILITY, Payer.SHOP, None, (Remedy.REPAIR, Remedy.REFUND), (), Money(4990, "EUR"))


@dataclass(frozen=True, slots=True)
class Sold:
    """An order as claims on it need it."""

    order: OrderId
    shop: Shop
    at: datetime


def orders_of(installed: Installation, shop: Shop) -> list[OrderId]:
    """The shop's orders, oldest first."""
    statement = select(orders.c.id).where(orders.c.merchant_id == shop.merchant).order_by(orders.c.placed_at)
    with installed.runtime.storage.means.engines.read.connect() as connection:
        return [OrderId(order) for order in connection.execute(statement).scalars()]


def seed_claims(installed: Installation, shop: Shop, claimed: Sequence[OrderId]) -> None:
    """One claim for each of these orders, the last one opened an hour ago; the tables are analysed afterwards."""
    deps = installed.runtime.deps
    begun = deps.clock.now() - timedelta(minutes=len(claimed) + 60)
    for start in range(0, len(claimed), _BATCH):
        batch = range(start, min(start + _BATCH, len(claimed)))
        sold = [(number, Sold(claimed[number], shop, begun + timedelta(minutes=number))) for number in batch]
        _insert(installed, shop, [(ClaimId(deps.ids.new()), number, each) for number, each in sold])
    with installed.runtime.storage.means.engines.maintenance.connect() as connection:
        connection.execute(text("ANALYZE"))


def number_of(number: int) -> str:
    """What the claim of this running number is called."""
    return f"R-{number:06}"


def _insert(installed: Installation, shop: Shop, batch: Sequence[tuple[ClaimId, int, Sold]]) -> None:
    records = [(claim, extend(claim, (), _drafts(number, sold), sold.at, _salts())) for claim, number, sold in batch]
    folds = [replay(claim, entries) for claim, entries in records]
    own = {"merchant_id": shop.merchant}
    rows = [
        own | {"claim_id": claim, "seq": entry.seq, "at": entry.at, "body": entry.body, "hash": entry.hash}
        for claim, entries in records
        for entry in entries
    ]
    with installed.runtime.storage.engine.begin() as connection:
        connection.execute(insert(claims), [own | row_of(fold) for fold in folds])
        connection.execute(insert(claim_entries), rows)
        connection.execute(insert(claim_lines), [own | row for fold in folds for row in line_rows(fold)])


def _drafts(number: int, sold: Sold) -> list[Draft]:
    """Four of five were closed; of the others one in five is somebody's, one in four about safety."""
    drafts = [Draft(_opening(number, sold), SHOPPER), Draft(ContactProven("signed_in"), SHOPPER)]
    if number % OPEN_OF:
        return [*drafts, Draft(StageMoved(Stage.CLOSED, "settled"), CLOCK)]
    turn = number // OPEN_OF
    drafts.append(Draft(TimerStarted("first_answer", sold.at + timedelta(hours=turn % 48)), ENGINE))
    if turn % 5 == 0:
        drafts.append(Draft(Assigned(f"staff{turn % 7}"), ENGINE))
    if turn % 4 == 0:
        drafts.append(Draft(TierSet(Tier.SAFETY, "bench"), ENGINE))
    return drafts


def _opening(number: int, sold: Sold) -> Opened:
    return Opened(
        number=number_of(number),
        shop=sold.shop.id,
        order=sold.order,
        track=ClaimTrack.CLAIM,
        language="de",
        country=_COUNTRIES[number % len(_COUNTRIES)],
        zone="Europe/Berlin",
        policy_version=None,
        rulebook_version="1",
        calendar_version="1",
        lines=(OpenedLine(1, LineId("1"), 1, "quality.defective", Fault.SELLER, _JUDGED, Remedy.REPAIR),),
    )


def _salts() -> Iterator[str]:
    while True:
        yield sha256(b"bench").hexdigest()[:32]
