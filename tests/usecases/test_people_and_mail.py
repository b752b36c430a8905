import pytest

from plugin.domain.effects import SendMail
from plugin.domain.ids import ParkedId
from plugin.domain.order import Shopper
from plugin.domain.shop import Shop
from plugin.domain.stored import ParkedRecord
from plugin.ports.errors import Unavailable
from plugin.ports.mailer import Mail
from plugin.usecases.erase_person import erase_person
from plugin.usecases.invite_staff import queue_mail
from plugin.usecases.send_mail import send_mail
from tests.build import MERCHANT, NOW, a_stored_order, an_order
from tests.fakes.sources import FakeIds, FakeMailer
from tests.fakes.units import FakeUnits

MAIL = Mail("ida@example.com", "Hello", "Hello", "en")


def test_an_erased_shopper_is_gone_and_the_facts_of_their_order_remain(units: FakeUnits, shop: Shop) -> None:
    naming = ParkedRecord(ParkedId("p1"), shop.id, shop.platform, "", "x", "", b'{"e": "IDA@example.com"}', NOW)
    other = ParkedRecord(ParkedId("p2"), shop.id, shop.platform, "", "x", "", b'{"e": "jo@example.com"}', NOW)
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.parked.add([naming, other])
        unit.commit()
    erasure = erase_person("Ida@Example.com ", merchant=MERCHANT, units=units, now=NOW)
    assert erasure.person is not None
    assert erasure.parked == 1
    with units.read(MERCHANT) as unit:
        order = unit.orders.get(a_stored_order().id).order
        assert order.shopper == Shopper(is_erased=True)
        assert order.lines == an_order().lines
        assert [record.id for record in unit.parked.all()] == ["p2"]


def test_erasing_somebody_nobody_knows_says_so(units: FakeUnits) -> None:
    assert erase_person("nobody@example.com", merchant=MERCHANT, units=units, now=NOW).person is None


def queued(units: FakeUnits, ids: FakeIds) -> str:
    with units(MERCHANT) as unit:
        queue_mail(MAIL, unit, ids)
        unit.commit()
    (effect,) = units.effects(MERCHANT)
    assert isinstance(effect, SendMail)
    return effect.mail_id


def test_a_queued_message_is_sent_once_and_then_forgotten(units: FakeUnits, ids: FakeIds) -> None:
    mailer, mail_id = FakeMailer(), queued(units, ids)
    assert send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW)
    assert not send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW)
    assert mailer.sent == {mail_id: MAIL}
    assert units.of(MERCHANT).mails == {}


def test_a_message_the_mailer_did_not_take_stays_queued(units: FakeUnits, ids: FakeIds) -> None:
    mailer, mail_id = FakeMailer(fault=Unavailable("down")), queued(units, ids)
    with pytest.raises(Unavailable):
        send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW)
    assert units.of(MERCHANT).mails == {mail_id: MAIL}
