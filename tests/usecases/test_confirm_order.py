"""A confirmation goes out once it is queued with its proof; a block shown elsewhere is recorded once for its words."""

from dataclasses import replace
from datetime import timedelta

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import SendMail
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.shop import Merchant
from plugin.domain.shown import ShownText
from plugin.ports.confirmation import Confirmation, ToConfirm
from plugin.usecases.confirm_order import confirm_order, show_confirmation
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_shop, a_stored_order, an_order
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits

LAW = Law(load_rulebook(), HolidayCalendar())
ORDER = OrderId("order1")


def confirm(given: ToConfirm) -> Confirmation:
    shown = ShownText(given.stored.id, "confirmation", "de", "v1", str(len(given.lines)), given.at)
    return Confirmation("de", "Ihre Rechte", "Text", "<p>Text</p>", "<html>Text</html>", (shown,))


def units_with(**shopper: object) -> FakeUnits:
    order = an_order()
    order = replace(order, shopper=replace(order.shopper, **shopper))  # type: ignore[arg-type]  # a test names fields
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap", PLACED))
        unit.shops.add(a_shop())
        unit.policies.add(a_policy())
        unit.orders.save([a_stored_order(order)])
        unit.commit()
    return units


def test_the_mail_and_its_proof_are_saved_together() -> None:
    units = units_with(email="ida@example.com")
    found = confirm_order(ORDER, merchant=MERCHANT, units=units, ids=FakeIds(), law=LAW, confirm=confirm, now=NOW)
    assert found is not None
    (effect,) = units.effects(MERCHANT)
    assert isinstance(effect, SendMail)
    rows = units.of(MERCHANT)
    assert rows.mails[effect.mail_id].to == "ida@example.com"
    assert tuple(rows.shown) == found.shown


def test_nobody_is_written_to_without_an_address_or_after_erasure() -> None:
    for shopper in ({"email": None}, {"email": "ida@example.com", "is_erased": True}):
        units = units_with(**shopper)
        ports = {"units": units, "ids": FakeIds(), "law": LAW}
        assert confirm_order(ORDER, merchant=MERCHANT, confirm=confirm, now=NOW, **ports) is None  # type: ignore[arg-type]  # the ports it takes
        assert not units.of(MERCHANT).shown


def test_showing_the_same_words_again_records_nothing_new() -> None:
    units = units_with()
    for hours in (0, 1, 2):
        at = NOW + timedelta(hours=hours)
        show_confirmation(ORDER, merchant=MERCHANT, units=units, law=LAW, confirm=confirm, now=at)
    assert [each.shown_at for each in units.of(MERCHANT).shown] == [NOW]
