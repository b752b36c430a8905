"""Claims of the office: one with everything on it, a safety case, a withdrawal, money that waits for an account."""

from __future__ import annotations

from dataclasses import replace

from plugin.domain.canned import CannedText
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.claim.commands.conversing import write
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.ids import OrderId
from plugin.domain.money import Money
from plugin.domain.order import Parcel
from plugin.domain.refund.payee import BankAccount
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience
from tests.build import MERCHANT, NOW
from tests.support.admin import Installation
from tests.support.alert_cases import keep_alerts
from tests.support.claim_cases import a_bought, act_on, open_case
from tests.support.claims import AGENT
from tests.support.refunds import an_intent

ACCOUNT = BankAccount.parse("Nordkap", "DE89 3704 0044 0532 0130 00")


def keep_claims(running: Installation, order: OrderId, long: str) -> None:
    """`claim9001` is about this order and undecided, `claim9002` agreed on, `claim9003` a withdrawal nobody has proven.

    `long` is what every text is made of.
    """
    claim = open_case(running, order, reason="safety.injury", quantity=1, words=f"{long} {long}", draft="claim9001")
    agreed, back = running.keep(a_bought("9002", title=long), a_bought("9003", title=long), policy_version="v1")
    open_case(running, agreed, draft="claim9002")
    open_case(running, back, reason=None, track=ClaimTrack.WITHDRAWAL, draft="claim9003", proof=None)
    waiting = replace(an_intent(), order=order, purpose=claim.id).awaits_shopper("cash_on_delivery", NOW)
    texts = (CannedText(long, "de", f"Guten Tag {{name}}, {long}"),)
    limits = ClaimSettings((Money(20000, "EUR"),), (Money(5000, "EUR"), Money(50000, "JPY")), ACCOUNT, texts)
    with running.deps.units(MERCHANT) as unit:
        unit.refunds.save([waiting])
        parcels = (Parcel(long, "00340434161094", None), Parcel(None, None, "https://track.example/1"))
        value = Money(20000, "EUR")
        unit.carrier_claims.save(CarrierClaim(claim.id, claim.number, order, parcels, value, 7, NOW, NOW, NOW))
        unit.claim_desk.save_settings(limits, NOW)
        keep_alerts(unit, order, running.shop(MERCHANT), long)
        unit.alerts.save_settings(AlertSettings().with_lane(LanePatience(long[:40], "CN", "BR", Patience())), NOW)
        unit.commit()
    act_on(running, claim, lambda known: write(known, long, AGENT))
