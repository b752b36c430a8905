"""Worlds of shops whose platform keeps returns itself."""

from __future__ import annotations

from pathlib import Path

from plugin.domain.claim.commands import disposing, returning, withdrawing
from plugin.domain.claim.machines.goods import Disposition
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.order import Platform
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.kill_bench import Bench
from tests.support.kill_points import Fate

KEPT_ORDER = "5400000001042"


def coming_back(folder: Path, fate: Fate) -> Bench:
    """Goods that came back to a shop whose platform keeps the return; the money has gone back before."""
    bench = Bench(open_demo_shop(folder, Platform.SHOPIFY, KEPT_ORDER), fate)
    desk = ClaimDesk(bench.shop)
    desk.deliver(KEPT_ORDER)
    line = bench.shop.order(KEPT_ORDER).lines[0].id
    claim = desk.open(KEPT_ORDER, asked(line, 1), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))
    desk.act(claim, lambda known: returning.receive(known, 1, 1, AGENT))
    desk.work()
    desk.act(claim, lambda known: disposing.dispose(known, 1, Disposition.DONATE, AGENT, is_final=True))
    return bench
