"""What the worker's log tells: what was done, and nothing of jobs that found nothing to do."""

from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import capture_logs

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import CompilePromises, Effect, RebuildEntitlements
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.shop import Merchant
from plugin.jobs import handlers
from tests.build import MERCHANT, PLACED, a_policy, a_product, a_shop
from tests.fakes.deps import fake_deps
from tests.fakes.units import FakeUnits

LAW = Law(load_rulebook(), HolidayCalendar())


@pytest.fixture(autouse=True)
def fresh_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Log as if no process had been set up before: a logger keeps what it was first used with."""
    before = structlog.get_config()
    structlog.reset_defaults()
    monkeypatch.setattr(handlers, "_log", structlog.get_logger("aftercare.jobs"))
    yield
    structlog.configure(**before)


@pytest.mark.parametrize("effect", [RebuildEntitlements(MERCHANT), CompilePromises(MERCHANT)])
def test_a_job_that_changed_nothing_is_told_to_nobody_but_who_debugs(effect: Effect) -> None:
    with capture_logs() as told:
        handlers.run(effect, fake_deps(FakeUnits(), LAW))
    assert [entry["log_level"] for entry in told] == ["debug"]


def test_a_job_that_did_something_is_told() -> None:
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(a_shop())
        unit.policies.add(a_policy())
        unit.products.save(a_shop().id, [a_product("1", sku="A")])
        unit.commit()
    with capture_logs() as told:
        handlers.run(CompilePromises(MERCHANT), fake_deps(units, LAW))
    assert [(entry["log_level"], entry["outcome"]) for entry in told] == [("info", "compiled_1")]
