"""Which way a letter goes, and under whose name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from plugin.domain.sender import Sender
from plugin.ports.mailer import Mail, Route
from plugin.storage import AppSealer, KeyRing
from tests.build import NOW
from tests.fakes.sources import FakeClock
from tests.support.mail_server import Post, post_office

MAIL = Mail("ida@example.com", "Hello", "Text", "en")


class Offices:
    """The installation's server, the merchant's, and the mailbox."""

    def __init__(self, folder: Path, house: Post, shop: Post) -> None:
        self.house, self.shop = house, shop
        self.mailbox = Mailbox(folder, AppSealer(KeyRing.generate()))
        self.installation = house.sender(name="Aftercare", address="mail@aftercare.example")
        self.merchant = shop.sender(name="Nordkap", address="help@nordkap.example", reply_to="antwort@nordkap.example")

    def outgoing(self, *, has_server: bool = True, is_demo: bool = False) -> Outgoing:
        carrier = SmtpMailer(FakeClock(NOW), allows_private=True)
        installation = self.installation if has_server else None
        return Outgoing(self.mailbox, Carriers(carrier, carrier), installation, is_demo=is_demo)

    def send(self, by: Outgoing, sender: Sender | None, mail: Mail = MAIL) -> tuple[Route, str]:
        """How it went as told, and as seen: the box it lies in now."""
        by.send(mail, idempotency_key="mail1", sender=sender)
        boxes = {"house": self.house.taken, "shop": self.shop.taken, "kept": self.mailbox.newest()}
        (where,) = (name for name, content in boxes.items() if content)
        return by.route(sender), where


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with ExitStack() as stack:
        yield Offices(tmp_path, stack.enter_context(post_office()), stack.enter_context(post_office()))


def test_a_merchants_mail_goes_through_their_own_server(offices: Offices) -> None:
    assert offices.send(offices.outgoing(), offices.merchant) == (Route.OWN, "shop")
    assert offices.shop.taken[0].sender == "help@nordkap.example"


def test_without_their_own_it_goes_through_the_installations_from_its_address_under_their_name(
    offices: Offices,
) -> None:
    merchant = replace(offices.merchant, server=None)
    assert offices.send(offices.outgoing(), merchant) == (Route.INSTALLATION, "house")
    message = offices.house.taken[0].message
    assert str(message["From"]) == "Nordkap <mail@aftercare.example>"
    assert message["Reply-To"] == "antwort@nordkap.example"


def test_a_merchant_who_said_nothing_sends_as_the_installation(offices: Offices) -> None:
    assert offices.send(offices.outgoing(), None) == (Route.INSTALLATION, "house")
    assert str(offices.house.taken[0].message["From"]) == "Aftercare <mail@aftercare.example>"


def test_without_any_server_nothing_leaves_and_nothing_is_lost(offices: Offices) -> None:
    nameless = replace(offices.merchant, server=None)
    assert offices.send(offices.outgoing(has_server=False), nameless) == (Route.KEPT, "kept")


def test_mail_to_staff_does_not_depend_on_the_merchants_server_where_there_is_another(offices: Offices) -> None:
    staff = replace(MAIL, is_for_staff=True)
    assert offices.send(offices.outgoing(), offices.merchant, staff)[1] == "house"


def test_mail_to_staff_goes_by_the_merchants_server_where_there_is_no_other(offices: Offices) -> None:
    staff = replace(MAIL, is_for_staff=True)
    assert offices.send(offices.outgoing(has_server=False), offices.merchant, staff)[1] == "shop"


def test_in_a_demo_no_server_is_dialled_that_somebody_named_at_the_desk(offices: Offices) -> None:
    by = offices.outgoing(has_server=False, is_demo=True)
    assert offices.send(by, offices.merchant) == (Route.KEPT, "kept")
