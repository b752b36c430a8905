"""A desk of a demo shop, and the worker beside it that carries out what its claims lead to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.goodwill import VOUCHER
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.clocks.engine import Law
from plugin.domain.effects import (
    CarryOutRemedy,
    Effect,
    ExecuteRefund,
    FollowBatch,
    FollowRefund,
    KeepReturn,
    RestockGoods,
    SendVoucher,
    StopShipping,
)
from plugin.domain.ids import ClaimDraftId, LineId, OrderId, StaffId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, StaffMember
from plugin.domain.stored import DeliveryMark
from plugin.domain.times import Moment, Source
from plugin.ports.claim_letters import ClaimLetter
from plugin.usecases.claim.act import Command, read_claim
from plugin.usecases.claim.carry_out_remedy import carry_out_remedy
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_batch import follow_batch
from plugin.usecases.claim.follow_refund import follow_refund
from plugin.usecases.claim.give_goodwill import Gift, give_goodwill
from plugin.usecases.claim.keep_return import KeepingMeans, keep_return
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.restock_goods import restock_goods
from plugin.usecases.claim.send_voucher import send_voucher
from plugin.usecases.claim.stop_shipping import stop_shipping
from plugin.usecases.claim.work import work_on_claim
from plugin.usecases.execute_refund import execute_refund
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeSecrets
from tests.support.demo_platform import BASE_URL, DemoShop

KAJA = StaffMember(StaffId("kaja"), "kaja@shop.example", Role.AGENT, "en", NOW)
LAW = Law(load_rulebook(), HolidayCalendar())


@dataclass
class ClaimDesk:
    """Opens claims, acts on them, and does the worker's part."""

    shop: DemoShop
    letter: ClaimLetter | None = None
    done: list[Effect] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk(MERCHANT, self.shop.units, self.shop.ids, FakeSecrets(), LAW, self.letter)

    def deliver(self, number: str, days_ago: int = 3) -> None:
        """The whole order arrived so many days ago."""
        now, stored = self.shop.clock.now(), self.shop.stored(number)
        arrived = DeliveryMark(Moment(now - timedelta(days=days_ago), Source.CARRIER), now, None)
        with self.shop.units(MERCHANT) as unit:
            unit.orders.save([replace(stored, marks=(arrived,))])
            unit.commit()

    def open(self, number: str, *lines: FormLine, track: ClaimTrack = ClaimTrack.CLAIM, draft: str = "draft1") -> Claim:
        now = self.shop.clock.now()
        form = ClaimForm(
            ClaimDraftId(draft), OrderId(f"order-{number}"), lines, "en", track, "signed_in",
            declared_at=now if track is ClaimTrack.WITHDRAWAL else None,
        )  # fmt: skip
        return open_from_form(form, desk=self.desk, now=now)

    def act(self, claim: Claim, command: Command) -> Claim:
        self.shop.clock.advance(timedelta(minutes=1))
        return work_on_claim(claim.id, command, desk=self.desk, now=self.shop.clock.now())

    def now(self, claim: Claim) -> Claim:
        with self.shop.units.read(MERCHANT) as unit:
            return read_claim(claim.id, unit)

    def forget(self, kind: type[Effect]) -> None:
        """Lose every job of a kind that waits, for good."""
        waiting = self.shop.units.effects(MERCHANT)
        waiting[:] = [effect for effect in waiting if not isinstance(effect, kind)]

    def work(self) -> None:
        """Carry out every effect that waits and apply what the platform reports, until nothing is left."""
        while waiting := [each for each in self.shop.units.effects(MERCHANT) if each not in self.done]:
            for effect in waiting:
                self.done.append(effect)
                self._run(effect)
            self.shop.drain()

    def _run(self, effect: Effect) -> None:
        now = self.shop.clock.now()
        if isinstance(effect, ExecuteRefund):
            actions = self.shop.actions_of
            execute_refund(effect.refund, merchant=MERCHANT, units=self.shop.units, actions=actions, now=now)
        elif isinstance(effect, FollowRefund):
            follow_refund(effect.refund, desk=self.desk, now=now)
            self.done.remove(effect)  # the same words tell the next news
            self.shop.units.effects(MERCHANT).remove(effect)
        elif isinstance(effect, FollowBatch):
            follow_batch(effect.batch, desk=self.desk, now=now)
            self.done.remove(effect)
            self.shop.units.effects(MERCHANT).remove(effect)
        elif isinstance(effect, KeepReturn):
            keep_return(effect.claim, desk=self.desk, means=KeepingMeans(self.shop.actions_of, BASE_URL), now=now)
            self.done.remove(effect)
            self.shop.units.effects(MERCHANT).remove(effect)
        elif isinstance(effect, CarryOutRemedy):
            means = KeepingMeans(self.shop.actions_of, BASE_URL)
            carry_out_remedy(effect.claim, effect.line, desk=self.desk, means=means, now=now)
        elif isinstance(effect, RestockGoods):
            restock_goods(effect.claim, effect.line, desk=self.desk, actions=self.shop.actions_of, now=now)
        elif isinstance(effect, SendVoucher):
            send_voucher(effect.claim, effect.no, desk=self.desk, actions=self.shop.actions_of, now=now)
        elif isinstance(effect, StopShipping):
            stop_shipping(effect.claim, desk=self.desk, actions=self.shop.actions_of, now=now)


def asked(line: str, quantity: int = 1, reason: str | None = None, wanted: Remedy = Remedy.REFUND) -> FormLine:
    return FormLine(LineId(line), quantity, reason, wanted, was_choice_shown=True)


def give_voucher(desk: ClaimDesk, claim: Claim, amount: Money, budget: Money | None = None) -> Claim:
    """A voucher out of Kaja's budget, which the platform is to make."""
    with desk.shop.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(budget or amount,)), desk.shop.clock.now())
        unit.commit()
    now, gift = desk.shop.clock.now(), Gift(VOUCHER, amount)
    return give_goodwill(claim.id, gift, by=KAJA, seen=desk.now(claim).version, desk=desk.desk, now=now)
