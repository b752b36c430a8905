"""Product, cart and law pages: the storefront API's own words, the visitor's choices in the address, no cookie."""

from __future__ import annotations

import json
import re
from html import unescape
from http import HTTPStatus
from importlib.resources import files

import pytest
from flask.testing import FlaskClient

from plugin.demo.load import Demo
from plugin.domain.order import Platform
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.web.demo.assortment import PRODUCTS
from tests.support.repository import ROOT

PAGES = ("/demo", "/demo/products/tent", "/demo/cart?cart=tent", "/demo/orders", "/demo/law?country=FR", "/demo/mail")


def text(client: FlaskClient, address: str, status: HTTPStatus = HTTPStatus.OK) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return unescape(answer.text)


def test_every_product_is_one_of_the_demo_catalogue_at_its_price() -> None:
    listed = json.loads((files("plugin.demo") / "data" / "catalogue.json").read_bytes())
    prices = {(entry["id"], entry["sku"], entry["price"]["minor"]) for entry in listed}
    assert {(product.id, product.sku, product.price.minor) for product in PRODUCTS} <= prices


def test_every_product_has_a_picture_without_scripts_or_foreign_addresses() -> None:
    for product in PRODUCTS:
        drawing = (ROOT / "static" / "demo" / f"{product.slug}.svg").read_text("utf-8")
        assert "<script" not in drawing
        assert set(re.findall(r"https?://[^\"' ]+", drawing)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.usefixtures("demo")
def test_the_first_page_is_a_product_with_the_badge_and_three_ways_to_look_around(client: FlaskClient) -> None:
    page = text(client, "/demo")
    assert "<aftercare-policy-badge" in page
    tour = page[page.index('class="tour"') : page.index("</nav>", page.index('class="tour"'))]
    assert re.findall(r'href="([^"?]*)', tour) == ["/demo/orders/first", "/admin/", "/demo/orders/first"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_page_says_in_the_readers_language_that_nothing_is_sold(client: FlaskClient, language: str) -> None:
    words = catalogue(language)
    for page in PAGES:
        answer = client.get(page + ("&" if "?" in page else "?") + f"lang={language}")
        assert f'<html lang="{language}" dir="{words.direction}">' in answer.text
        assert words.text("demo.notice") in unescape(answer.text)


@pytest.mark.usefixtures("demo")
def test_who_reads_a_language_for_shoppers_only_sees_the_page_whole_in_the_next_one_they_read(
    client: FlaskClient,
) -> None:
    page = unescape(client.get("/demo?lang=fi", headers={"Accept-Language": "fi, pl;q=0.5"}).text)
    assert '<html lang="pl"' in page
    assert catalogue("pl").text("demo.notice") in page
    assert catalogue("pl").text("badge.label.payer") in page


@pytest.mark.usefixtures("demo")
def test_no_page_sets_a_cookie_or_carries_inline_script_or_style(client: FlaskClient) -> None:
    for page in PAGES:
        answer = client.get(page)
        assert "Set-Cookie" not in answer.headers
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", answer.text)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_the_badge_says_word_for_word_what_the_api_answers(client: FlaskClient, demo: Demo) -> None:
    key = demo.shops[Platform.WOOCOMMERCE].key
    for query in ("country=FR&lang=de", "lang=fr", "country=US&lang=en"):
        answer = client.get(f"/storefront/v1/{key}/policy?{query}&product=506&sku=NL-WATCH").get_json()
        page = unescape(client.get(f"/demo/products/watch?{query}").text)
        for sentence in (answer["summary"], *(line["text"] for line in answer["lines"])):
            assert f">{sentence}<" in page


def test_the_lantern_shows_its_documents_and_repair_and_a_product_without_any_shows_none(
    client: FlaskClient, demo: Demo
) -> None:
    page = unescape(text(client, "/demo?country=FR&lang=en"))
    key = demo.shops[Platform.WOOCOMMERCE].key
    answer = client.get(f"/storefront/v1/{key}/product-information?product=502&country=FR&lang=en").get_json()
    assert [each["name"] for each in answer["documents"]["items"]] == ["EU declaration of conformity", "Manual"]
    for row in answer["repair"]["rows"]:
        assert f">{row['term']}<" in page
        assert row["text"] in page
    assert client.get(answer["documents"]["items"][0]["url"]).data.startswith(b"%PDF-")
    assert "RoHS test report" not in page
    assert 'class="information"' not in text(client, "/demo/products/watch?country=FR")


@pytest.mark.usefixtures("demo")
def test_the_badge_the_promises_and_the_banner_are_of_the_product_by_its_number(client: FlaskClient) -> None:
    page = text(client, "/demo/products/watch?country=FR")
    assert page.count(' product="506" sku="NL-WATCH"') == len(("badge", "product information", "trust section"))
    assert ' products="502,501"' in text(client, "/demo/cart?cart=tent.lantern.tent&country=FR")


def test_only_a_mug_that_may_be_engraved_is_told_of_the_laws_exception(client: FlaskClient, demo: Demo) -> None:
    address = f"/storefront/v1/{demo.shops[Platform.WOOCOMMERCE].key}/policy?country=FR&lang=en"
    mug, watch = (client.get(f"{address}&product={number}").get_json() for number in ("508", "506"))
    assert "such as personalised ones, the law makes an exception" in mug["lines"][0]["text"]
    assert "exception" not in watch["lines"][0]["text"]


@pytest.mark.usefixtures("demo")
def test_a_country_nobody_chose_is_named_and_never_taken_from_the_network(client: FlaskClient) -> None:
    guessed = {"CF-IPCountry": "US", "X-Forwarded-For": "8.8.8.8", "Accept-Language": "en-US"}
    page = unescape(client.get("/demo", headers=guessed).text)
    assert "Delivery to Germany" in page
    assert "No country chosen" in page


@pytest.mark.usefixtures("demo")
def test_the_banner_shows_only_where_free_returns_are_proven(client: FlaskClient) -> None:
    free = text(client, "/demo/cart?cart=tent&country=FR")
    assert "Delivery to France: free returns" in free
    assert "stays silent" not in free
    silent = text(client, "/demo/cart?cart=tent&country=CH")
    assert 'class="banner"' not in silent
    assert "not proven for Switzerland" in silent


@pytest.mark.usefixtures("demo")
def test_the_cart_stands_in_the_address_and_adds_up(client: FlaskClient) -> None:
    page = text(client, "/demo/cart?cart=tent.lantern.tent&country=FR&lang=en")
    assert "€747.90" in page
    assert "2 in the cart" in page
    assert "cart=lantern" in page  # what is left once the tents are taken out
    assert 'name="cart" value="tent.lantern.tent"' in page  # kept when country or language change


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("nonsense", ["cart=../../etc", "country=%3Cscript%3E", "lang=xx", "cart=" + "tent." * 500])
def test_nonsense_in_the_address_is_passed_over(client: FlaskClient, nonsense: str) -> None:
    page = text(client, f"/demo/cart?{nonsense}")
    assert "<script>" not in page
    assert "(500)" not in page


@pytest.mark.usefixtures("demo")
def test_choices_travel_along_every_link(client: FlaskClient) -> None:
    page = unescape(client.get("/demo?lang=de&country=AT&cart=tent").text)
    inner = [link for link in re.findall(r'href="(/demo[^"]*)"', page) if "/static" not in link]
    assert inner
    assert all("lang=de" in link and "country=AT" in link and "cart=tent" in link for link in inner)


@pytest.mark.usefixtures("demo")
def test_the_law_page_shows_value_source_and_how_sure_it_is(client: FlaskClient) -> None:
    page = text(client, "/demo/law?country=DE&lang=en")
    assert "14 days" in page
    assert "Directive 2011/83/EU art. 9" in page
    assert "Source read" in page
    assert "Not verified" in page  # the length for second-hand goods: no source names it


@pytest.mark.usefixtures("demo")
def test_the_law_page_of_a_country_without_a_right_says_so(client: FlaskClient) -> None:
    page = text(client, "/demo/law?country=CH&lang=en")
    table = page[page.index("Right to withdraw without a reason") :]
    assert "<td>No" in table[:120]


@pytest.mark.usefixtures("demo")
def test_every_country_of_the_rulebook_has_a_law_page(client: FlaskClient) -> None:
    page = text(client, "/demo/law")
    codes = set(re.findall(r'<option value="([A-Z]{2})"', page))
    assert len(codes) > 60
    for code in codes:
        text(client, f"/demo/law?country={code}")


@pytest.mark.usefixtures("demo")
def test_an_unknown_product_or_order_is_a_page_too(client: FlaskClient) -> None:
    for address in ("/demo/products/yacht", "/demo/mail/none"):
        assert "There is nothing here." in text(client, address, HTTPStatus.NOT_FOUND)
    for address in ("/demo/orders/none", "/demo/orders/none/why"):
        assert "We have no such order." in text(client, address, HTTPStatus.NOT_FOUND)


def test_without_demo_data_the_page_says_how_to_load_it(client: FlaskClient) -> None:
    assert "aftercare demo load" in text(client, "/demo", HTTPStatus.NOT_FOUND)
