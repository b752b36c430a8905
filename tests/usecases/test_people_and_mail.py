from datetime import timedelta

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
from plugin.usecases.resend_unsent import resend_unsent
from plugin.usecases.send_mail import Sent, send_mail
from tests.build import MERCHANT, NOW, a_stored_order, an_order
from tests.fakes.sources import FakeIds, FakeMailer
from tests.fakes.units import FakeUnits

MAIL = Mail("ida@example.com", "Hello", "Hello", "en")
HOUR = timedelta(hours=1)


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
        queue_mail(MAIL, unit, ids, NOW)
        unit.commit()
    (effect,) = units.effects(MERCHANT)
    assert isinstance(effect, SendMail)
    return effect.mail_id


def test_a_queued_message_is_sent_once_and_then_forgotten(units: FakeUnits, ids: FakeIds) -> None:
    mailer, mail_id = FakeMailer(), queued(units, ids)
    outcomes = [send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW) for _ in range(2)]
    assert outcomes == [Sent.NOW, Sent.BEFORE]
    assert mailer.sent == {mail_id: MAIL}
    assert units.of(MERCHANT).mails == {}


def test_a_message_the_mailer_did_not_take_stays_queued(units: FakeUnits, ids: FakeIds) -> None:
    mailer, mail_id = FakeMailer(fault=Unavailable("down")), queued(units, ids)
    with pytest.raises(Unavailable):
        send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW)
    assert units.of(MERCHANT).mails == {mail_id: MAIL}


def test_a_message_whose_job_was_lost_is_queued_again_after_an_hour(units: FakeUnits, ids: FakeIds) -> None:
    mail_id = queued(units, ids)
    units.of(MERCHANT).effects.clear()
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + HOUR) == 0
    later = NOW + HOUR + timedelta(seconds=1)
    assert resend_unsent(merchant=MERCHANT, units=units, now=later) == 1
    assert units.effects(MERCHANT) == [SendMail(MERCHANT, mail_id)]


def test_each_sweep_queues_a_message_once_and_the_next_sweep_again(units: FakeUnits, ids: FakeIds) -> None:
    mail_id = queued(units, ids)
    for now in (NOW + 2 * HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR):
        assert resend_unsent(merchant=MERCHANT, units=units, now=now) == 1
    assert units.effects(MERCHANT) == [SendMail(MERCHANT, mail_id)] * 3  # the first job, and one of each sweep


def test_a_message_that_was_sent_or_is_older_than_mail_servers_try_is_left_alone(
    units: FakeUnits, ids: FakeIds
) -> None:
    mail_id = queued(units, ids)
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + timedelta(days=5, seconds=1)) == 0
    send_mail(mail_id, merchant=MERCHANT, units=units, mailer=FakeMailer(), now=NOW)
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + 2 * HOUR) == 0
