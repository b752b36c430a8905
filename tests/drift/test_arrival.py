"""Product, cart, checkout and page name the same days of arrival, on both platforms; what is kept names none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from plugin.documents.published_promises import published_promises
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.published import Audience
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.i18n import catalogue
from plugin.usecases.plan_promises import country_entry, plan_countries
from plugin.usecases.tracking.expected_days import expected_for
from plugin.web.shop_proxy import PATH
from plugin.web.storefront.schemas import PolicyAnswer
from plugin.wording.arrival import arrival_of
from tests.drift.markup import parsed
from tests.drift.wordpress import HAS_PHP, printed
from tests.integrations.shopify.signing import proxied, proxy_query
from tests.support import databases
from tests.support.theme import HAS_LIQUID, Goods, Page
from tests.support.theme import printed as printed_block
from tests.web.extensions.conftest import Extensions, at_shopify, opened
from tools.theme_locales import SHOPIFY

LANGUAGES = ("en", "de", "ar", "zh-Hans")
LANES = {"DE": DayRange(1, 3), "PL": DayRange(4, 4), "US": DayRange(6, 11)}
"""In delivery days from the order; Poland's is a single day, and to France nothing was sent yet."""
PRODUCT = "501"


@dataclass(frozen=True)
class Question:
    """What a shopper in a country is told, in a language."""

    at: Extensions
    country: str
    language: str

    def ask(self, name: str = "policy", **more: str) -> Any:  # noqa: ANN401 - JSON
        """The JSON the public API answers."""
        query = {"country": self.country, "lang": self.language, **more}
        answer = self.at.client.get(f"/storefront/v1/{self.at.shop.key}/{name}", query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def words(self) -> list[str]:
        """What the engine says: one sentence, or none."""
        deps = self.at.installation.deps
        with deps.units.read(self.at.shop.merchant) as unit:
            found = expected_for(self.at.shop, self.country, unit, deps.clock.now())
        said = arrival_of(found, catalogue(self.language))
        return [said.text] if said else []


def _told(answer: Any) -> list[str]:  # noqa: ANN401 - JSON
    return [answer["arrival"]["text"]] if answer["arrival"] else []


def _rendered(question: Question, call: str) -> list[str]:
    answer = msgspec.convert(question.ask(product=PRODUCT), PolicyAnswer, strict=False)
    app = question.at.installation.app
    with app.app_context():
        source = '{% import "storefront/widgets.html" as widgets %}{{ ' + call + " }}"
        return parsed(app.jinja_env.from_string(source).render(answer=answer)).texts("arrival")


def _of_companion(question: Question) -> list[str]:
    """What the element of the companion's cart and checkout shows, asked as it asks."""
    held = parsed(_kept(question)["arrival"]).all(lambda each: each.tag == "aftercare-arrival")
    asked = [(each.attributes["country"], each.attributes["lang"]) for each in held]
    assert asked in ([], [(question.country, question.language)])
    return [text for country, language in asked for text in _told(Question(question.at, country, language).ask())]


def _of_theme(block: str) -> Callable[[Question], list[str]]:
    """What the script of a theme's block puts into the places held by it, from the address they name."""

    def said(question: Question) -> list[str]:
        goods = Goods(PRODUCT, variants=("1",))
        page = Page(question.country, SHOPIFY.get(question.language, question.language), goods=goods, cart=(goods,))
        html = printed_block(block, replace(page, written=_written(question)))
        held = parsed(html).all(lambda each: "data-aftercare-arrival" in each.attributes)
        addresses = [urlsplit(each.attributes["data-aftercare-arrival"]) for each in held]
        return [text for address in addresses for text in _told(_in_store(question, address.path, address.query))]

    return said


def _written(question: Question) -> Mapping[str, Any]:
    """What the app writes into the shop for this country."""
    deps, name = question.at.installation.deps, SHOPIFY.get(question.language, question.language)
    word = published_promises(deps.law, "https://aftercare.example")
    with deps.units.read(question.at.shop.merchant) as unit:
        (planned,) = plan_countries(question.at.shop, Audience((name,), (question.country,)), unit, deps.clock.now())
    return {f"{name}-{question.country}": json.loads(country_entry(planned, name, word, 128 * 1024).value)}


def _in_store(question: Question, path: str, query: str) -> Any:  # noqa: ANN401 - JSON
    """The shop's own address, handed on by Shopify."""
    signed = proxied(question.at.installation.deps.clock.now(), logged_in_customer_id="")
    inner = path.removeprefix("/apps/aftersales")
    answer = question.at.client.get(f"{PATH}{inner}?{proxy_query([*parse_qsl(query), *signed])}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


SURFACES: Mapping[str, Callable[[Question], list[str]]] = {
    "product": lambda question: _told(question.ask(product=PRODUCT)),
    "cart": lambda question: _told(question.ask(products=PRODUCT)),
    "badge": lambda question: _rendered(question, 'widgets.badge(answer, "key")'),
    "banner": lambda question: _rendered(question, 'widgets.banner(answer, "key")'),
    "Shopify checkout": lambda question: _told(
        question.at.told("/checkout/promises", country=question.country, lang=question.language)
    ),
    **({"WooCommerce cart and checkout": _of_companion} if HAS_PHP else {}),
    **({"Shopify badge": _of_theme("badge"), "Shopify cart": _of_theme("banner")} if HAS_LIQUID else {}),
}


@pytest.fixture(scope="module")
def shop(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extensions]:
    home = tmp_path_factory.mktemp("arrival")
    file = home / "here.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), file)
    at = opened(at_shopify(databases.sqlite(file), home, Law(load_rulebook(), HolidayCalendar())))
    made_on = at.installation.clock.now().date()
    lanes = {order_lane(at.shop.id, country): Fitted(days, 40, is_six_day=False) for country, days in LANES.items()}
    with at.installation.deps.units(at.shop.merchant) as unit:
        unit.lanes.replace([LaneDays(lane, fitted, made_on) for lane, fitted in lanes.items()])
        unit.commit()
    yield at
    at.installation.storage.close()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_names_the_days_the_engine_names(shop: Extensions, surface: str) -> None:
    for country in (*LANES, "FR"):
        for language in LANGUAGES:
            question = Question(shop, country, language)
            assert SURFACES[surface](question) == question.words(), (surface, country, language)


def test_the_days_differ_by_country_and_language_and_are_none_where_nobody_knows(shop: Extensions) -> None:
    """Else what drifts would be hidden."""
    said = {
        (country, language): Question(shop, country, language).words() for country in LANES for language in LANGUAGES
    }
    assert len({text for (text,) in said.values()}) == len(LANES) * len(LANGUAGES)
    assert Question(shop, "FR", "en").words() == []


def test_what_is_kept_for_longer_than_a_day_names_no_days(shop: Extensions) -> None:
    question = Question(shop, "DE", "en")
    kept = question.ask("promises")
    assert "arrival" not in kept
    assert question.words()[0] not in str(kept)
    if HAS_PHP:
        said = printed(question.ask(), [kept], PRODUCT)
        assert [parsed(each).texts("arrival") for each in said.values()] == [[], [], []]
        assert question.words()[0] not in "".join(said.values())
        held = [_kept(Question(shop, country, "en"))["badge"] for country in ("DE", "FR")]
        assert [" arrives=" in each for each in held] == [True, False]
    assert question.words()[0] not in str(_written(question))


def _kept(question: Question) -> Mapping[str, str]:
    """The companion's markup, which holds place for days where there are any."""
    return printed(question.ask(), [question.ask("promises")], PRODUCT)
