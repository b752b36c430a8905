"""What the worker does with a granted refund, by its job and by the clock."""

from pathlib import Path

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import ExecuteRefund
from plugin.domain.ids import OrderId, RefundId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundState
from plugin.jobs import codec, handlers
from plugin.jobs.schedule import periodic
from plugin.usecases.plan_refund import plan_refund
from tests.build import MERCHANT, NOW
from tests.fakes.deps import fake_deps
from tests.support.demo_platform import open_demo_shop
from tests.support.refunds import of, returned


def test_a_job_row_names_a_refund_and_nothing_personal() -> None:
    effect = ExecuteRefund(MERCHANT, RefundId("refund1"))
    assert codec.load(codec.name_of(effect), codec.dump(effect)) == effect
    assert codec.dump(effect) == '{"merchant":"merchant1","refund":"refund1"}'


def test_the_job_pays_back_and_the_clock_brings_back_a_lost_one(tmp_path: Path) -> None:
    shop = open_demo_shop(tmp_path, Platform.WOOCOMMERCE, "3012")
    law = Law(load_rulebook(), HolidayCalendar())
    deps = fake_deps(shop.units, law, clock=shop.clock, ids=shop.ids, actions=shop.actions_of)
    with shop.units(MERCHANT) as unit:
        request = returned(of(shop.order("3012").lines[0].id))
        intent = plan_refund(request, OrderId("order-3012"), purpose="c", unit=unit, ids=shop.ids, now=NOW)
        unit.commit()
    shop.units.effects(MERCHANT).clear()
    requeue = periodic(deps)["queue_due_refunds"].run
    requeue(NOW)
    (effect,) = shop.units.effects(MERCHANT)
    handlers.run(effect, deps)
    shop.drain()
    assert shop.units.of(MERCHANT).refunds[intent.id].state is RefundState.SETTLED
