"""The after-sales page: three sections, the law first, one address each, and what search engines are told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.i18n import PAGE_LANGUAGES, catalogue
from plugin.web.storefront.prepared import PUBLIC
from plugin.wording.badge import badge
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits

BASE = "https://aftercare.example"
HREFLANG = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')


@pytest.fixture
def read(client: FlaskClient, shop: Shop) -> Callable[..., str]:
    def read(language: str = "en", country: str = "DE", query: str = "") -> str:
        answer = client.get(f"/s/{shop.key}/{language}/{country}{query}")
        assert answer.status_code == HTTPStatus.OK
        return answer.text

    return read


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def section(html: str, name: str) -> str:
    found = re.search(rf'<section[^>]*data-section="{name}".*?</section>', html, re.DOTALL)
    assert found
    return words_of(found[0])


def test_the_page_has_policy_process_and_support_in_that_order(read: Callable[..., str]) -> None:
    html = read()
    assert re.findall(r'data-section="(\w+)"', html) == ["policy", "process", "support"]
    assert all(len(section(html, name)) > 100 for name in ("policy", "process", "support"))


def test_the_right_by_law_stands_before_the_shops_extra(read: Callable[..., str]) -> None:
    policy = section(read(), "policy")
    assert policy.index("Your right by law") < policy.index("Our extra")
    assert policy.index("14 days") < policy.index("30 days")


@pytest.mark.parametrize("country", ["DE", "PL", "GB", "US", "JP", "AE"])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_page_says_what_the_badge_says(
    read: Callable[..., str], policy: PolicyVersion, law: Law, language: str, country: str
) -> None:
    said, words = words_of(read(language, country)), catalogue(language)
    rights = market_rights(country, policy, law)
    lines = badge(rights, words).lines
    for line in lines:
        if line.kind in {"right", "payer", "warranty"}:
            assert re.sub(r"\s+", " ", line.text) in said, line.kind


def test_every_statutory_clause_names_its_law_and_article_and_links_to_it(read: Callable[..., str]) -> None:
    html = read()
    cited = dict(re.findall(r'<a href="(http[^"]+)" rel="noreferrer"><bdi>([^<]+)</bdi>', html))
    assert cited["http://data.europa.eu/eli/dir/2011/83/oj"].startswith("Directive 2011/83/EU art.")
    articles = set(re.findall(r"Directive 2011/83/EU art\. (\d+)", html))
    assert {"9", "13", "16"} <= articles


def test_the_version_of_the_law_is_printed(read: Callable[..., str], law: Law) -> None:
    assert law.rulebook.version in read()


def test_law_nobody_confirmed_is_marked(read: Callable[..., str]) -> None:
    assert "Not confirmed by any source yet." in section(read(country="US"), "policy")


def test_the_warranty_stands_beside_the_legal_guarantee_with_the_four_things_it_has_to_say(
    read: Callable[..., str],
) -> None:
    policy = section(read(), "policy")
    for said in (
        "3 years",
        "Faults of material",
        "The order number",
        "Damage by misuse",
        "in its workshop in Flensburg",
    ):
        assert said in policy
    assert policy.index("Legal guarantee of conformity") < policy.index("Our own warranty")
    assert "this warranty does not affect them" in policy


def test_a_trait_nobody_confirmed_excepts_nothing(
    read: Callable[..., str], units: FakeUnits, policy: PolicyVersion
) -> None:
    assert "NL-MUG-ENG" in read()
    unsure = tuple(replace(trait, is_confirmed=False) for trait in policy.traits)
    with units(MERCHANT) as unit:
        unit.policies.add(replace(policy, id="later", effective_from=NOW - timedelta(days=1), traits=unsure))
        unit.commit()
    assert "NL-MUG-ENG" not in read()


def test_the_seller_and_the_address_for_returns_are_named(read: Callable[..., str]) -> None:
    policy = section(read(), "policy")
    assert "Nordlicht Outdoor GmbH" in policy
    assert "24937 Flensburg" in policy
    assert "service@nordlicht.example" in policy


def test_the_process_has_four_steps_and_the_countrys_own_ways_back(read: Callable[..., str]) -> None:
    assert read().count('<li class="step">') == 4
    assert "QR code" in section(read(country="NL"), "process")
    assert "QR code" not in section(read(country="FR"), "process")


def test_support_names_channels_hours_and_the_reply_time(read: Callable[..., str]) -> None:
    support = section(read(), "support")
    for said in ("service@nordlicht.example", "German and English", "Monday – Friday", "Berlin", "24 hours"):
        assert said in support
    assert 'href="mailto:service@nordlicht.example"' in read()
    assert 'href="tel:+494615550142"' in read()


def test_what_is_not_promised_is_not_shown(read: Callable[..., str]) -> None:
    policy = section(read(country="US"), "policy")
    assert "exchange" not in policy.lower()
    assert "fee" not in policy.lower()


def test_the_set_of_alternates_is_complete_and_the_same_on_each_of_its_pages(
    read: Callable[..., str], client: FlaskClient
) -> None:
    found = HREFLANG.findall(read())
    assert len(found) == len(dict(found)), "no tag twice"
    assert {"de-DE", "en-DE", "fr-FR", "de-CH", "x-default"} <= dict(found).keys()
    for tag, address in found[:: len(found) // 12]:
        path = address.removeprefix(BASE)
        html = client.get(path).text
        assert HREFLANG.findall(html) == found, tag
        assert f'<link rel="canonical" href="{address}">' in html


def test_the_sitemap_lists_the_same_pages(read: Callable[..., str], client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/s/{shop.key}/sitemap.xml")
    assert answer.mimetype == "application/xml"
    tree = ET.fromstring(answer.text)  # noqa: S314 - our own answer
    listed = [url.text for url in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert set(listed) == {address for tag, address in HREFLANG.findall(read()) if tag != "x-default"}


def test_a_page_outside_the_set_is_for_readers_only(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/s/{shop.key}/ar/DE")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert not HREFLANG.findall(answer.text)


def test_an_embedded_page_is_not_indexed_names_the_hosted_one_and_only_its_shop_may_frame_it(
    client: FlaskClient, shop: Shop
) -> None:
    answer = client.get(f"/s/{shop.key}/de/DE?embed=1")
    assert f'<link rel="canonical" href="{BASE}/s/{shop.key}/de/DE">' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'self' https://nordlicht.example")
    assert "frame-ancestors 'none'" in client.get(f"/s/{shop.key}/de/DE").headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_page_is_whole_in_each_of_its_languages(read: Callable[..., str], language: str) -> None:
    html = read(language)
    direction = catalogue(language).direction
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "duration-hour" not in html
    if language != "en":
        assert "Your right by law" not in html


def test_every_language_that_has_the_page_is_offered_under_its_own_name(read: Callable[..., str]) -> None:
    offered = dict(re.findall(r'lang="([^"]+)" hreflang="[^"]+">([^<]+)</a>', read()))
    assert offered.keys() == set(PAGE_LANGUAGES) - {"en"}
    assert (offered["de"], offered["ar"], offered["zh-Hans"]) == ("Deutsch", "العربية", "中文 (简体)")


@pytest.mark.parametrize("path", ["/s/{key}/en/QQ", "/s/{key}/xx/DE", "/s/nobody/en/DE", "/s/{key}/en/Germany"])
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, shop: Shop, path: str) -> None:
    answer = client.get(path.format(key=shop.key))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "<h1>Page not found</h1>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_page_has_one_address(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/s/{shop.key}/de-AT/at?embed=1")
    assert answer.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert answer.location == f"/s/{shop.key}/de/AT?embed=1"


def test_who_chose_nothing_gets_the_shops_home_in_the_browsers_language(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/s/{shop.key}", headers={"Accept-Language": "fr-CA, en;q=0.5"})
    assert answer.location == f"/s/{shop.key}/fr/DE"
    assert client.get(f"/s/{shop.key}?lang=pl&country=GB").location == f"/s/{shop.key}/pl/GB"


def test_whoever_has_the_page_need_not_fetch_it_twice(client: FlaskClient, shop: Shop) -> None:
    path = f"/s/{shop.key}/de/DE"
    first = client.get(path)
    assert first.headers["Cache-Control"] == PUBLIC
    assert "Set-Cookie" not in first.headers
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")


def test_robots_may_read_the_pages_and_nothing_private(client: FlaskClient) -> None:
    rules = client.get("/robots.txt").text
    assert "Disallow: /admin" in rules
    assert "/s/" not in rules


def test_a_name_in_the_policy_cannot_break_out_of_the_page(
    client: FlaskClient, shop: Shop, units: FakeUnits, policy: PolicyVersion
) -> None:
    assert policy.default.trader
    trader = replace(policy.default.trader, name="</script><script>alert(1)</script>")
    hostile = replace(policy.default, trader=trader)
    with units(MERCHANT) as unit:
        unit.policies.add(replace(policy, id="later", effective_from=NOW - timedelta(days=1), default=hostile))
        unit.commit()
    html = client.get(f"/s/{shop.key}/en/DE").text
    assert "<script>alert(1)" not in html
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert embedded
    assert json.loads(embedded[1])["@graph"][0]["name"] == trader.name


def test_widgets_link_to_the_page(client: FlaskClient, shop: Shop) -> None:
    answer = client.get(f"/storefront/v1/{shop.key}/policy?country=DE&lang=de").json
    assert answer is not None
    link = answer["details"]["url"]
    assert link == f"{BASE}/s/{shop.key}/de/DE"
    assert client.get(link.removeprefix(BASE)).status_code == HTTPStatus.OK


def test_the_way_to_withdraw_stands_above_everything_else_to_choose(
    read: Callable[..., str], shop: Shop, units: FakeUnits
) -> None:
    assert "/withdraw?" not in read()
    with units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(shop.id, NOW)
        unit.commit()
    html = read("de")
    link = re.search(r'<a class="official" href="([^"]+)">Vertrag widerrufen</a>', html)
    assert link
    assert unescape(link[1]) == f"{BASE}/s/{shop.key}/withdraw?lang=de&country=DE"
    assert html.index("/withdraw?") < html.index("<form") < html.index("<nav")
    assert "/withdraw?" not in read("en", "CH")
