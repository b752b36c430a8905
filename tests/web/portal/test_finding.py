"""Finding an order: whoever knows only half of it learns nothing, and nobody gets to try for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from integrations.platforms.shopify.granting import ShopifyScopes
from plugin.domain.effects import SendClaimLink, SendMail
from plugin.domain.order import Platform
from plugin.domain.shop_token import Grant, ShopToken
from plugin.i18n import CLAIM_LANGUAGES, PAGE_LANGUAGES
from plugin.ports.shopify_app import ShopifyApp
from plugin.usecases.sweep_portal import sweep_portal
from plugin.web.deps import provide
from tests.build import MERCHANT, NOW, a_shop, a_shopper, an_order
from tests.support.admin import RIVAL
from tests.web.portal.conftest import EMAIL, Portal, letters, link_in


def test_number_and_address_open_the_order(portal: Portal) -> None:
    answer = portal.get(portal.opened())
    assert answer.status_code == 200
    assert "Camping stove" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("number", "email"), [("1001", "kai@example.com"), ("9999", EMAIL), ("9999", "nobody@example.com")]
)
def test_whatever_does_not_fit_the_answer_is_the_same(portal: Portal, number: str, email: str) -> None:
    answers = [portal.find(*asked) for asked in ((number, email), ("no such", "no@example.com"))]
    assert [answer.status_code for answer in answers] == [404, 404]
    blank = [
        answer.text.replace(f'value="{n}"', "").replace(f'value="{e}"', "")
        for answer, (n, e) in zip(answers, ((number, email), ("no such", "no@example.com")), strict=True)
    ]
    assert blank[0] == blank[1]


def test_whatever_does_not_fit_the_database_is_asked_the_same_questions(portal: Portal) -> None:
    """The time taken cannot differ by what is there: nothing is opened, and no question depends on an answer."""
    portal.installation.keep(an_order("2002", shopper=a_shopper("kai@example.com")))

    def asked(number: str, email: str) -> list[str]:
        said: list[str] = []
        engines = portal.installation.storage.means.engines
        listeners = {engines.read, engines.write}

        def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        for engine in listeners:
            event.listen(engine, "before_cursor_execute", note)
        try:
            portal.find(number, email)
        finally:
            for engine in listeners:
                event.remove(engine, "before_cursor_execute", note)
        return said

    asked("warm", "up@example.com")
    questions = [
        asked("9999", EMAIL),
        asked("2002", EMAIL),
        asked("1001", "kai@example.com"),
        asked("9", "x@y.example"),
    ]
    assert questions[0]
    assert all(each == questions[0] for each in questions)


def test_nobody_tries_for_long_from_one_address_and_others_are_not_kept_waiting(portal: Portal) -> None:
    statuses = [portal.find("9", "a@example.com").status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    refused = portal.find()
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    other = portal.client.post(
        portal.home, data={"number": "1001", "email": EMAIL}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert other.status_code == 303
    portal.installation.clock.advance(timedelta(minutes=10))
    assert portal.find().status_code == 303


def test_a_subscriber_of_ipv6_counts_as_one(portal: Portal) -> None:
    def tried(last: int) -> int:
        caller = {"REMOTE_ADDR": f"2001:db8::{last:x}"}
        return portal.client.post(
            portal.home, data={"number": "9", "email": "a@b.example"}, environ_base=caller
        ).status_code

    assert [tried(last) for last in range(1, 12)][-1] == 429


def test_a_link_is_mailed_to_whoever_has_orders_and_opens_all_of_them(portal: Portal) -> None:
    portal.installation.keep(an_order("1002"))
    asked = portal.post(f"{portal.home}/link", email=EMAIL)
    assert asked.status_code == 303
    assert "is on its way" in portal.get(asked.location).text
    portal.installation.run_jobs()
    (letter,) = letters(portal)
    listed = portal.get(link_in(letter.text))
    assert "Order 1001" in listed.text
    assert "Order 1002" in listed.text


def test_whether_anybody_has_the_address_shows_in_neither_answer_nor_work(portal: Portal) -> None:
    known, unknown = (portal.post(f"{portal.home}/link", email=email) for email in (EMAIL, "nobody@example.com"))
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert [type(each) for each in portal.installation.jobs.waiting] == [SendClaimLink, SendClaimLink]
    portal.installation.run_jobs()
    assert len(letters(portal)) == 1


def test_a_link_is_sent_once_however_often_its_job_runs(portal: Portal) -> None:
    portal.post(f"{portal.home}/link", email=EMAIL)
    (job,) = portal.installation.jobs.waiting
    portal.installation.jobs.add([job])
    portal.installation.run_jobs()
    assert len(letters(portal)) == 1


def test_no_mailbox_is_flooded(portal: Portal) -> None:
    callers = [{"REMOTE_ADDR": f"192.0.2.{each}"} for each in range(4)]
    asked = [portal.client.post(f"{portal.home}/link", data={"email": EMAIL}, environ_base=each) for each in callers]
    assert [each.status_code for each in asked] == [303, 303, 303, 429]
    assert SendMail not in map(type, portal.installation.jobs.waiting)


def test_a_token_opens_its_own_order_only_and_for_two_hours(portal: Portal) -> None:
    (other,) = portal.installation.keep(an_order("2002", shopper=a_shopper("kai@example.com")))
    mine = portal.opened()
    theirs = mine.replace(portal.order, other)
    answers = [
        portal.get(path) for path in (theirs, f"{portal.home}/forged.token", f"{mine}/reason/1", f"{portal.home}/x")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    portal.installation.clock.advance(timedelta(hours=2))
    assert portal.get(mine).status_code == 404


def test_a_token_of_one_shop_opens_nothing_in_another(portal: Portal) -> None:
    with portal.installation.deps.units.read(RIVAL) as unit:
        rival = unit.shops.all()[0]
    assert portal.get(portal.opened().replace(portal.shop.key, rival.key)).status_code == 404


def test_an_erased_shopper_is_found_no_more(portal: Portal) -> None:
    mine = portal.opened()
    with portal.installation.deps.units(MERCHANT) as unit:
        person = unit.people.find(EMAIL)
        assert person
        unit.people.erase(person, portal.installation.clock.now())
        unit.commit()
    assert portal.find().status_code == 404
    assert portal.get(mine).status_code == 404


def test_an_order_of_another_number_with_the_same_address_opens_too(portal: Portal) -> None:
    stored = portal.installation.stored(portal.order)
    portal.installation.keep(replace(stored.order, ref=replace(stored.order.ref, external_id="77"), number="#1001"))
    listed = portal.get(portal.find().location)
    assert listed.text.count("choice-link") == 2


def test_the_after_sales_page_leads_here_in_its_language_and_offers_no_other(portal: Portal) -> None:
    page = portal.client.get(f"/s/{portal.shop.key}/de/DE").text
    assert f'href="/s/{portal.shop.key}/claim?lang=de"' in page
    assert "Rufen Sie zuerst Ihre Bestellung auf." in portal.get(f"{portal.home}?lang=de").text
    missing = [language for language in PAGE_LANGUAGES if language not in CLAIM_LANGUAGES]
    for language in missing[:1]:
        assert "/claim?" not in portal.client.get(f"/s/{portal.shop.key}/{language}/DE").text


def test_what_is_old_goes_with_the_sweep(portal: Portal) -> None:
    deps = portal.installation.deps
    portal.answer(portal.opened(), line="1")
    portal.post(f"{portal.home}/link", email="nobody@example.com")

    def swept(after: timedelta) -> int:
        return sweep_portal(merchant=MERCHANT, units=deps.units, now=portal.installation.clock.now() + after)

    assert swept(timedelta(hours=23)) == 0
    assert swept(timedelta(hours=25)) > 1
    with deps.units.read(MERCHANT) as unit:
        assert unit.claim_drafts.open(portal.order)
    assert swept(timedelta(days=8)) == 1


@pytest.mark.parametrize("scope", ["read_orders", "read_all_orders"])
def test_where_shopify_hides_older_orders_whoever_finds_none_reads_that_theirs_may_be_missing(
    portal: Portal, scope: str
) -> None:
    """The same whatever was typed: it tells of the shop, and of no order."""
    installation = portal.installation
    app = ShopifyApp(None, None, None, ShopifyScopes("client"))  # type: ignore[arg-type]  # what was granted is all it is asked
    provide(installation.app, replace(installation.deps, shopify=app))
    shop = a_shop("hidden", platform=Platform.SHOPIFY, address="nordkap.myshopify.com")
    with installation.deps.units(MERCHANT) as unit:
        unit.shops.add(shop)
        unit.shop_tokens.save(ShopToken.of(shop.id, Grant("shpat", (scope,)), NOW))
        unit.commit()
    told = [portal.post(f"/s/{shop.key}/claim", number=number, email=EMAIL).text for number in ("1001", "9999")]
    assert ["may be missing here" in text for text in told] == [scope == "read_orders"] * 2
    assert all("We find no order with this number" in text for text in told)
    assert "may be missing here" not in portal.find("9999").text, "a shop that shows all its orders"
