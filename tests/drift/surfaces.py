"""Every surface that says something about a product before it is bought, and how to read what it says.

A surface is a function from a question to the parts it prints, by the names of `engine.PARTS`. A new one adds a row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import msgspec
from jinja2 import Template

from plugin.web.storefront.schemas import PolicyAnswer
from tests.drift.markup import Element, parsed
from tests.drift.shop import COUNTRIES, LANGUAGES, Sold, Store
from tests.drift.theme import HAS_LIQUID, page_of, printed_block
from tests.drift.wordpress import HAS_PHP, printed
from tests.support.sizes import is_long

Said = Mapping[str, object]
"""What a surface prints, by part."""


@dataclass(frozen=True)
class Question:
    """A visitor's question: about one product, delivered to a country, in a language."""

    store: Store
    sold: Sold
    country: str
    language: str

    def ask(self, name: str, **more: str) -> Any:  # noqa: ANN401 - JSON
        """The JSON the public API answers."""
        return json.loads(_asked(self.store, name, self.country, self.language, tuple(sorted(more.items()))))


def questions_of(store: Store) -> list[Question]:
    """Each product in each country, in one language after the other; in the full size in every one."""
    return [
        Question(store, sold, country, language)
        for number, (sold, country) in enumerate(product(store.goods, COUNTRIES))
        for language in (LANGUAGES if is_long() else (LANGUAGES[number % len(LANGUAGES)],))
    ]


@cache
def _asked(store: Store, name: str, country: str, language: str, more: tuple[tuple[str, str], ...]) -> bytes:
    query = {"country": country, "lang": language, **dict(more)}
    answer = store.client.get(f"/storefront/v1/{store.shop.key}/{name}", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.data


def policy_json(question: Question) -> Said:
    """The policy answer."""
    answer = question.ask("policy", product=question.sold.product.external_id)
    return {
        "summary": answer["summary"],
        "lines": [(line["label"], line["text"]) for line in answer["lines"]],
        "promises": [promise["text"] for promise in answer["promises"]],
        "banner": answer["banner"],
    }


def cart_json(question: Question) -> Said:
    """The policy answer of a cart with this product alone."""
    return {"banner": question.ask("policy", products=question.sold.product.external_id)["banner"]}


def promises_json(question: Question) -> Said:
    """What a template without an engine finds for the product among the promise classes."""
    answer = question.ask("promises")
    assert answer["after"] is None
    products = {each["product"]: each["promise"] for each in answer["products"]}
    found = next(each for each in answer["classes"] if each["id"] == products[question.sold.product.external_id])
    return {
        "summary": found["summary"],
        "lines": [(line["label"], line["text"]) for line in found["lines"]],
        "promises": [promise["text"] for promise in found["promises"]],
        "banner": found["banner"],
    }


def badge_dom(question: Question) -> Said:
    """The badge's words in a page."""
    page = _page(question, "widgets.badge(policy, key, product=product)")
    return {
        "summary": page.texts("summary")[0],
        "lines": list(zip(page.texts("label"), page.texts("words"), strict=True)),
    }


def banner_dom(question: Question) -> Said:
    """The banner's words in a page."""
    shown = _page(question, "widgets.banner(policy, key, products=(product,))").texts("words")
    return {"banner": shown[0] if shown else None}


def trust_section_dom(question: Question) -> Said:
    """The trust section's words in a page."""
    return {"promises": _page(question, "widgets.trust_section(policy, key, product=product)").texts("words")}


def wordpress_dom(question: Question) -> Said:
    """What the WordPress plugin prints for the product, from what it keeps of the shop."""
    product = question.sold.product.external_id
    said = printed(question.ask("policy"), [question.ask("promises")], product)
    page, shown = parsed(said["badge"]), parsed(said["banner"]).texts("aftercare-banner")
    return {
        "summary": page.texts("summary")[0],
        "lines": list(zip(page.texts("label"), page.texts("words"), strict=True)),
        "banner": shown[0] if shown else None,
    }


def theme_dom(question: Question) -> Said:
    """What the blocks of a Shopify theme print for the product, from what the app writes into the shop."""
    page = page_of(question.store, question.sold, question.country, question.language)
    badge, promises, banner = (parsed(printed_block(name, page)) for name in ("badge", "promises", "banner"))
    said = badge.all(lambda each: each.tag == "details" and "hidden" not in each.attributes)[0]
    return {
        "summary": said.texts("aftercare-summary")[0],
        "lines": list(zip(said.texts("aftercare-label"), said.texts("aftercare-words"), strict=True)),
        "promises": promises.texts("aftercare-words"),
        "banner": next(iter(banner.texts("aftercare-words")), None),
    }


SURFACES: Mapping[str, Callable[[Question], Said]] = {
    "policy JSON": policy_json,
    "cart JSON": cart_json,
    "promise classes JSON": promises_json,
    "badge": badge_dom,
    "banner": banner_dom,
    "trust section": trust_section_dom,
    **({"WordPress plugin": wordpress_dom} if HAS_PHP else {}),
    **({"Shopify theme": theme_dom} if HAS_LIQUID else {}),
}


def _page(question: Question, call: str) -> Element:
    answer = msgspec.convert(
        question.ask("policy", product=question.sold.product.external_id), PolicyAnswer, strict=False
    )
    with question.store.client.application.app_context():
        html = _template(question.store, call).render(
            policy=answer, key=question.store.shop.key, product=question.sold.product.external_id
        )
    return parsed(html)


@cache
def _template(store: Store, call: str) -> Template:
    source = '{% import "storefront/widgets.html" as widgets %}{{ ' + call + " }}"
    return store.client.application.jinja_env.from_string(source)
