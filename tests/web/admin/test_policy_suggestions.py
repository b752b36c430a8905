"""Kinds of goods as the catalogue suggests them: with grounds, confirmed or dismissed by a click, never at once."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from http import HTTPStatus
from typing import Any

import msgspec
import pytest

from integrations.platforms.woocommerce.products import product
from integrations.platforms.woocommerce.records import ProductRecord
from plugin.domain.policy.edit import Change
from plugin.domain.policy.traits import Trait
from plugin.domain.shop import Role
from plugin.usecases.suggest_traits import suggest_traits
from tests.build import MERCHANT, a_line, a_product, an_order
from tests.support.admin import RIVAL, Browser, Installation
from tests.support.policy_forms import DRAFT, draft_of, write_draft
from tests.support.woocommerce import recorded_list

PAGE = f"{DRAFT}/in/traits"
BLANK = Change("traits", [])


def sell(running: Installation, *products: Any, merchant: Any = MERCHANT) -> None:  # noqa: ANN401 - products and an id
    with running.deps.units(merchant) as unit:
        unit.products.save(running.shop(merchant), products)
        unit.commit()


def plugs(count: int = 14) -> list[Any]:
    return [a_product(str(at), title=f"Foam {at}", categories=("earplugs",), tags=()) for at in range(count)]


def keys(browser: Browser) -> list[str]:
    return re.findall(r'name="confirm" value="([^"]+)"', browser.get(PAGE).text)


def traits(running: Installation) -> Any:  # noqa: ANN401 - a part of a document
    return draft_of(running).document["traits"]


def test_a_suggestion_is_shown_with_its_grounds_and_has_no_effect(installation: Installation) -> None:
    write_draft(installation, BLANK)
    sell(installation, *plugs())
    page = unescape(installation.signed_in().get(PAGE).text)
    assert "sealed for health or hygiene</strong><br>Category “earplugs”: 14 products" in page
    assert "Foam 0 · Foam 1 · Foam 10 …" in page
    assert all(f"<li><bdi>Foam {at}</bdi></li>" in page for at in range(14))
    assert traits(installation) == []


def test_confirmed_it_is_a_rule_that_can_be_undone(light: Installation) -> None:
    write_draft(light, BLANK)
    sell(light, *plugs())
    browser = light.signed_in()
    (key,) = keys(browser)
    browser.send(f"{DRAFT}/decide", form_at=PAGE, place="traits", version="0", confirm=key)
    rule = {"trait": "sealed_hygiene", "scope": {"categories": ["earplugs"]}, "is_confirmed": True}
    assert traits(light) == [{"id": "sealed-hygiene-earplugs", **rule}]
    assert keys(browser) == []
    browser.send(f"{DRAFT}/undo", form_at=PAGE, place="traits", version="1")
    assert keys(browser) == [key]


def test_dismissed_it_stays_away_until_it_is_asked_for_again(light: Installation) -> None:
    write_draft(light, BLANK)
    sell(light, *plugs())
    browser = light.signed_in()
    browser.send(f"{DRAFT}/decide", form_at=PAGE, place="traits", version="0", dismiss=keys(browser)[0])
    sell(light, *plugs(20))
    page = unescape(browser.get(PAGE).text)
    assert keys(browser) == []
    assert "Dismissed suggestions (1)" in page
    assert "sealed for health or hygiene: earplugs" in page
    assert 'id="traits-0"' not in page
    browser.send(f"{DRAFT}/remove", form_at=PAGE, place="traits", version="1", entry="traits.0")
    assert len(keys(browser)) == 1


def test_an_engraving_seen_in_orders_is_suggested(light: Installation) -> None:
    write_draft(light, BLANK)
    light.keep(*(an_order(str(at), lines=(replace(a_line(), property_names=("Engraving",)),)) for at in range(3)))
    page = unescape(light.signed_in().get(PAGE).text)
    assert "Line property “Engraving”: filled in on 3 of the latest orders" in page


def test_what_has_changed_since_it_was_shown_is_not_confirmed(light: Installation) -> None:
    write_draft(light, BLANK)
    browser = light.signed_in()
    answer = browser.send(f"{DRAFT}/decide", form_at=PAGE, place="traits", version="0", confirm="durable-products-0")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert traits(light) == []


def test_a_viewer_reads_suggestions_and_decides_none(light: Installation) -> None:
    write_draft(light, BLANK)
    sell(light, *plugs())
    page = light.signed_in(Role.VIEWER).get(PAGE).text
    assert "Suggested from your catalogue" in page
    assert 'name="confirm"' not in page


@pytest.mark.parametrize("count", [0, 3])
def test_nothing_is_suggested_from_what_another_merchant_sells(light: Installation, count: int) -> None:
    sell(light, *plugs(count), merchant=RIVAL)
    assert suggest_traits([], merchant=MERCHANT, views=light.deps.views) == ()


def test_the_recorded_catalogue_suggests_what_a_careful_clerk_would(light: Installation) -> None:
    records = [*recorded_list("products.json"), *recorded_list("product_variations.json")]
    assert len(records) == 120
    decoder = msgspec.json.Decoder(ProductRecord)
    sell(light, *(product(decoder.decode(json.dumps(each).encode())) for each in records))
    found = suggest_traits([], merchant=MERCHANT, views=light.deps.views)
    assert {(each.trait, each.ground.value, each.count) for each in found} == {
        (Trait.PERSONALISED, "categories", 5),
        (Trait.PERISHABLE, "products", 1),
        (Trait.SEALED_HYGIENE, "categories", 7),
        (Trait.SEALED_MEDIA, "products", 2),
        (Trait.DIGITAL, "products", 4),
        (Trait.DURABLE, "products", 2),
        (Trait.SECOND_HAND, "products", 1),
    }
    named = " ".join(name for each in found for name in each.titles)
    for silly in ("Gutschein", "Garantieverlängerung", "Consultation", "Matratze", "Installation", "Ladegerät"):
        assert silly not in named
