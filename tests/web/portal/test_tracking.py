"""Where an order's parcels are, on the shop's own page: who may see it, what it shows, and what it keeps back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import msgspec
import pytest

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.order import FulfilledLine
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.domain.tracking.report import EventPlace
from plugin.domain.tracking.whereabouts import UNTOLD
from plugin.i18n import catalogue
from plugin.usecases.prove_shopper import session_token
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.usecases.tracking.tracking_link import HOLDS, tracking_path
from plugin.web.storefront.order_token import issue
from plugin.wording.tracking.answer import tracking_answer
from tests.build import MERCHANT, NOW, a_line, a_shopper, an_order
from tests.domain.tracking.reports import JOURNEY, S, first_leg, scan
from tests.usecases.tracking.orders import a_shipment, sent
from tests.web.portal.conftest import EMAIL, Portal, letters, link_in

TELLING = replace(scan(S.OUT_FOR_DELIVERY, 160), place=EventPlace("DE", words="Torstraße 1, Berlin"))
HANDED = scan(S.DELIVERED, 170, message="Left with neighbour Schmidtbauer")


@pytest.fixture
def order(portal: Portal) -> OrderId:
    return follow(portal)


def follow(portal: Portal, number: str = "T-7", **facts: object) -> OrderId:
    """Keep an order whose parcel came in two legs."""
    lines = (a_line("11"), a_line("12", title="Camping stove"))
    parcel = sent(lines=(FulfilledLine(lines[0].id, 1), FulfilledLine(lines[1].id, 1)))
    (kept,) = portal.installation.keep(an_order(number, lines=lines, fulfilments=(parcel,)), policy_version="v1")
    shipment = a_shipment([*JOURNEY, TELLING, HANDED], id=ShipmentId(f"s-{number}"), order=kept, shop=portal.shop.id)
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.shipments.save([replace(shipment, **facts)])  # type: ignore[arg-type]  # a test names fields of it
        unit.commit()
    return kept


def home(portal: Portal) -> str:
    return f"/s/{portal.shop.key}/tracking"


def found(portal: Portal, number: str = "T-7", email: str = EMAIL) -> str:
    """The address of the page that number and e-mail address open."""
    first = portal.post(home(portal), number=number, email=email)
    assert first.status_code == 303, first.text
    return portal.get(first.location).location


def proven(portal: Portal, order: OrderId) -> str:
    """The address of the page that a mailed sign-in opens."""
    session = ShopperSession(portal.shop.id, Proof.LINK_OPENED, NOW + timedelta(hours=2), orders=(order,))
    return f"{home(portal)}/of/{session_token(portal.installation.deps.secrets, session)}/{order}"


def mailed(portal: Portal, order: OrderId, shop: Shop | None = None) -> str:
    return tracking_path(portal.installation.deps.secrets, shop or portal.shop, order, NOW, "en")


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_number_and_address_open_the_page_that_says_the_state_first(portal: Portal, order: OrderId) -> None:
    answer = portal.get(found(portal))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert re.findall(r"<h1[^>]*>([^<]+)</h1>", answer.text) == ["Delivered"]
    assert answer.text.count('aria-current="step"') == 1
    assert answer.text.index("Delivered</h1>") < answer.text.index('<ol class="steps"')
    assert order in found(portal)


def test_whatever_does_not_fit_the_answer_is_the_same(portal: Portal, order: OrderId) -> None:
    asked = (("T-7", "kai@example.com"), ("9999", EMAIL), ("9999", "nobody@example.com"))
    answers = [portal.post(home(portal), number=number, email=email) for number, email in asked]
    assert {answer.status_code for answer in answers} == {404}
    blank = {
        answer.text.replace(f'value="{number}"', "").replace(f'value="{email}"', "")
        for answer, (number, email) in zip(answers, asked, strict=True)
    }
    assert len(blank) == 1
    assert order not in blank.pop()


def test_nobody_tries_for_long_whether_for_tracking_or_for_a_claim(portal: Portal) -> None:
    tried = [portal.post(home(portal), number="9", email="a@example.com").status_code for _ in range(9)]
    assert tried == [404] * 9
    assert portal.find("9", "a@example.com").status_code == 404
    assert portal.post(home(portal), number="9", email="a@example.com").status_code == 429


def test_a_wish_for_a_link_is_answered_alike_for_everyone(portal: Portal) -> None:
    answers = [portal.post(f"{home(portal)}/link", email=email) for email in (EMAIL, "nobody@example.com")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, f"{home(portal)}?sent=1")}
    assert "is on its way" in portal.get(answers[0].location).text


def test_a_link_wished_for_here_leads_to_where_the_parcels_are(portal: Portal, order: OrderId) -> None:
    portal.post(f"{home(portal)}/link", email=EMAIL)
    portal.installation.run_jobs()
    (letter,) = letters(portal)
    assert "Track your order" in letter.text
    where = link_in(letter.text)
    assert where.startswith(f"{home(portal)}/of/")
    assert f"/{order}" in portal.get(where).text + str(portal.get(where).location)


def test_nothing_is_headed_that_has_not_happened(portal: Portal, order: OrderId) -> None:
    told = portal.get(mailed(portal, order)).text
    assert 'aria-labelledby="state"' in told
    assert '<h2 class="unseen">What has happened</h2>' in told
    untold = portal.get(mailed(portal, follow(portal, "T-8", reports=(), whereabouts=UNTOLD))).text
    assert 'aria-labelledby="state"' in untold
    assert "What has happened" not in untold


def test_number_and_address_alone_show_nothing_of_where_the_shopper_lives(portal: Portal, order: OrderId) -> None:
    guessed, known = portal.get(found(portal)).text, portal.get(proven(portal, order)).text
    person = a_shopper()
    assert person.delivery is not None
    private = {"Torstraße", "Schmidtbauer", str(person.name), str(person.email), str(person.delivery.postcode)}
    assert not {each for each in private if each in guessed}
    assert {each for each in private if each in known} == {"Torstraße", "Schmidtbauer"}
    assert re.findall(r'step__what">([^<]+)', guessed) == re.findall(r'step__what">([^<]+)', known)


def test_page_widget_and_desk_show_the_same_steps(portal: Portal, order: OrderId) -> None:
    """Of a parcel in two legs: what a customer and who helps them look at is one list."""
    needs = portal.installation.deps
    with needs.units.read(MERCHANT) as unit:
        desk = tracking_answer(quote_tracking(unit.orders.get(order), unit, NOW), catalogue("en"))
    token = issue(needs.secrets, portal.shop.id, order)
    widget = msgspec.json.decode(portal.get(f"/storefront/v1/{portal.shop.key}/orders/{token}/tracking?lang=en").data)
    page = unescape(portal.get(mailed(portal, order)).text)
    steps = [(step.title, step.when) for step in desk.parcels[0].steps]
    assert {report.carrier for report in (*JOURNEY, TELLING, HANDED)} == {"yunexpress", "dhl"}
    assert [(step["title"], step["when"]) for step in widget["parcels"][0]["steps"]] == steps
    shown = re.findall(r'step__what">([^<]+)</p>\s*<p class="quiet"><time[^>]*>([^<]+)', page)
    assert shown == steps
    assert widget["parcels"][0]["headline"] == desk.heading
    assert f">{desk.heading}</h1>" in page


def test_a_mailed_link_opens_one_order_for_a_while_and_claims_nothing(portal: Portal, order: OrderId) -> None:
    address = mailed(portal, order)
    assert "Delivered" in portal.get(address).text
    token = address.partition("?")[0].rpartition("/")[2]
    assert portal.get(f"/s/{portal.shop.key}/claim/{token}").status_code == 404
    assert portal.get(f"{home(portal)}/of/{token}/{order}").status_code == 404
    foreign = mailed(portal, order, replace(portal.shop, id="another")).replace("another", portal.shop.key)  # type: ignore[arg-type]  # no id of ours
    changed = address.replace("?", "x?")
    assert {portal.get(each).status_code for each in (foreign, changed)} == {404}
    portal.installation.clock.at = NOW + HOLDS
    assert portal.get(address).status_code == 404


def test_a_session_opens_no_parcels_of_somebody_elses_order(portal: Portal, order: OrderId) -> None:
    (other,) = portal.installation.keep(an_order("2002", shopper=a_shopper("kai@example.com")))
    assert portal.get(found(portal).replace(order, other)).status_code == 404


def test_a_parcel_that_is_missed_is_claimed_with_its_goods_and_reason_already_there(portal: Portal) -> None:
    follow(portal, reports=(first_leg(S.LOST, 20),))
    address = found(portal)
    page = portal.get(address).text
    assert "It has not arrived" in page
    assert "It arrived damaged" not in page
    fields = {"parcel": "s-T-7", "about": "lost"}
    then = portal.answer(f"{address.partition('?')[0]}/wrong", **fields)
    assert "/remedy/1" in then
    assert 'value="logistics.lost" checked' in portal.get(then.replace("/remedy/1", "/reason/1")).text


@pytest.mark.parametrize("fields", [{"parcel": "nope", "about": "lost"}, {"parcel": "s-T-7", "about": "damaged"}, {}])
def test_what_the_page_does_not_offer_leads_back_to_it_and_leaves_a_begun_claim_as_it_is(
    portal: Portal, fields: dict[str, str]
) -> None:
    follow(portal, reports=(first_leg(S.LOST, 20),))
    page = found(portal).partition("?")[0]
    begun = portal.answer(f"{page}/wrong", parcel="s-T-7", about="lost").replace("/remedy/1", "/reason/1")
    assert portal.post(f"{page}/wrong", **fields).location.partition("?")[0] == page
    assert 'value="logistics.lost" checked' in portal.get(begun).text


def test_the_page_is_written_its_readers_way_asks_nobody_else_and_needs_no_script(
    portal: Portal, order: OrderId
) -> None:
    address = mailed(portal, order).replace("lang=en", "lang={}")
    arabic = portal.get(address.format("ar"))
    assert 'dir="rtl"' in arabic.text
    assert catalogue("ar").text("tracking.state.delivered") in arabic.text
    assert catalogue("zh-Hans").text("tracking.steps") in portal.get(address.format("zh-Hans")).text
    assert "<script" not in arabic.text
    assert re.findall(r'<(?:img|link|iframe)[^>]+(?:src|href)="(?!/static/|data:)', arabic.text) == []
    assert "Set-Cookie" not in arabic.headers


def test_orders_of_one_person_are_led_to_their_parcels(portal: Portal) -> None:
    first, second = follow(portal, "T-8"), follow(portal, "T-9")
    session = ShopperSession(portal.shop.id, Proof.LINK_OPENED, NOW + timedelta(hours=2), orders=(first, second))
    token = session_token(portal.installation.deps.secrets, session)
    tracking, claims = (portal.get(f"/s/{portal.shop.key}/{part}/{token}").text for part in ("tracking/of", "claim"))
    for order in (first, second):
        assert f"/tracking/of/{token}/{order}" in tracking
        assert f"/tracking/of/{token}/{order}" in claims
