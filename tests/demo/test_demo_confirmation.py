"""The demo writes one order confirmation, once, with proof of its words."""

from __future__ import annotations

from dataclasses import replace

from integrations.platforms import TRANSLATORS
from plugin.demo.load import load_demo
from plugin.documents.papers import papers
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from tests.build import NOW
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock, FakeMailer
from tests.fakes.units import FakeUnits

LAW = Law(load_rulebook(), HolidayCalendar())


def test_the_demo_confirms_its_newest_order_once() -> None:
    units = FakeUnits()
    made = {"mailer": FakeMailer(), "translators": TRANSLATORS, "papers": papers(LAW, "https://aftercare.example")}
    deps = fake_deps(units, LAW, **made)
    demo = load_demo(deps)
    rows = units.of(demo.merchant.id)
    (mail,) = rows.mails.values()
    assert "I/We (*) hereby give notice" in mail.text
    assert mail.html is not None
    assert "https://aftercare.example/s/" in mail.text
    assert {each.what for each in rows.shown} == {"withdrawal_form", "confirmation"}
    rows.staff.clear()  # as if the load had been interrupted before its end
    load_demo(replace(deps, clock=FakeClock(NOW)))
    assert len(units.of(demo.merchant.id).mails) == 1
