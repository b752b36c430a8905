"""Product, cart, checkout and page name the same days of arrival; what is kept for longer than a day names none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.i18n import catalogue
from plugin.usecases.tracking.expected_days import expected_for
from plugin.web.storefront.schemas import PolicyAnswer
from plugin.wording.arrival import arrival_of
from tests.drift.markup import parsed
from tests.drift.wordpress import HAS_PHP, printed
from tests.support import databases
from tests.web.extensions.conftest import Extensions, at_shopify, opened

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


SURFACES: Mapping[str, Callable[[Question], list[str]]] = {
    "product": lambda question: _told(question.ask(product=PRODUCT)),
    "cart": lambda question: _told(question.ask(products=PRODUCT)),
    "badge": lambda question: _rendered(question, 'widgets.badge(answer, "key")'),
    "banner": lambda question: _rendered(question, 'widgets.banner(answer, "key")'),
    "Shopify checkout": lambda question: _told(
        question.at.told("/checkout/promises", country=question.country, lang=question.language)
    ),
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
        assert [parsed(each).texts("arrival") for each in said.values()] == [[], []]
        assert question.words()[0] not in "".join(said.values())
        assert [" arrives=" in _kept_badge(shop, country) for country in ("DE", "FR")] == [True, False]


def _kept_badge(shop: Extensions, country: str) -> str:
    """The companion's, which holds place for days where there are any."""
    question = Question(shop, country, "en")
    return printed(question.ask(), [question.ask("promises")], PRODUCT)["badge"]
