"""Claims as they are recorded: openings, and commands carried out in a unit of their own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import ContactProven, MessageSent, Opened, OpenedLine
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import SHOPPER, ClaimTrack, Judged
from plugin.domain.ids import ClaimId, LineId, OrderId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault, Payer
from plugin.domain.remedy import Remedy
from plugin.ports.unit_of_work import Units
from plugin.usecases.claim.act import Command, act_on_claim, begin_claim
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.sources import FakeSecrets

CLAIM = ClaimId("claim1")
ORDER = OrderId("order1")
SHOP = a_shop().id
WORDS = "The glass of my lantern came in pieces, says Ida Holm of ida@example.com"
JUDGED = Judged(
    Ground.SHOP_RETURN, Payer.SHOP, None, (Remedy.REFUND, Remedy.STORE_CREDIT), (), Money(4990, "EUR"),
)  # fmt: skip


SECRETS = FakeSecrets()


def an_opening(number: str = "R-2C3D4F", **facts: object) -> Opened:
    opened = Opened(
        number=number,
        shop=SHOP,
        order=ORDER,
        track=ClaimTrack.CLAIM,
        language="de",
        country="DE",
        zone="Europe/Berlin",
        policy_version="v1",
        rulebook_version="1",
        calendar_version="1",
        lines=(OpenedLine(1, LineId("11"), 1, "defective", Fault.SELLER, JUDGED, Remedy.REFUND),),
    )
    return replace(opened, **facts)  # type: ignore[arg-type]  # a test names fields of the event


def opening(opened: Opened | None = None, words: str = WORDS) -> Sequence[Draft]:
    """Give an opening with what the shopper wrote."""
    opened = opened or an_opening()
    said = Draft(MessageSent(opened.language, 1), SHOPPER, words)
    return (Draft(opened, SHOPPER), Draft(ContactProven("signed_in"), SHOPPER), said)


def begin(units: Units, claim: ClaimId = CLAIM, drafts: Sequence[Draft] = (), now: datetime = NOW) -> Claim:
    with units(MERCHANT) as unit:
        begun = begin_claim(claim, drafts or opening(), unit=unit, secrets=SECRETS, now=now)
        unit.commit()
    return begun


def act(units: Units, command: Command, claim: ClaimId = CLAIM, now: datetime = NOW) -> Claim:
    with units(MERCHANT) as unit:
        changed = act_on_claim(claim, command, unit=unit, secrets=SECRETS, now=now)
        unit.commit()
    return changed
