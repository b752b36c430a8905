"""Every surface that tells where parcels are says what the one answer says, in the same words and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.report import EventPlace, Report
from plugin.i18n import catalogue
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.usecases.tracking.tracking_link import tracking_path
from plugin.web.storefront import order_token
from plugin.web.storefront.tracking_schemas import TrackingAnswer
from plugin.wording.tracking.answer import TrackingAnswer as Said
from plugin.wording.tracking.answer import WordedParcel, tracking_answer
from tests.domain.tracking.reports import JOURNEY, scan
from tests.drift.markup import Element, parsed
from tests.drift.wordpress import HAS_PHP, printed_parcels
from tests.support import databases
from tests.usecases.tracking.orders import a_shipment, sent
from tests.web.extensions.conftest import Extensions, at_shopify, opened, shopify_order

LANGUAGES = ("en", "de", "ar", "zh-Hans")
_LEFT_BEHIND = replace(
    scan(DeliveryStatus.DELIVERED, 20, message="Left <b>with</b> M&M"), place=EventPlace("DE", words="Köln")
)
ORDERS: Mapping[str, tuple[Report, ...]] = {
    "6601": JOURNEY[:3],
    "6602": (*JOURNEY[:2], JOURNEY[3]),
    "6603": (_LEFT_BEHIND,),
}
"""One at customs, one on its way, one that has come; of each order the rest has not left."""


@dataclass(frozen=True)
class Question:
    """An order of the shop's, asked about in a language."""

    at: Extensions
    order: OrderId
    number: str
    language: str

    def words(self) -> Said:
        """What the engine says, worded once."""
        installed = self.at.installation
        with installed.deps.units.read(self.at.shop.merchant) as unit:
            told = quote_tracking(unit.orders.get(self.order), unit, installed.clock.now())
        return tracking_answer(told, catalogue(self.language))

    def api(self) -> Any:  # noqa: ANN401 - JSON
        """What the element asks for."""
        token = order_token.issue(self.at.installation.deps.secrets, self.at.shop.id, self.order)
        path = f"/storefront/v1/{self.at.shop.key}/orders/{token}/tracking"
        answer = self.at.client.get(path, query_string={"lang": self.language})
        assert answer.status_code == 200, answer.text
        return answer.get_json()


def of_json(told: Any) -> list[str]:  # noqa: ANN401 - JSON
    """The words of each parcel in an answer, as a page would print them."""
    read = msgspec.convert(told, TrackingAnswer, strict=False)
    return ["\n".join(said(parcel, is_one=len(read.parcels) == 1)) for parcel in read.parcels]


def of_page(html: str) -> list[str]:
    """The words of each parcel in a page."""
    return [each.text for each in parsed(html).all(_is_parcel)]


def _is_parcel(each: Element) -> bool:
    return each.tag == "article" and "parcel" in each.attributes.get("class", "").split()


def in_the_shops_page(question: Question) -> list[str]:
    answer = msgspec.convert(question.api(), TrackingAnswer, strict=False)
    source = '{% import "storefront/widgets.html" as widgets %}{{ widgets.tracking(answer, "key", "t.k") }}'
    app = question.at.installation.app
    with app.app_context():
        return of_page(app.jinja_env.from_string(source).render(answer=answer))


def on_the_hosted_page(question: Question) -> list[str]:
    at = question.at
    now = at.installation.clock.now()
    path = tracking_path(at.installation.deps.secrets, at.shop, question.order, now, question.language)
    page = at.client.get(path)
    assert page.status_code == 200, page.text
    return of_page(page.text)


def in_woocommerce(question: Question) -> list[str]:
    return of_page(printed_parcels({"token": "t.k", "tracking": question.api()}))


def on_the_status_page(question: Question) -> list[str]:
    path = f"/account/orders/{question.number}/windows"
    return of_json(question.at.told(path, lang=question.language)["tracking"])


SURFACES: Mapping[str, Callable[[Question], list[str]]] = {
    "API": lambda question: of_json(question.api()),
    "widget's page": in_the_shops_page,
    "hosted page": on_the_hosted_page,
    "Shopify order status": on_the_status_page,
    **({"WooCommerce": in_woocommerce} if HAS_PHP else {}),
}


def said(parcel: WordedParcel | Any, *, is_one: bool) -> list[str]:  # noqa: ANN401 - or the same of the contract
    """Every text of a parcel, each as often as it is to be read."""
    raw = [(step.when, *step.raw) for step in parcel.steps if step.raw]
    customs = (*parcel.customs.lines, parcel.customs.source) if parcel.customs else ()
    texts = (
        *(() if is_one else (parcel.title, parcel.headline)),
        *((parcel.expected, parcel.expected_by) if parcel.expected else (parcel.since,)),
        parcel.text,
        *(text for step in parcel.steps for text in (step.title, step.when, step.place, step.source)),
        *(text for each in raw for text in each),
        *(text for each in parcel.numbers for text in (each.carrier, each.number, each.link)),
        *parcel.contents,
        *customs,
    )
    return [text for text in texts if text]


@pytest.fixture(scope="module")
def shop(
    run_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Extensions, Mapping[str, OrderId]]]:
    home = tmp_path_factory.mktemp("tracking")
    file = home / "here.sqlite3"
    shutil.copyfile(databases.migrated_file(run_folder), file)
    at = opened(at_shopify(databases.sqlite(file), home, Law(load_rulebook(), HolidayCalendar())))
    kept = {
        number: at.installation.keep(shopify_order(number, fulfilments=(sent(),)), shop=at.shop.id)[0]
        for number in ORDERS
    }
    with at.installation.deps.units(at.shop.merchant) as unit:
        for number, reports in ORDERS.items():
            facts = {"id": ShipmentId(f"s{number}"), "shop": at.shop.id, "order": kept[number]}
            unit.shipments.save([a_shipment(reports, **facts)])
        unit.commit()
    yield at, kept
    at.installation.storage.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_says_what_the_answer_says_and_nothing_else(
    shop: tuple[Extensions, Mapping[str, OrderId]], surface: str, language: str
) -> None:
    at, kept = shop
    for number, order in kept.items():
        question = Question(at, order, number, language)
        wanted, found = question.words(), SURFACES[surface](question)
        assert len(found) == len(wanted.parcels) == 2
        for parcel, text in zip(wanted.parcels, found, strict=True):
            left = text
            for each in sorted(said(parcel, is_one=False), key=len, reverse=True):
                assert each in left, (surface, number, each)
                left = left.replace(each, "", 1)
            for label in sorted(asdict(wanted.words).values(), key=len, reverse=True):
                left = left.replace(label, "")
            assert left.strip(" \n·:") == "", (surface, number, left)
