"""A worker killed around the handing over of a letter: nothing is lost, and what goes twice says that it is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from plugin.ports.mailer import Mail
from plugin.storage import AppSealer, KeyRing
from plugin.usecases.send_mail import Sent, send_mail
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeClock
from tests.fakes.units import FakeUnits
from tests.support.mail_server import CUT, Post, post_office

MAIL = Mail("ida@example.com", "Your withdrawal has arrived", "Hello", "en")


class Killed(BaseException):
    """The process ends here: nothing after it runs, and nothing uncommitted stays."""


class Dying(FakeUnits):
    """Ends the process when it wants to write down what became of the letter."""

    def __call__(self, *_: object, **__: object):  # type: ignore[no-untyped-def, override]  # noqa: ANN204 - never returns
        raise Killed


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as server:
        yield server


@pytest.fixture
def outgoing(post: Post, tmp_path: Path) -> Outgoing:
    carrier = SmtpMailer(FakeClock(NOW), host="aftercare.example", allows_private=True)
    mailbox = Mailbox(tmp_path, AppSealer(KeyRing.generate()))
    return Outgoing(mailbox, Carriers(carrier, carrier), post.sender(), is_demo=False)


@pytest.fixture
def units() -> FakeUnits:
    found = FakeUnits()
    with found(MERCHANT) as unit:
        unit.mails.add("mail1", MAIL, NOW)
        unit.commit()
    return found


def send(units: FakeUnits, outgoing: Outgoing) -> Sent:
    return send_mail("mail1", merchant=MERCHANT, units=units, mailer=outgoing, now=NOW)


def test_killed_after_the_server_took_it_the_letter_goes_again_under_the_same_id(
    units: FakeUnits, outgoing: Outgoing, post: Post
) -> None:
    with pytest.raises(Killed):
        send(Dying(tables=units.tables), outgoing)
    assert send(units, outgoing) is Sent.NOW
    assert send(units, outgoing) is Sent.BEFORE
    ids = [taken.message["Message-ID"] for taken in post.taken]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_killed_while_the_server_hangs_up_the_letter_is_still_there(
    units: FakeUnits, outgoing: Outgoing, post: Post
) -> None:
    post.says("RCPT", CUT)
    with pytest.raises(Killed):
        send(Dying(tables=units.tables), outgoing)
    assert post.taken == []
    assert send(units, outgoing) is Sent.NOW
    assert len(post.taken) == 1


def test_killed_while_a_refusal_is_written_down_it_is_refused_once_more_and_parked(
    units: FakeUnits, outgoing: Outgoing, post: Post
) -> None:
    post.says("RCPT", "550 unknown", "550 unknown")
    with pytest.raises(Killed):
        send(Dying(tables=units.tables), outgoing)
    assert send(units, outgoing) is Sent.PARKED
    assert post.taken == []
