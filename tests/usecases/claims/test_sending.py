"""What shows that withdrawn goods were sent sets their money free, and the law's time runs by when it was shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import withdrawing
from plugin.domain.claim.commands.sending import tracking_number
from plugin.domain.claim.errors import ProofOfSendingNeeded
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.order import Platform
from plugin.usecases.claim.hear_shopper import SentGoods, tell_sent
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.demo_platform import open_demo_shop

TWO_LINES = "3004"
NUMBER = "RM123456785GB"
_W = WithdrawalState


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, TWO_LINES))
    desk.deliver(TWO_LINES)
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    """Two lines that were withdrawn from and are awaited."""
    lines = [each.id for each in desk.shop.order(TWO_LINES).lines][:2]
    claim = desk.open(TWO_LINES, *(asked(line) for line in lines), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def sent(desk: ClaimDesk, claim: Claim, *lines: int, tracking: str | None = NUMBER, days_ago: int = 0) -> Claim:
    now = desk.shop.clock.now()
    told = SentGoods(lines, (now - timedelta(days=days_ago)).date(), "Botendienst Ida", tracking)
    return tell_sent(claim.id, told, desk=desk.desk, now=now)


def test_proof_that_all_goods_were_sent_starts_the_refund(desk: ClaimDesk, claim: Claim) -> None:
    after = sent(desk, claim, 1, 2, days_ago=1)
    assert (after.withdrawal, len(after.refunds)) == (_W.REFUND_DUE, 1)
    assert {line.sent_at for line in after.lines} == {desk.shop.clock.now()}, "withholding ends with the evidence"


def test_the_money_waits_for_the_last_of_the_goods(desk: ClaimDesk, claim: Claim) -> None:
    assert sent(desk, claim, 1).withdrawal is _W.AWAITING_GOODS
    assert sent(desk, claim, 2).withdrawal is _W.REFUND_DUE


def test_a_claim_to_have_sent_them_that_nothing_shows_frees_no_money(desk: ClaimDesk, claim: Claim) -> None:
    with pytest.raises(ProofOfSendingNeeded):
        sent(desk, claim, 1, 2, tracking=None)
    assert desk.now(claim) == claim


def test_whom_the_goods_were_given_to_goes_with_the_person(desk: ClaimDesk, claim: Claim) -> None:
    sent(desk, claim, 1)
    with desk.shop.units.read(MERCHANT) as unit:
        assert any(entry.words == "Botendienst Ida" for entry in unit.claims.record(claim.id))
        assert not any(b"Botendienst" in entry.body for entry in unit.claims.record(claim.id))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" rm 123 456 785 gb ", NUMBER),
        ("JJD-0001", "JJD-0001"),
        ("12345", None),
        ("my parcel!", None),
        ("A" * 41, None),
    ],
)
def test_a_tracking_number_is_read_as_carriers_write_it(typed: str, number: str | None) -> None:
    assert tracking_number(typed) == number
