"""Where parcels are, in a store's own page: the same words with script and without, still, and for everyone."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from plugin.domain.tracking.told import ToldOrder
from tests.support.browser import spill, violations
from tests.support.embedded import WATCH_SHIFTS, is_light, layout_shift, wait_for_answer, words
from tests.support.parcels import EXAMPLES, PLACE, answer, delivered_parcel, one_parcel, several_parcels, written
from tests.support.storefront import Store

pytestmark = pytest.mark.browser

TAG = "aftercare-tracking"
PATH = "shop/orders/t.k/tracking"
MODULE = '<script type="module" src="/static/widgets/tracking.js"></script>'
WORDS = f'{{{{ widgets.tracking(tracking, "shop", "t.k") }}}}{MODULE}'
BARE = f'<{TAG} shop="shop" token="t.k" reserve><a href="/parcels">Track your order</a></{TAG}>{MODULE}'
ORDERS = {"one": one_parcel, "several": several_parcels, "delivered": delivered_parcel}


def opened(page: Page, store: Store, language: str = "en", body: str = WORDS, told: ToldOrder | None = None) -> None:
    said = answer(language, told)
    store.answer(PATH, said)
    page.goto(store.show(body, lang=language, dir=said.direction, tracking=said))


@pytest.mark.parametrize("language", sorted(folder.name for folder in EXAMPLES.iterdir()))
def test_the_example_is_what_the_engine_says(language: str) -> None:
    """After a change of words or shapes: `python -m tests.support.parcels`."""
    assert (EXAMPLES / language / PLACE).read_text("utf-8") == written(language)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_element_says_exactly_what_the_server_rendered_and_takes_its_place(
    page: Page, store: Store, complaints: list[str], order: str, language: str
) -> None:
    store.gate.clear()
    page.add_init_script(f"({WATCH_SHIFTS})()")
    opened(page, store, language, told=ORDERS[order]())
    below = page.locator("#below").bounding_box()
    store.gate.set()
    wait_for_answer(page, TAG)
    assert words(page, TAG, light=False) == words(page, TAG, light=True)
    assert page.locator("#below").bounding_box() == below
    assert layout_shift(page) == 0
    assert complaints == []


@pytest.mark.parametrize(("width", "language"), [(320, "de"), (320, "ar"), (1280, "en")])
def test_nothing_moves_in_the_reserved_place_and_everyone_can_read_it(
    page: Page, store: Store, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 1200})
    opened(page, store, language, BARE)
    wait_for_answer(page, TAG)
    after = page.locator("#below").bounding_box()
    store.answers.clear()
    page.reload()
    assert page.locator("#below").bounding_box() == after
    opened(page, store, language, BARE, several_parcels())
    wait_for_answer(page, TAG)
    page.locator(TAG).evaluate("e => e.shadowRoot.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(page) == []
    assert spill(page) == 0
    heights = [box["height"] for box in (each.bounding_box() for each in page.locator("summary, a").all()) if box]
    assert len(heights) > 5
    assert min(heights) >= 44


def test_state_and_days_stand_first_and_the_current_step_is_marked(page: Page, store: Store) -> None:
    opened(page, store, body=BARE)
    wait_for_answer(page, TAG)
    said = answer()
    shown = words(page, TAG, light=False)
    assert shown[:2] == [said.heading, said.parcels[0].expected]
    current = page.locator('[aria-current="step"]')
    expect(current).to_have_count(1)
    expect(current).to_contain_text(said.parcels[0].steps[0].when)
    raw = page.get_by_text("Import clearance started")
    expect(raw).to_be_hidden()
    page.get_by_text(said.words.raw).focus()
    page.locator(TAG).get_by_text(said.words.raw).click()
    expect(raw).to_be_visible()


def test_customs_are_explained_at_once_while_the_parcel_is_there(page: Page, store: Store) -> None:
    opened(page, store, body=BARE, told=several_parcels())
    wait_for_answer(page, TAG)
    help_ = answer("en", several_parcels()).parcels[0].customs
    assert help_ is not None
    expect(page.get_by_text(help_.lines[0])).to_be_visible()


def test_what_a_carrier_wrote_is_text_in_its_own_direction(page: Page, store: Store, complaints: list[str]) -> None:
    opened(page, store, "ar", told=delivered_parcel())
    wait_for_answer(page, TAG)
    said = answer("ar", delivered_parcel()).parcels[0].steps[0].raw[0]
    raw = page.locator(".raw").last
    assert (raw.text_content(), raw.evaluate("e => getComputedStyle(e).direction")) == (said, "ltr")
    assert page.locator("img, b").count() == 0
    assert (page.title(), complaints) == ("A store", [])


@pytest.mark.parametrize("body", [b"{}", b'{"version": "1", "language": "en"}', b"<html>"])
def test_without_an_answer_the_link_to_the_hosted_page_stays(page: Page, store: Store, body: bytes) -> None:
    store.answers[PATH] = (HTTPStatus.OK, body)
    page.goto(store.show(BARE))
    page.wait_for_load_state("networkidle")
    assert is_light(page, TAG)
    expect(page.get_by_role("link", name="Track your order")).to_be_visible()


def test_a_link_that_is_none_of_the_webs_is_only_words(page: Page, store: Store) -> None:
    said = answer()
    number = msgspec.structs.replace(said.parcels[0].numbers[0], url="javascript:document.title=1")
    parcel = msgspec.structs.replace(said.parcels[0], numbers=(number,))
    store.answer(PATH, msgspec.structs.replace(said, parcels=(parcel,)))
    page.goto(store.show(BARE))
    wait_for_answer(page, TAG)
    assert page.get_by_role("link", name=number.link).count() == 0
    expect(page.get_by_text(str(number.link))).to_be_visible()


def test_without_script_everything_is_there_and_print_unfolds_it(browser: Browser, store: Store) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, store)
    page.emulate_media(media="print")
    raw = page.get_by_text("Import clearance started").bounding_box()
    assert raw is not None
    assert raw["height"] > 0
    assert store.asked == []
    context.close()
