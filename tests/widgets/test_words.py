"""One answer, two renderings; and what happens when there is none."""

from __future__ import annotations

import json
from http import HTTPStatus

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from tests.support.embedded import TAGS, is_light, settle, wait_for_answer, words
from tests.support.storefront import Store, copied, entitlements, policy

pytestmark = pytest.mark.browser

ALL = (
    '{{ widgets.badge(policy, "shop") }}{{ widgets.banner(policy, "shop") }}'
    '{{ widgets.window_panel(order, "shop", "t.k") }}{{ widgets.trust_section(policy, "shop") }}'
    '{{ widgets.withdrawal(policy, "shop") }}'
)
BARE = '<aftercare-policy-badge shop="shop"></aftercare-policy-badge>'
HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>&amp;'


def open_all(page: Page, store: Store, language: str = "en", body: str = ALL) -> None:
    direction = policy(language).direction
    page.goto(
        store.show(body, lang=language, dir=direction, policy=policy(language), order=entitlements(language)),
        wait_until="load",
    )


def answer_all(store: Store, language: str = "en") -> None:
    store.answer("shop/policy", policy(language))
    store.answer("shop/orders/t.k/entitlements", entitlements(language))


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_element_says_exactly_what_the_server_rendered(
    page: Page, store: Store, complaints: list[str], language: str
) -> None:
    answer_all(store, language)
    open_all(page, store, language)
    for tag in TAGS:
        wait_for_answer(page, tag)
        assert words(page, tag, light=False) == words(page, tag, light=True)
        assert words(page, tag, light=True)
    assert complaints == []


def test_the_name_of_a_right_and_whose_it_is_are_words_apart(page: Page, store: Store) -> None:
    answer_all(store, "ar")
    open_all(page, store, "ar")
    wait_for_answer(page, TAGS[2])
    names = "(host) => [host, host.shadowRoot].map((at) => [...at.querySelectorAll('.name')].map((n) => n.textContent))"
    light, shadow = page.locator(TAGS[2]).evaluate(names)
    named = {f"{clock.title} {clock.label}" for line in entitlements("ar").lines for clock in line.clocks}
    assert set(light) == set(shadow) == named


def test_without_server_rendered_words_the_element_brings_them(page: Page, store: Store) -> None:
    answer_all(store)
    open_all(page, store, body=BARE)
    wait_for_answer(page, TAGS[0])
    assert policy().summary in words(page, TAGS[0], light=False)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (HTTPStatus.INTERNAL_SERVER_ERROR, b"{}"),
        (HTTPStatus.NOT_FOUND, b"{}"),
        (HTTPStatus.OK, b"<html>a proxy's error page</html>"),
        (HTTPStatus.OK, b"{}"),
        (HTTPStatus.OK, b"null"),
        (HTTPStatus.OK, b'{"lines": [null], "summary": "half"}'),
    ],
)
def test_a_failed_answer_leaves_the_page_as_useful_as_it_was(
    page: Page, store: Store, complaints: list[str], status: HTTPStatus, body: bytes
) -> None:
    store.answers = {"shop/policy": (status, body), "shop/orders/t.k/entitlements": (status, body)}
    with page.expect_response("**/policy?*"), page.expect_response("**/entitlements?*"):
        open_all(page, store)
    settle(page)
    assert [is_light(page, tag) for tag in TAGS] == [True] * len(TAGS)
    assert page.get_by_text(policy().summary).first.is_visible()
    assert page.get_by_text(entitlements().lines[0].clocks[0].sentence).first.is_visible()
    assert complaints == []


def test_while_the_app_is_away_the_shops_own_copy_answers(page: Page, store: Store) -> None:
    store.answers = {"shop/policy": (HTTPStatus.SERVICE_UNAVAILABLE, b"{}")}
    kept = msgspec.json.encode(policy()).decode()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/kept/" in request.url else None)
    page.route("**/kept/**", lambda route: route.fulfill(json=json.loads(kept)))
    open_all(page, store, body=BARE.replace("shop=", 'product="12" country="FR" fallback="/kept/" shop='))
    wait_for_answer(page, TAGS[0])
    assert policy().summary in words(page, TAGS[0], light=False)
    assert [url.partition("/kept/")[2] for url in asked] == ["shop/policy?country=FR&product=12&lang=en"]


def test_without_script_the_words_are_all_there(browser: Browser, store: Store) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_all(page, store)
    assert page.get_by_text(policy().summary).first.is_visible()
    assert page.get_by_text(entitlements().lines[0].clocks[0].sentence).first.is_visible()
    page.locator("summary").first.click()
    assert page.get_by_text(policy().lines[1].text).first.is_visible()
    assert store.asked == []
    context.close()


def test_what_looks_like_markup_is_shown_as_text(page: Page, store: Store, complaints: list[str]) -> None:
    hostile = msgspec.convert(
        copied(
            policy(),
            summary=HOSTILE,
            banner=HOSTILE,
            lines=[{"kind": "right", "label": HOSTILE, "text": HOSTILE}],
            details={"text": HOSTILE, "url": "javascript:document.title=1"},
            arrival={"label": HOSTILE, "text": HOSTILE, "first": "2026-12-11", "last": "2026-12-15"},
        ),
        type=type(policy()),
    )
    store.answer("shop/policy", hostile)
    page.goto(store.show('{{ widgets.badge(policy, "shop") }}{{ widgets.banner(policy, "shop") }}', policy=hostile))
    for tag in TAGS[:2]:
        wait_for_answer(page, tag)
        for light in (True, False):
            assert set(words(page, tag, light=light)) == {HOSTILE}
    assert page.title() == "A store"
    assert page.locator("img, b").count() == 0
    assert page.locator("a").count() == 0
    assert complaints == []


def test_the_badge_and_the_banner_share_one_question(page: Page, store: Store) -> None:
    answer_all(store)
    store.gate.clear()  # until both have asked: an answer that came between them would be the browser's to keep
    open_all(page, store)
    store.gate.set()
    for tag in TAGS:
        wait_for_answer(page, tag)
    assert len(store.questions("/policy")) == 1
    assert store.questions("/entitlements") == [{"lang": ["en"]}]


def test_a_market_nobody_chose_is_not_passed_on(page: Page, store: Store) -> None:
    answer_all(store)
    open_all(page, store, body='{{ widgets.badge(policy, "shop", sku="LAMP-1") }}')
    wait_for_answer(page, TAGS[0])
    assert policy().market.is_default
    assert store.questions("/policy") == [{"lang": ["en"], "sku": ["LAMP-1"]}]


def test_choosing_a_market_asks_again_and_shows_that_markets_words(page: Page, store: Store) -> None:
    answer_all(store)
    open_all(page, store)
    wait_for_answer(page, TAGS[0])
    store.answer(
        "shop/policy", msgspec.structs.replace(policy(), summary="Chosen for France", banner=None, arrival=None)
    )
    page.evaluate(
        "tags => tags.forEach((tag) => document.querySelector(tag).setAttribute('country', 'FR'))", list(TAGS[:2])
    )
    page.get_by_text("Chosen for France").wait_for()
    assert store.questions("/policy")[-1] == {"lang": ["en"], "country": ["FR"]}
    page.wait_for_function("document.querySelector('aftercare-banner').shadowRoot.textContent === ''")


def test_words_for_another_market_are_hidden_when_the_chosen_markets_answer_fails(page: Page, store: Store) -> None:
    answer_all(store)
    open_all(page, store)
    wait_for_answer(page, TAGS[1])
    store.answers.clear()
    page.evaluate("() => document.querySelector('aftercare-banner').setAttribute('country', 'US')")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('aftercare-banner p')).visibility === 'hidden'"
    )


def test_the_panel_asks_again_when_a_right_ends_while_the_page_is_open(page: Page, store: Store) -> None:
    page.clock.install()
    answer_all(store)
    open_all(page, store)
    wait_for_answer(page, TAGS[2])
    order = entitlements()
    store.answer("shop/orders/t.k/entitlements", msgspec.structs.replace(order, lines=order.lines[1:]))
    first = order.lines[0].clocks[0].closes_at
    assert first is not None
    page.clock.fast_forward(int((first - order.as_of).total_seconds() * 1000) + 2000)
    page.wait_for_function(
        "() => document.querySelector('aftercare-window-panel').shadowRoot.querySelectorAll('article').length === 1"
    )


def test_the_panel_says_how_long_is_left_beside_the_date(page: Page, store: Store) -> None:
    answer_all(store, "de")
    open_all(page, store, "de")
    wait_for_answer(page, TAGS[2])
    left = page.locator("aftercare-window-panel").locator(".until:not(:empty)").all_inner_texts()
    assert left[:3] == ["in 8 Tagen", "in 24 Tagen", "in 23 Monaten"]
