"""Exchanging a product for another of its variants: what there is, what it costs more or less, and what comes of it."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from plugin.domain.capabilities import Capabilities, PriceList
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.remedying import Made, succeed
from plugin.domain.claim.vocabulary import PLATFORM, VariantChoice
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.work import work_on_claim
from tests.build import MERCHANT, a_product
from tests.web.portal.conftest import Portal
from tests.web.portal.test_steps import DRAFT, submit

OPTION = re.compile(r'<option value="([^"]+)"( selected)?>([^<]*)')
EUROS = Capabilities(exchange=True, store_credit=True, prices=PriceList("EUR", includes_tax=True))


class Platform:
    """What a platform says of every order; None: there is no connection."""

    def __init__(self, can: Capabilities | None) -> None:
        self.can = can
        self.asked = 0

    def __call__(self, _shop: Shop) -> Platform:
        if self.can is None:
            raise Rejected(Refusal.NOT_CONNECTED)
        return self

    def capabilities(self, _order: Order) -> Capabilities:
        self.asked += 1
        assert self.can
        return self.can


def variant(number: str, title: str, price: str | None, **facts: object) -> Product:
    named = {"parent_id": "501", "sku": title, "title": title, "price": price, "is_for_sale": True}
    return a_product(number, **{**named, **facts})


def remedy_page(portal: Portal, can: Capabilities | None = EUROS) -> str:
    """The address of the third step for the stove, once the worker has asked the platform."""
    sold = [variant("601", "Green", "54.90"), variant("602", "Blue", "44.90"), variant("603", "Red", "49.90")]
    sold += [variant("604", "Gone", "9.00", is_for_sale=False), variant("605", "Odd", None)]
    with portal.installation.deps.units(MERCHANT) as unit:
        unit.products.save(portal.shop.id, [a_product(), *sold])
        unit.commit()
    actions = Platform(can)
    portal.installation.deps = replace(portal.installation.deps, actions=actions)  # type: ignore[arg-type]  # what is asked of it here
    at = portal.answer(portal.opened(), line="2")
    portal.installation.run_jobs()
    return portal.answer(at, reason="size.too_small")


def options(page: str) -> dict[str, str]:
    return {number: html.unescape(text) for number, _, text in OPTION.findall(page)}


def claimed(portal: Portal) -> Claim:
    with portal.installation.deps.units.read(MERCHANT) as unit:
        (claim,) = unit.claims.of_order(portal.order)
        return read_claim(claim, unit)


def test_every_variant_that_can_be_bought_stands_there_with_its_difference(portal: Portal) -> None:
    page = portal.get(remedy_page(portal)).text
    assert options(page) == {
        "601": "Green · You pay €5.00 more.",
        "602": "Blue · You get €5.00 back.",
        "603": "Red · Same price.",
        "605": "Odd",
    }
    assert "€49.90 count towards the other item." in page
    assert 'value="refund"' in page, "the refund is on the same page"


@pytest.mark.parametrize("can", [None, replace(EUROS, prices=None), replace(EUROS, prices=PriceList("USD", True))])  # noqa: FBT003 - includes_tax
def test_while_the_currency_of_the_catalogue_is_unknown_or_another_the_difference_stays_words(
    portal: Portal, can: Capabilities | None
) -> None:
    page = portal.get(remedy_page(portal, can)).text
    assert options(page) == {"601": "Green", "602": "Blue", "603": "Red", "605": "Odd"}
    assert "What it costs more you pay in the shop; what it costs less you get back." in page


def test_the_choice_and_its_difference_go_with_the_claim_to_its_page(portal: Portal) -> None:
    at = remedy_page(portal)
    confirm = portal.answer(at, remedy="exchange", variant="601")
    assert re.search(r'<option value="601" selected>', portal.get(at).text)
    page = portal.get(confirm).text
    assert "Green" in page
    assert "You pay €5.00 more." in page
    status = portal.get(submit(portal, confirm)).text
    line = claimed(portal).line(1)
    assert (line.wanted, line.choice) == (Remedy.EXCHANGE, VariantChoice("601", "Green", Money(5490, "EUR")))
    assert "Green" in status
    assert "You pay €5.00 more." in status


def test_the_difference_is_paid_where_the_platform_says(portal: Portal) -> None:
    page = submit(portal, portal.answer(remedy_page(portal), remedy="exchange", variant="601"))
    made = Made("1001-E1", Money(500, "EUR"), "https://shop.example/checkout/order-pay/77/?pay_for_order=true&key=k")
    needs = portal.installation.deps
    work_on_claim(
        claimed(portal).id,
        lambda claim: succeed(claim, 1, PLATFORM, made),
        desk=desk_of(needs, MERCHANT),
        now=needs.clock.now(),
    )
    assert f'href="{html.escape(str(made.pay_at))}"' in portal.get(page).text


def test_the_rules_agree_to_a_variant_whose_price_was_told(portal: Portal) -> None:
    submit(portal, portal.answer(remedy_page(portal), remedy="exchange", variant="602"))
    plan = claimed(portal).line(1).plan
    assert plan
    assert (plan.variant, plan.price) == ("602", Money(4490, "EUR"))


def test_something_else_can_be_asked_for_in_words_and_neither_is_asked_for_again(portal: Portal) -> None:
    at = remedy_page(portal)
    answer = portal.post(at, remedy="exchange")
    assert answer.status_code == 422
    assert re.search(r'value="exchange" checked', answer.text), "nothing that was chosen is lost"
    for forged in ("604", "999"):
        assert portal.post(at, remedy="exchange", variant=forged).status_code == 422
    confirm = portal.answer(at, remedy="exchange", instead="The large one")
    submit(portal, confirm)
    line = claimed(portal).line(1)
    assert (line.choice, line.plan) == (None, None), "a person looks for it"


def test_what_the_platform_cannot_do_is_not_offered_and_the_refund_stays(portal: Portal) -> None:
    page = portal.get(remedy_page(portal, Capabilities(refund_online=True))).text
    assert 'value="exchange"' not in page
    assert 'value="store_credit"' not in page
    assert 'value="refund"' in page


def test_while_nobody_knows_what_the_platform_can_do_the_policy_decides(portal: Portal) -> None:
    page = portal.get(remedy_page(portal, None)).text
    assert 'value="exchange"' in page
    assert 'value="store_credit"' in page


def test_no_page_asks_the_platform_itself(portal: Portal) -> None:
    at = remedy_page(portal)
    platform = portal.installation.deps.actions
    assert isinstance(platform, Platform)
    asked = platform.asked
    confirm = portal.answer(at, remedy="exchange", variant="603")
    assert DRAFT.search(portal.get(confirm).text)
    submit(portal, confirm)
    assert platform.asked == asked == 1
