"""Mail that does not leave: what is tried again, what is parked, and what a merchant can do about it."""

from datetime import timedelta

import pytest

from plugin.domain.effects import SendMail
from plugin.domain.sender import Encryption, MailServer, Sender
from plugin.domain.sender_form import TypedSender, UnusableSender
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail, Route
from plugin.ports.undelivered import GIVEN_UP, UndeliveredMail
from plugin.usecases.erase_person import erase_person
from plugin.usecases.invite_staff import queue_mail
from plugin.usecases.resend_unsent import resend_unsent
from plugin.usecases.retry_mail import dismiss_mail, retry_mail
from plugin.usecases.save_sender import save_sender
from plugin.usecases.send_mail import Sent, send_mail
from plugin.usecases.send_test_mail import send_test_mail
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeMailer
from tests.fakes.units import FakeUnits

MAIL = Mail("ida@example.com", "Your return", "Hello", "en")
REFUSED = Rejected("recipient_refused", detail="550 unknown")
DAY = timedelta(days=1)
SENDER = Sender("Nordkap", "help@nordkap.example", None, MailServer("mail.example", 587, Encryption.STARTTLS))


@pytest.fixture
def mail_id(units: FakeUnits, ids: FakeIds) -> str:
    with units(MERCHANT) as unit:
        queue_mail(MAIL, unit, ids, NOW)
        unit.commit()
    (effect,) = units.effects(MERCHANT)
    assert isinstance(effect, SendMail)
    units.of(MERCHANT).effects.clear()
    return effect.mail_id


def stuck(units: FakeUnits) -> list[UndeliveredMail]:
    with units.read(MERCHANT) as unit:
        return list(unit.undelivered.all(10))


def send(mail_id: str, units: FakeUnits, mailer: FakeMailer) -> Sent:
    return send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW)


def test_a_refused_message_is_parked_with_its_reason_and_not_tried_again(units: FakeUnits, mail_id: str) -> None:
    mailer = FakeMailer(fault=REFUSED)
    assert send(mail_id, units, mailer) is Sent.PARKED
    (found,) = stuck(units)
    assert (found.fault, found.detail, found.parked_at, found.mail) == ("recipient_refused", "550 unknown", NOW, MAIL)
    mailer.fault = None
    assert send(mail_id, units, mailer) is Sent.BEFORE
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + DAY) == 0
    assert mailer.sent == {}


def test_send_again_delivers_what_was_refused_once_somebody_has_mended_it(units: FakeUnits, mail_id: str) -> None:
    mailer = FakeMailer(fault=REFUSED)
    send(mail_id, units, mailer)
    mailer.fault = None
    assert retry_mail([mail_id, "unknown"], merchant=MERCHANT, units=units, now=NOW + DAY) == 1
    assert units.effects(MERCHANT) == [SendMail(MERCHANT, mail_id)]
    assert send(mail_id, units, mailer) is Sent.NOW
    assert mailer.sent == {mail_id: MAIL}
    assert stuck(units) == []
    assert retry_mail(None, merchant=MERCHANT, units=units, now=NOW + DAY) == 0


def test_a_server_that_is_away_is_told_and_tried_again_for_five_days_and_then_the_merchant_is_asked(
    units: FakeUnits, mail_id: str
) -> None:
    with pytest.raises(Unavailable):
        send(mail_id, units, FakeMailer(fault=Unavailable("unreachable")))
    (found,) = stuck(units)
    assert (found.fault, found.attempts, found.parked_at) == ("unreachable", 1, None)
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + 5 * DAY) == 1
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + 5 * DAY + timedelta(seconds=1)) == 0
    (found,) = stuck(units)
    assert found.parked_at is not None
    assert retry_mail(None, merchant=MERCHANT, units=units, now=NOW + 6 * DAY) == 1
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + 7 * DAY) == 1, "it has five days more"


def test_a_message_nobody_ever_tried_is_parked_too(units: FakeUnits, mail_id: str) -> None:
    assert resend_unsent(merchant=MERCHANT, units=units, now=NOW + 6 * DAY) == 0
    assert [(each.id, each.fault) for each in stuck(units)] == [(mail_id, GIVEN_UP)]


def test_a_dismissed_message_is_gone(units: FakeUnits, mail_id: str) -> None:
    send(mail_id, units, FakeMailer(fault=REFUSED))
    assert dismiss_mail([mail_id], merchant=MERCHANT, units=units) == 1
    assert stuck(units) == []
    assert send(mail_id, units, FakeMailer()) is Sent.BEFORE


def test_who_is_erased_gets_no_mail_that_still_waits(units: FakeUnits, mail_id: str) -> None:
    send(mail_id, units, FakeMailer(fault=REFUSED))
    assert erase_person(" Ida@Example.com", merchant=MERCHANT, units=units, now=NOW).mails == 1
    assert stuck(units) == []


def test_mail_goes_out_as_the_merchant(units: FakeUnits, mail_id: str) -> None:
    mailer = FakeMailer()
    with units(MERCHANT) as unit:
        unit.senders.save(SENDER, NOW)
        unit.commit()
    send(mail_id, units, mailer)
    assert mailer.senders == {mail_id: SENDER}


def try_out(units: FakeUnits, mailer: FakeMailer) -> Route:
    return send_test_mail(MAIL, merchant=MERCHANT, units=units, mailer=mailer, ids=FakeIds(), now=NOW)


def test_a_test_mail_that_left_is_on_record_until_the_sender_changes(units: FakeUnits) -> None:
    assert try_out(units, FakeMailer()) is Route.INSTALLATION
    with units.read(MERCHANT) as unit:
        assert unit.senders.last_test_sent() == NOW
    typed = TypedSender("Nordkap", "help@nordkap.example")
    save_sender(typed, merchant=MERCHANT, units=units, now=NOW)
    with units.read(MERCHANT) as unit:
        assert unit.senders.last_test_sent() is None
    try_out(units, FakeMailer())
    save_sender(typed, merchant=MERCHANT, units=units, now=NOW)
    with units.read(MERCHANT) as unit:
        assert unit.senders.last_test_sent() == NOW, "nothing was changed"


@pytest.mark.parametrize("fault", [REFUSED, Unavailable("unreachable")])
def test_a_test_mail_that_failed_proves_nothing(units: FakeUnits, fault: Exception) -> None:
    with pytest.raises(type(fault)):
        try_out(units, FakeMailer(fault=fault))
    with units.read(MERCHANT) as unit:
        assert unit.senders.last_test_sent() is None


def test_a_test_mail_kept_on_this_machine_proves_nothing(units: FakeUnits) -> None:
    assert try_out(units, FakeMailer(goes=Route.KEPT)) is Route.KEPT
    with units.read(MERCHANT) as unit:
        assert unit.senders.last_test_sent() is None


def test_a_sender_that_cannot_be_used_replaces_nothing(units: FakeUnits) -> None:
    save_sender(TypedSender("Nordkap", "help@nordkap.example"), merchant=MERCHANT, units=units, now=NOW)
    with pytest.raises(UnusableSender):
        save_sender(TypedSender("", "nobody"), merchant=MERCHANT, units=units, now=NOW)
    with units.read(MERCHANT) as unit:
        assert unit.senders.get() == Sender("Nordkap", "help@nordkap.example")
    save_sender(None, merchant=MERCHANT, units=units, now=NOW)
    with units.read(MERCHANT) as unit:
        assert unit.senders.get() is None
