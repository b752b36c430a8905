"""The way to withdraw: official words, the order it stands beside, and nothing where no law wants it."""

from __future__ import annotations

import msgspec
import pytest
from playwright.sync_api import Page, expect

from plugin.web.storefront.schemas import OfficialLink
from tests.support.embedded import wait_for_answer
from tests.support.storefront import Store, policy

pytestmark = pytest.mark.browser

TAG = "aftercare-withdrawal"


def test_on_an_order_page_it_takes_the_orders_token_along(page: Page, store: Store) -> None:
    store.answer("shop/policy", policy("de"))
    page.goto(store.show(f'<{TAG} shop="shop" token="a.b+c"></{TAG}>', lang="de"))
    wait_for_answer(page, TAG)
    link = page.get_by_role("link", name="Vertrag widerrufen")
    address = link.get_attribute("href") or ""
    assert address.startswith("https://")
    assert address.endswith("&order=a.b%2Bc")


def test_words_of_another_language_say_which(page: Page, store: Store) -> None:
    store.answer("shop/policy", policy("ar"))
    page.goto(store.show(f'<{TAG} shop="shop"></{TAG}>', lang="ar", dir="rtl"))
    wait_for_answer(page, TAG)
    expect(page.get_by_role("link", name="Withdraw from contract here")).to_have_attribute("lang", "en")


def test_where_no_law_wants_it_there_is_nothing(page: Page, store: Store) -> None:
    store.answer("shop/policy", msgspec.structs.replace(policy(), withdrawal=None))
    page.goto(store.show(f'<{TAG} shop="shop"></{TAG}>'))
    wait_for_answer(page, TAG)
    assert page.get_by_role("link").count() == 0


def test_an_address_that_is_none_is_words_alone(page: Page, store: Store) -> None:
    hostile = OfficialLink(text="Withdraw from contract here", language="en", url="javascript:document.title=1")
    store.answer("shop/policy", msgspec.structs.replace(policy(), withdrawal=hostile))
    page.goto(store.show(f'<{TAG} shop="shop"></{TAG}>'))
    wait_for_answer(page, TAG)
    assert page.get_by_role("link").count() == 0
    expect(page.get_by_text("Withdraw from contract here")).to_be_visible()
