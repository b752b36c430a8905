"""The way into a claim: a form that leads to the hosted pages, with script and without."""

from __future__ import annotations

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import spill, violations
from tests.support.embedded import settle, wait_for_answer
from tests.support.storefront import Store, claim_entry, render

pytestmark = pytest.mark.browser

TAG = "aftercare-claim"
PATH = "shop/claim-entry"
MODULE = '<script type="module" src="/static/widgets/claim.js"></script>'
LIGHT = f'<{TAG} shop="shop" reserve><a href="/claims">Return an item</a></{TAG}>{MODULE}'


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de", "ltr"), ("ar", "rtl")])
def test_the_form_stands_in_its_place_in_the_pages_language(
    page: Page, store: Store, language: str, direction: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    store.answer(PATH, claim_entry(language))
    page.goto(store.show(LIGHT, lang=language, dir=direction))
    before = page.locator("#below").bounding_box()
    wait_for_answer(page, TAG)
    assert page.locator("#below").bounding_box() == before
    answer = claim_entry(language)
    expect(page.get_by_label(answer.number)).to_have_attribute("name", "number")
    expect(page.get_by_label(answer.email)).to_have_attribute("type", "email")
    expect(page.get_by_role("button", name=answer.submit)).to_be_visible()
    assert violations(page) == []
    assert spill(page) == 0


def test_what_was_typed_is_posted_to_the_hosted_pages(page: Page, store: Store) -> None:
    here = msgspec.structs.replace(claim_entry(), action=f"{store.url}/hosted?lang=en")
    store.answer(PATH, here)
    page.goto(store.show(LIGHT))
    wait_for_answer(page, TAG)
    page.get_by_label(here.number).fill("1001")
    page.get_by_label(here.email).fill("ida@example.com")
    with page.expect_request("**/hosted?lang=en") as sent:
        page.get_by_role("button", name=here.submit).click()
    assert (sent.value.method, sent.value.post_data) == ("POST", "number=1001&email=ida%40example.com")


def test_an_address_that_is_none_of_the_webs_gets_nothing_typed(page: Page, store: Store) -> None:
    store.answer(PATH, msgspec.structs.replace(claim_entry(), action="javascript:document.title=1"))
    page.goto(store.show(LIGHT))
    wait_for_answer(page, TAG)
    assert page.get_by_role("button").count() == 0


def test_without_an_answer_the_link_stays(page: Page, store: Store) -> None:
    with page.expect_response("**/claim-entry?*"):
        page.goto(store.show(LIGHT))
    settle(page)
    expect(page.get_by_role("link", name="Return an item")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_servers_form_says_the_same_and_takes_the_same_place(page: Page, store: Store, language: str) -> None:
    answer = claim_entry(language)
    store.answer(PATH, answer)
    body = f'{{{{ widgets.claim(answer, "shop") }}}}{MODULE}'
    assert answer.action.replace("&", "&amp;") in render(body, answer=answer)
    page.goto(store.show(body, answer=answer, lang=language))
    light = page.locator(TAG).evaluate("e => [e.textContent.replace(/\\s+/g, ''), e.offsetHeight]")
    wait_for_answer(page, TAG)
    shown = page.locator(TAG).evaluate("e => [e.shadowRoot.textContent.replace(/\\s+/g, ''), e.offsetHeight]")
    assert shown == light
