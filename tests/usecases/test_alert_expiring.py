"""A document that expires reaches every owner by mail, once before and once when it has, however often the job runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plugin.documents.letters import expiry_letter
from plugin.domain.certificates import Certificate, CertificateKind
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.shop import Role
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from plugin.usecases.alert_expiring import alert_expiring
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.remove_certificate import remove_certificate
from plugin.usecases.send_mail import send_mail
from tests.build import MERCHANT, NOW
from tests.fakes.sources import FakeIds, FakeMailer, FakeSecrets
from tests.fakes.units import FakeUnits

LETTER = expiry_letter("https://aftercare.example")
LAST = NOW.date() + timedelta(days=90)


@pytest.fixture
def owners(units: FakeUnits, ids: FakeIds, secrets: FakeSecrets) -> FakeUnits:
    people = (
        ("anna", Role.OWNER, "en"),
        ("ben", Role.OWNER, "de"),
        ("cleo", Role.AGENT, "en"),
        ("dan", Role.VIEWER, "en"),
    )
    for name, role, language in people:
        address = f"{name}@shop.example"
        invite_staff(address, role, language, merchant=MERCHANT, units=units, ids=ids, secrets=secrets, now=NOW)
    return units


def add(units: FakeUnits, ids: FakeIds, expires_on: date | None = LAST) -> Certificate:
    given = NewCertificate(CertificateKind.CE, "CE lantern", EVERYTHING, None, expires_on, b"%PDF-1.7 x")
    return add_certificate(given, merchant=MERCHANT, by=None, units=units, ids=ids, now=NOW)


def run_on(day: date, units: FakeUnits) -> list[tuple[str, str]]:
    """Addresses and subjects of what a run on this day sends."""
    at = NOW.replace(year=day.year, month=day.month, day=day.day)
    before = set(units.of(MERCHANT).mails_queued)
    count = alert_expiring(merchant=MERCHANT, units=units, letter=LETTER, now=at)
    new = units.of(MERCHANT).mails_queued.keys() - before
    assert len(new) == count
    mailer = FakeMailer()
    for mail_id in new:
        send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=at)
    return sorted((mail.to, mail.subject.split(":")[1]) for mail in mailer.sent.values())


def test_owners_are_told_thirty_days_before_and_when_it_has_expired_once_each(owners: FakeUnits, ids: FakeIds) -> None:
    add(owners, ids)
    assert run_on(LAST - timedelta(days=31), owners) == []
    soon = run_on(LAST - timedelta(days=30), owners)
    assert [to for to, _ in soon] == ["anna@shop.example", "ben@shop.example"]
    assert soon[1][1].startswith(" gültig bis")
    for day in (LAST - timedelta(days=30), LAST - timedelta(days=1), LAST):
        assert run_on(day, owners) == []
    expired = [("anna@shop.example", " expired"), ("ben@shop.example", " abgelaufen")]
    assert run_on(LAST + timedelta(days=1), owners) == expired
    assert run_on(LAST + timedelta(days=2), owners) == []


def test_days_on_which_nothing_ran_are_made_up_for(owners: FakeUnits, ids: FakeIds) -> None:
    add(owners, ids)
    assert len(run_on(LAST - timedelta(days=3), owners)) == 2
    assert len(run_on(LAST + timedelta(days=50), owners)) == 2


def test_each_document_is_told_of_by_itself(owners: FakeUnits, ids: FakeIds) -> None:
    add(owners, ids)
    assert len(run_on(LAST, owners)) == 2
    add(owners, ids)
    assert len(run_on(LAST, owners)) == 2


def test_what_was_taken_back_or_never_expires_is_nobody_s_worry(owners: FakeUnits, ids: FakeIds) -> None:
    remove_certificate(add(owners, ids).id, merchant=MERCHANT, units=owners)
    add(owners, ids, None)
    assert run_on(LAST + timedelta(days=1), owners) == []


def test_the_message_names_the_document_the_day_and_the_way(owners: FakeUnits, ids: FakeIds) -> None:
    add(owners, ids)
    run = alert_expiring(merchant=MERCHANT, units=owners, letter=LETTER, now=NOW + timedelta(days=85))
    assert run == 2
    texts = [mail.text for mail in owners.of(MERCHANT).mails.values() if mail.language == "en"]
    assert len(texts) == 1
    assert "CE lantern" in texts[0]
    assert str(LAST.year) in texts[0]
    assert "https://aftercare.example/admin/documents" in texts[0]
