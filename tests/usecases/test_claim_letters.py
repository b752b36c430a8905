"""What an act on a claim changed reaches the shopper's mailbox: once, in their language, over real SMTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from plugin.demo.policy import demo_policy
from plugin.documents.claim_letters import claim_letter
from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding, quoting, remedying
from plugin.domain.claim.commands.opening import open_claim
from plugin.domain.claim.events import MailQueued, MessageTranslated, OpenedLine
from plugin.domain.claim.goodwill import VOUCHER
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Refusal
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.clocks.engine import Law
from plugin.domain.effects import SendMail
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, OrderId, StaffId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import Shopper
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.i18n import catalogue
from plugin.usecases.claim.act import act_on_claim, begin_claim, read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.give_goodwill import Gift, give_goodwill
from plugin.usecases.claim.tell import queue_letters
from plugin.usecases.claim.work import work_on_claim
from plugin.usecases.send_mail import Sent, send_mail
from plugin.usecases.withdrawal_link import order_link_token
from tests.build import MERCHANT, NOW, PLACED, a_shopper, a_stored_order
from tests.fakes.sources import FakeClock, FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits
from tests.support.claims import AGENT, Command, an_order_of, opened_line, opening
from tests.support.mail_server import Post, post_office

CLAIM, LAW = ClaimId("claim1"), Law(load_rulebook(), HolidayCalendar())
LETTER = claim_letter(LAW, "https://aftercare.example")
POLICY = demo_policy(PLACED - timedelta(days=100))
NOT_FAULTY = Refusal("not_faulty", LAW.basis(("SGD art. 7",))[0])


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as server:
        yield server


def place(units: FakeUnits, shop: Shop, shopper: Shopper | None = None) -> None:
    """A shop with a policy and an order of one line."""
    order = replace(an_order_of(2), shopper=shopper or a_shopper(), language="pl")
    stored = a_stored_order(order, order_id="order1", shop=shop.id, policy_version=POLICY.id)
    with units(MERCHANT) as unit:
        unit.policies.add(POLICY)
        unit.orders.save([stored])
        unit.commit()


def open_one(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, language: str = "pl", line: OpenedLine | None = None
) -> Claim:
    line = line or opened_line(an_order_of(2), 1, Ground.LIABILITY, 1, Remedy.REFUND)
    line = replace(line, judged=replace(line.judged, basis=LAW.basis(("SGD art. 10",))))
    facts = {"shop": shop.id, "order": OrderId("order1"), "language": language, "policy_version": POLICY.id}
    opened = replace(opening(line), **facts)  # type: ignore[arg-type]  # fields of the opening
    with units(MERCHANT) as unit:
        drafts = open_claim(opened, {line.order_line: 2}, proof="signed_in")
        claim = begin_claim(CLAIM, drafts, unit=unit, secrets=secrets, now=NOW)
        told = queue_letters(None, claim, unit.claims.record(CLAIM), unit=unit, secrets=secrets, letter=LETTER, now=NOW)
        unit.commit()
    return told


def act(units: FakeUnits, secrets: FakeSecrets, command: Command) -> Claim:
    with units(MERCHANT) as unit:
        before = read_claim(CLAIM, unit)
        after = act_on_claim(CLAIM, command, unit=unit, secrets=secrets, now=NOW)
        entries = unit.claims.record(CLAIM)
        told = queue_letters(before, after, entries, unit=unit, secrets=secrets, letter=LETTER, now=NOW)
        unit.commit()
    return told


def queued(units: FakeUnits) -> list[str]:
    return [effect.mail_id for effect in units.effects(MERCHANT) if isinstance(effect, SendMail)]


def deliver(units: FakeUnits, post: Post) -> None:
    """Hand everything that is queued to the post office."""
    carrier = SmtpMailer(FakeClock(NOW), host="aftercare.example", allows_private=True)
    mailer = Outgoing(cast("Mailbox", None), Carriers(carrier, carrier), None, is_demo=False)
    with units(MERCHANT) as unit:
        unit.senders.save(post.sender(), NOW)
        unit.commit()
    for mail_id in queued(units):
        assert send_mail(mail_id, merchant=MERCHANT, units=units, mailer=mailer, now=NOW) is Sent.NOW


def test_a_claim_is_acknowledged_in_the_shoppers_language_and_the_letter_is_on_record(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    claim = open_one(units, shop, secrets)
    deliver(units, post)
    (taken,) = post.taken
    assert taken.recipient == "ida@example.com"
    assert taken.message["Subject"] == f"Otrzymaliśmy Twoje zgłoszenie {claim.number}"
    assert "Speicherstrasse 12" in taken.body("plain")
    assert '<html lang="pl"' in taken.body("html")
    with units.read(MERCHANT) as unit:
        recorded = [entry.event for entry in unit.claims.record(CLAIM) if isinstance(entry.event, MailQueued)]
    assert recorded == [MailQueued("received", f"{CLAIM}-1", "pl")]


def test_a_refusal_brings_its_text_the_clause_the_law_and_the_way_to_another_person(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    open_one(units, shop, secrets)
    act(units, secrets, lambda claim: deciding.reject(claim, 1, 1, NOT_FAULTY, "Działa poprawnie.", AGENT))
    deliver(units, post)
    body = post.taken[-1].body("plain")
    assert "> Działa poprawnie." in body
    assert NOT_FAULTY.basis.citation in body
    assert "http://data.europa.eu/eli/dir/2019/771/oj" in body
    assert catalogue("pl").day(date(2026, 12, 20)) in body
    assert "https://aftercare.example/s/key-Nordkap/" in body


def test_a_refusal_by_the_shops_own_clause_names_the_law_beside_it(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    open_one(units, shop, secrets)
    clause = Refusal("worn", Basis("policy", POLICY.id, f"{POLICY.id} · eu · returns"))
    act(units, secrets, lambda claim: deciding.reject(claim, 1, 1, clause, "Noszone.", AGENT))
    deliver(units, post)
    body = post.taken[-1].body("plain")
    assert POLICY.id not in body
    assert f"{catalogue('pl').text('source.policy')}: {catalogue('pl').text('right.shop_return')}" in body
    assert "https://aftercare.example/s/key-Nordkap/pl/DE#rule-returns" in body
    assert LAW.basis(("SGD art. 10",))[0].citation in body


def test_an_approval_tells_who_pays_how_to_pack_and_where_to(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    claim = open_one(units, shop, secrets, "en")
    plan = usual_plan(Remedy.REFUND, claim.line(1).judged)
    desk = Desk(MERCHANT, units, FakeIds(), secrets, LAW, LETTER)
    work_on_claim(CLAIM, lambda known: deciding.approve(known, 1, 1, plan, AGENT), desk=desk, now=NOW)
    deliver(units, post)
    body = post.taken[-1].body("plain")
    assert "You pay for sending goods back." in body
    assert "with a carrier you choose" in body
    assert "Print the address from the page of your request" in body
    assert f"note with the number {claim.number}" in body
    assert "Nordlicht returns\nNordlicht Outdoor GmbH\nSpeicherstrasse 12" in body
    assert len(post.taken) == 2


def test_every_letter_leads_to_the_withdrawal_function_with_its_order(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    with units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(shop.id, NOW)
        unit.commit()
    place(units, shop)
    open_one(units, shop, secrets)
    act(units, secrets, lambda claim: conversing.write(claim, "Jutro.", AGENT))
    deliver(units, post)
    token = order_link_token(OrderId("order1"), shop.id, secrets)
    assert len(post.taken) == 2
    for taken in post.taken:
        (link,) = re.findall(r"\S+/withdraw\?\S+", taken.body("plain"))
        assert parse_qs(urlsplit(link).query)["order"] == [token]


def test_the_same_act_told_again_sends_nothing_more(units: FakeUnits, shop: Shop, secrets: FakeSecrets) -> None:
    place(units, shop)
    open_one(units, shop, secrets)
    with units(MERCHANT) as unit:
        claim, entries = read_claim(CLAIM, unit), unit.claims.record(CLAIM)
        told = queue_letters(None, claim, entries, unit=unit, secrets=secrets, letter=LETTER, now=NOW)
        unit.commit()
    assert told == claim
    assert queued(units) == [f"{CLAIM}-1"]


def test_a_message_that_was_translated_is_quoted_in_the_shoppers_language(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    open_one(units, shop, secrets)
    act(units, secrets, lambda claim: [*conversing.write(claim, "Das Teil kommt morgen.", AGENT), in_polish(claim)])
    deliver(units, post)
    body = post.taken[-1].body("plain")
    assert "> Część przyjdzie jutro." in body
    assert "Das Teil" not in body


def in_polish(claim: Claim) -> Draft:
    """The translation of what is said next."""
    return Draft(MessageTranslated(claim.version + 1, "pl", "staff-1"), AGENT, "Część przyjdzie jutro.")


@pytest.mark.parametrize("shopper", [a_shopper(email=None), Shopper(is_erased=True)])
def test_nobody_is_written_to_who_has_no_address_or_was_erased(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, shopper: Shopper
) -> None:
    place(units, shop, shopper)
    open_one(units, shop, secrets)
    assert queued(units) == []


def test_a_voucher_is_told_in_the_same_act_that_gives_it_and_once(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    claim = open_one(units, shop, secrets, "en")
    giver = StaffMember(StaffId("agent"), "kaja@nordkap.example", Role.AGENT, "en", NOW)
    with units(MERCHANT) as unit:
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(Money(5000, "EUR"),)), NOW)
        unit.commit()
    desk = Desk(MERCHANT, units, FakeIds(), secrets, LAW, LETTER)
    gift = Gift(VOUCHER, Money(1000, "EUR"), detail="NORDKAP-1")
    changed = give_goodwill(CLAIM, gift, by=giver, seen=claim.version, desk=desk, now=NOW)
    with pytest.raises(Conflict):
        give_goodwill(CLAIM, gift, by=giver, seen=claim.version, desk=desk, now=NOW)
    deliver(units, post)
    assert len(post.taken) == 2
    body = post.taken[-1].body("plain")
    assert "Voucher code: NORDKAP-1" in body
    assert "Worth: €10.00" in body
    assert read_claim_now(units) == changed


def read_claim_now(units: FakeUnits) -> Claim:
    with units.read(MERCHANT) as unit:
        return read_claim(CLAIM, unit)


def test_the_price_of_a_repair_reaches_the_mailbox_with_the_way_to_answer(
    units: FakeUnits, shop: Shop, secrets: FakeSecrets, post: Post
) -> None:
    place(units, shop)
    line = opened_line(an_order_of(2), 1, Ground.SHOP_RETURN, 1, Remedy.REPAIR)
    line = replace(line, judged=replace(line.judged, remedies=(Remedy.REPAIR,)))
    open_one(units, shop, secrets, line=line)
    plan = usual_plan(Remedy.REPAIR, line.judged, goods_exist=False)
    act(units, secrets, lambda claim: deciding.approve(claim, 1, 1, plan, AGENT))
    for to in (RepairState.BOOKED, RepairState.RECEIVED, RepairState.DIAGNOSED):
        act(units, secrets, lambda claim, to=to: remedying.move_repair(claim, 1, to, AGENT))
    act(units, secrets, lambda claim: quoting.quote_repair(claim, 1, Money(1990, "EUR"), "Nowy włącznik.", AGENT))
    act(units, secrets, lambda claim: quoting.order_repair(claim, 1, Money(1990, "EUR")))
    deliver(units, post)
    quote, ordered = (taken.body("plain") for taken in post.taken[-2:])
    assert "> Nowy włącznik." in quote
    assert f"{catalogue('pl').text('mail.claim.quote.price')}: 19,90" in quote
    assert "#lines-title" in quote
    assert "19,90" in ordered
