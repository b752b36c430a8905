"""What stands beside a product: one answer, two renderings; nothing moves, nothing is fetched before it is near."""

from __future__ import annotations

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from plugin.web.storefront.schemas import ProductInformationAnswer
from tests.support.browser import spill, violations
from tests.support.embedded import WATCH_SHIFTS, is_light, layout_shift, wait_for_answer, words
from tests.support.storefront import Store, product_information

pytestmark = pytest.mark.browser

TAG = "aftercare-product-information"
PATH = "shop/product-information"
LIGHT = '{{ widgets.product_information(answer, "shop", product="501") }}'
BARE = f'<{TAG} shop="shop" product="501"></{TAG}>'
MODULE = '<script type="module" src="/static/widgets/product-information.js"></script>'
OPEN = (
    "tag => document.querySelector(tag).shadowRoot.querySelectorAll('details')"
    ".forEach((details) => { details.open = true; })"
)
NOTHING: dict[str, None] = {"documents": None, "repair": None, "label": None, "notice": None}


def show(
    page: Page, store: Store, language: str = "en", body: str = LIGHT, answer: ProductInformationAnswer | None = None
) -> None:
    said = answer or product_information(language)
    store.answers.setdefault(PATH, (200, msgspec.json.encode(said)))  # type: ignore[arg-type]  # a status as a number
    page.goto(store.show(body + MODULE, lang=language, dir=said.direction, answer=said), wait_until="load")


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_element_says_exactly_what_the_server_rendered(
    page: Page, store: Store, complaints: list[str], language: str
) -> None:
    show(page, store, language)
    wait_for_answer(page, TAG)
    assert words(page, TAG, light=False) == words(page, TAG, light=True)
    assert "Lumo AB" in " ".join(words(page, TAG, light=True))
    assert store.questions("/product-information")[-1]["product"] == ["501"]
    assert complaints == []


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_to_mend(page: Page, store: Store, complaints: list[str], width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, store, language)
    wait_for_answer(page, TAG)
    page.evaluate(OPEN, TAG)
    assert violations(page) == []
    assert spill(page) == 0
    heights = [
        box["height"] for each in page.locator("summary:visible, a:visible").all() if (box := each.bounding_box())
    ]
    assert len(heights) >= 5
    assert min(heights) >= 44
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_moves_when_the_answer_and_the_artwork_arrive(
    page: Page, store: Store, width: int, language: str
) -> None:
    store.gate.clear()
    page.set_viewport_size({"width": width, "height": 4000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    show(page, store, language)
    top = page.locator("#below").bounding_box()
    store.gate.set()
    wait_for_answer(page, TAG)
    page.wait_for_load_state("networkidle")
    assert store.fetched
    assert layout_shift(page) == 0
    assert page.locator("#below").bounding_box() == top


def test_a_small_answer_fits_the_place_that_is_reserved(page: Page, store: Store) -> None:
    store.gate.clear()
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.add_init_script(f"({WATCH_SHIFTS})()")
    small = msgspec.structs.replace(product_information(), repair=None, label=None, notice=None)
    show(page, store, body=BARE.replace(" product", " reserve product"), answer=small)
    top = page.locator("#below").bounding_box()
    store.gate.set()
    wait_for_answer(page, TAG)
    assert layout_shift(page) == 0
    assert page.locator("#below").bounding_box() == top


@pytest.mark.parametrize("body", [LIGHT, BARE], ids=["over light DOM", "by script alone"])
def test_a_product_without_information_shows_nothing_and_takes_no_place(page: Page, store: Store, body: str) -> None:
    page.add_init_script(f"({WATCH_SHIFTS})()")
    show(page, store, body=body, answer=msgspec.structs.replace(product_information(), **NOTHING))
    wait_for_answer(page, TAG)
    assert words(page, TAG, light=False) == words(page, TAG, light=True) == []
    assert page.locator(TAG).evaluate("e => e.offsetHeight") == 0
    assert layout_shift(page) == 0


def test_artwork_far_below_is_not_fetched_and_its_place_is_kept(page: Page, store: Store) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    show(page, store, body="<br>" * 800 + LIGHT)
    wait_for_answer(page, TAG)
    page.wait_for_load_state("networkidle")
    assert store.fetched == []
    box = page.locator(f"{TAG} .art").last.bounding_box()
    assert box is not None
    assert box["height"] / box["width"] == pytest.approx(297 / 210, abs=0.01)
    page.locator(f"{TAG} .art").last.scroll_into_view_if_needed()
    page.locator(f"{TAG} .art").last.evaluate("art => art.complete || new Promise((done) => { art.onload = done; })")
    assert store.fetched


def test_the_label_is_shown_whole_by_one_click_and_the_notice_without_one(page: Page, store: Store) -> None:
    show(page, store)
    wait_for_answer(page, TAG)
    label, notice = page.locator(f"{TAG} .art").nth(-2), page.locator(f"{TAG} .art").last
    assert notice.is_visible()
    assert not label.is_visible()
    page.locator(f"{TAG} .label summary").last.click()
    assert label.is_visible()
    assert notice.get_attribute("alt") == product_information().notice.alt  # type: ignore[union-attr]  # the example has one


def test_without_script_everything_is_there_the_transcript_as_text(browser: Browser, store: Store) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, store)
    answer = product_information()
    assert answer.documents is not None
    assert answer.notice is not None
    assert page.get_by_role("link", name=answer.documents.items[0].name).get_attribute("href")
    page.get_by_text(answer.notice.action).click()
    assert page.get_by_text(answer.notice.transcript[0], exact=True).is_visible()
    assert store.asked == []
    context.close()


def test_a_failed_answer_leaves_what_the_server_said(page: Page, store: Store, complaints: list[str]) -> None:
    store.answers[PATH] = (200, b'{"version": "1", "language": "en", "documents": {}}')  # type: ignore[assignment]  # likewise
    show(page, store)
    page.wait_for_load_state("networkidle")
    assert is_light(page, TAG)
    assert complaints == []
