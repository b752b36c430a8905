"""Write a shop's promises into its own platform, where its pages find them without asking us; no more than has changed.

What was written is on record batch by batch, so a run that dies is simply run again, and goes on where it stood. From a
shop that was let go everything is taken away, and then its tokens are forgotten.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from plugin.domain.connection_faults import ShopFault
from plugin.domain.effects import PublishPromises
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.posting import Posting
from plugin.domain.shop import Shop
from plugin.ports.published_promises import PromiseBoard
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.write_promises import LEASE, PostingMeans, PostingRun, batches, settle, write_promises

NOTHING_TO_WRITE: Final = "nothing_to_write"
BUSY: Final = "busy"
REMOVED: Final = "removed"
GIVEN_UP: Final = "given_up"


def publish_promises(shop_id: ShopId, *, merchant: MerchantId, means: PostingMeans) -> str:
    """What came of it: one of these words, a fault's code, or `written_<number>`."""
    began = means.clock.now()
    with means.units(merchant) as unit:
        shop, posting = unit.shops.get(shop_id), unit.postings.get(shop_id)
        board, is_let_go = means.boards.get(shop.platform), unit.connections.get(shop_id) is None
        if board is None or shop.is_demo or (is_let_go and posting is None):
            return NOTHING_TO_WRITE
        if posting is None:
            unit.postings.save(Posting(shop_id, began))
        leased = unit.postings.lease(shop_id, began, began + LEASE)
        unit.commit()
    if leased is None:
        return BUSY
    run = PostingRun(shop, leased, began, means)
    try:
        with board(shop) as opened:
            return _take_away(opened, run) if is_let_go else write_promises(opened, run)
    except ShopFault as fault:
        return _failed(fault, run, is_let_go=is_let_go)


def queue_due_postings(*, merchant: MerchantId, platforms: Collection[Platform], units: Units, now: datetime) -> int:
    """How many shops may have something to be written, or to be taken away; they are queued."""
    with units.read(merchant) as unit:
        due = [shop.id for shop in unit.shops.all() if shop.platform in platforms and _is_due(shop, unit, now)]
    if not due:
        return 0
    with units(merchant) as unit:
        for shop in due:
            unit.queue.add([PublishPromises(merchant, shop)], key=f"postings:{shop}:{now.isoformat()}")
        unit.commit()
    return len(due)


def _is_due(shop: Shop, unit: UnitOfWork, now: datetime) -> bool:
    posting = unit.postings.get(shop.id)
    if unit.connections.get(shop.id) is None:
        return posting is not None and (posting.due_at <= now or not posting.failures)
    if shop.is_demo or posting is None:
        return not shop.is_demo
    policy = unit.policies.in_force(now)
    return posting.is_due(policy.id if policy else None, now)


def _take_away(board: PromiseBoard, run: PostingRun) -> str:
    """Everything, while the token is good; then there is none any more."""
    units, shop = run.means.units, run.shop
    with units.read(shop.merchant) as unit:
        posted = sorted(unit.postings.posted(shop.id))
    for batch in batches(posted, board.most):
        board.remove(batch)
        with units(shop.merchant) as unit:
            unit.postings.note_removed(shop.id, batch)
            unit.commit()
    _forget(run)
    return REMOVED


def _failed(fault: ShopFault, run: PostingRun, *, is_let_go: bool) -> str:
    """Tried again later; a shop that was let go and cannot be asked is given up in the end."""
    now = run.means.clock.now()
    failed = run.posting.failed(fault, now)
    if is_let_go and (fault.is_final or failed.is_given_up(now)):
        _forget(run)
        return GIVEN_UP
    settle(failed, run)
    return fault.code


def _forget(run: PostingRun) -> None:
    """The posting, and the tokens that were kept for it, unless the shop is here again."""
    with run.means.units(run.shop.merchant) as unit:
        unit.postings.forget(run.shop.id)
        if unit.connections.get(run.shop.id) is None:
            unit.shop_tokens.remove(run.shop.id)
        unit.commit()
