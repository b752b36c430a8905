"""Every table for spreadsheets, with a word of a stranger's wherever one can stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from plugin.documents import payout_file
from plugin.documents.carrier_claim_file import carrier_claim_file
from plugin.documents.claims_csv import claims_csv
from plugin.documents.scorecard_csv import scorecard_csv
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.ids import OrderId, StaffId
from plugin.domain.money import Money
from plugin.domain.refund.payee import BankAccount, Wallet
from plugin.domain.refund.payout import Payout
from plugin.domain.tracking.scorecard import Score, Scorecard, ScoredLane
from plugin.usecases.claim.export_carrier_claim import export_carrier_claim
from tests.build import MERCHANT, NOW
from tests.documents.test_carrier_claim_file import lost
from tests.documents.test_claims_csv import CLAIM, LINE

RUN: Final = "=1+cmd|x"
HOSTILE: Final = (
    RUN,
    *(f"Anna{separator}{RUN}" for separator in (";", ",", "\t", "\r", "\n", "\r\n", "|", "; ", ';"', ';"" ')),
    f"\t{RUN}",
    f" {RUN}",
    f'"{RUN}',
    "Anna;@cmd",
    "Anna;-1+cmd",
    "Anna;+1+cmd",
    "Anna;＝1+cmd",
)
"""As somebody who means it would write a name."""


def _claims(word: str) -> bytes:
    asked = CarrierClaim(CLAIM.id, CLAIM.number, OrderId("order1"), (), Money(4990, "EUR"), 7, NOW, NOW, NOW)
    filed = asked.filed(word, StaffId("anna"), NOW)
    claim = replace(CLAIM, shop_name=word, order_number=word, line=replace(LINE, reason=word), carrier=filed)
    return b"".join(claims_csv([claim, claim]))


def _payouts(word: str) -> bytes:
    account = replace(BankAccount.parse("Anna", "DE89 3704 0044 0532 0130 00"), holder=word)
    amount = Money(4990, "EUR")
    paid = (Payout(word, account, amount, word), Payout("R-2", Wallet(word, word, word), amount, word))
    return payout_file.table(paid)


def _carrier(word: str) -> bytes:
    desk, claim = lost(word)
    facts = export_carrier_claim(claim, merchant=MERCHANT, units=desk.units)
    order = replace(facts.stored.order, number=word)
    named = replace(facts, stored=replace(facts.stored, order=order), shop=replace(facts.shop, name=word))
    return carrier_claim_file(named)


def _scores(word: str) -> bytes:
    scored = (ScoredLane(word, "CN", "DE", word), Score())
    return scorecard_csv(Scorecard((scored,), (scored,), 1))


TABLES: Final[Mapping[str, Callable[[str], bytes]]] = {
    "carrier_claim_file": _carrier,
    "claims_csv": _claims,
    "payout_file": _payouts,
    "scorecard_csv": _scores,
}
"""By the module that writes it."""
