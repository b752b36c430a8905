"""Case files as tests make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from integrations.system.signer import SystemSigner
from plugin.demo.policy import demo_policy
from plugin.domain.case_file.case_file import CaseFile
from plugin.domain.case_file.contents import OnRecord, case_file_of
from plugin.domain.case_file.signed import sign_case
from plugin.domain.claim.commands import conversing, deciding
from plugin.domain.claim.events import MessageTranslated
from plugin.domain.claim.record import Draft
from plugin.domain.ids import OrderId
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.shown import ShownText
from tests.build import PLACED, a_shop, a_shopper, a_stored_order
from tests.support.claims import AGENT, REFUSAL, Case, Shop, an_order_of, opened_line

SIGNER, OTHER = SystemSigner(b"k" * 32), SystemSigner(b"o" * 32)
ISSUER = "https://aftercare.example"


def a_case() -> tuple[Shop, Case]:
    """A claim that was refused with words, written about, translated, and told of by letter."""
    shop = Shop(an_order_of(2))
    case = shop.open(opened_line(shop.order, 1, Ground.SHOP_RETURN, 1, Remedy.REFUND))
    shop.act(case, lambda claim: deciding.reject(claim, 1, 1, REFUSAL, "Getragen.", AGENT))
    shop.act(case, lambda claim: conversing.answer(claim, "Ungetragen, „wirklich“."))
    said = case.claim.version
    shop.act(case, lambda _: (Draft(MessageTranslated(said, "en", "staff-1"), AGENT, "Not worn, really."),))
    shop.act(case, lambda _: conversing.mailed("rejected", "claim1-2", "de"))
    return shop, case


def on_record(shop: Shop, case: Case) -> OnRecord:
    order = replace(shop.order, shopper=a_shopper())
    policy = demo_policy(PLACED - timedelta(days=100))
    shown = ShownText(OrderId("order1"), "confirmation", "de", policy.id, "0" * 64, PLACED)
    stored = a_stored_order(order, order_id="order1")
    return OnRecord(case.claim, case.entries, a_shop(), stored, policy, (shown,), tuple(shop.intents), ())


def a_case_file() -> CaseFile:
    return case_file_of(on_record(*a_case()), ISSUER)


def a_signed_file(signer: SystemSigner = SIGNER) -> bytes:
    return sign_case(a_case_file(), signer.sign, signer.public_key)
