"""What stands beside a product: its valid documents, repair information, label and notice; or nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from plugin.demo.policy import demo_policy
from plugin.domain.artwork import ArtworkKind
from plugin.domain.money import Money
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.scope import EVERYTHING, Scope
from plugin.ports.deps import Deps
from plugin.web.storefront.prepared import PUBLIC
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.web.documents.conftest import GUARANTEE, LAMP
from tests.web.documents.test_documents import PAPER, TODAY, add, upload

API = "/storefront/v1/key-Nordkap/product-information"
PAGE = "/s/key-Nordkap/documents/certificates"
REPAIR = RepairInformation(
    "lamp",
    LAMP,
    parts_years=7,
    parts_from=Money(490, "EUR"),
    price_list="https://parts.example/prices",
    ordering={"en": "Write to parts@nordkap.example."},
    manual="https://parts.example/lamp.pdf",
    service={"de": "Unsere Werkstatt in Kiel."},
)
NOTICE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"></svg>'


@pytest.fixture
def stated(units: FakeUnits) -> None:
    policy = replace(demo_policy(NOW - timedelta(hours=1)), id="v2", traits=(GUARANTEE,), repairs=(REPAIR,))
    with units(MERCHANT) as unit:
        unit.policies.add(policy)
        unit.commit()


def ask(client: FlaskClient, **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(API, query_string={"product": "501", "lang": "en", **query})
    assert answer.status_code == 200
    return answer.json


def test_a_product_of_which_nothing_is_known_has_no_information(client: FlaskClient) -> None:
    found = ask(client, product="999", country="US")
    assert [found[name] for name in ("documents", "repair", "label", "notice")] == [None] * 4
    assert 'class="information"' not in client.get(f"{PAGE}?product=999&country=US&lang=en").text


def test_valid_documents_are_listed_with_their_last_day_and_expired_ones_are_not(
    client: FlaskClient, deps: Deps
) -> None:
    made = add(deps)
    add(deps, replace(PAPER, name="Old", expires_on=TODAY - timedelta(days=1)))
    (listed,) = ask(client)["documents"]["items"]
    assert listed["url"] == f"https://aftercare.example/s/key-Nordkap/documents/certificates/{made}"
    assert listed["name"] == "CE Tent lantern"
    assert listed["file"] == "PDF, 2 kB"
    assert listed["expires_on"] == (TODAY + timedelta(days=30)).isoformat()
    assert listed["validity"].startswith("Valid until ")
    page = client.get(f"{PAGE}?product=501&lang=en").text
    assert listed["validity"] in page
    assert "Old" not in page


@pytest.mark.usefixtures("stated")
def test_spare_parts_and_repair_are_told_row_by_row(client: FlaskClient) -> None:
    rows = [(row["term"], row["text"], row["language"], row["link"]) for row in ask(client)["repair"]["rows"]]
    assert rows == [
        ("Spare parts", "Available for 7 years after the last of this model came onto the market.", None, None),
        ("Price of spare parts", "From €4.90", None, {"text": "Price list", "url": REPAIR.price_list}),
        ("How to order parts", "Write to parts@nordkap.example.", None, None),
        ("Repair manual", "", None, {"text": "Repair manual", "url": REPAIR.manual}),
        ("Repair service", "Unsere Werkstatt in Kiel.", "de", None),
    ]
    assert ask(client, product="502")["repair"] is None


@pytest.mark.usefixtures("stated")
def test_the_label_stands_at_the_goods_of_the_guarantee_and_the_notice_where_the_law_prescribes_it(
    client: FlaskClient, deps: Deps
) -> None:
    upload(deps, ArtworkKind.LABEL, trait="lamp")
    upload(deps, ArtworkKind.NOTICE, NOTICE)
    found = ask(client, country="IE")
    assert found["label"]["heading"] == "GARAN · Producer guarantee in years: 5 · Lumo AB"
    assert found["label"]["alt"] == found["label"]["heading"]
    notice = found["notice"]
    assert (notice["width"], notice["height"], notice["is_picture"]) == (210, 297, True)
    assert notice["alt"] == " ".join(notice["transcript"])
    assert ask(client, product="502", country="IE")["label"] is None
    assert ask(client, country="US")["notice"] is None
    assert ask(client, country="IE", lang="de")["notice"] is None


@pytest.mark.usefixtures("stated")
def test_without_script_the_page_has_everything_the_answer_says(client: FlaskClient, deps: Deps) -> None:
    add(deps, replace(PAPER, scope=EVERYTHING))
    upload(deps, ArtworkKind.LABEL, trait="lamp")
    upload(deps, ArtworkKind.NOTICE, NOTICE)
    found = ask(client, country="IE")
    page = client.get(f"{PAGE}?product=501&country=IE&lang=en").text
    said = [found["documents"]["items"][0]["name"], found["label"]["heading"], *found["notice"]["transcript"]]
    said += [text for row in found["repair"]["rows"] for text in (row["term"], row["text"])]
    assert [text for text in said if text not in page.replace("&#39;", "'").replace("&amp;", "&")] == []
    assert len(re.findall(r'<img class="art"[^>]* width="\d+" height="\d+" loading="lazy"', page)) == 2


def test_a_pdf_artwork_is_a_file_to_open(client: FlaskClient, deps: Deps) -> None:
    upload(deps, ArtworkKind.NOTICE, b"%PDF-1.7 notice")
    assert ask(client, country="IE")["notice"]["is_picture"] is False
    assert 'class="art"' not in client.get(f"{PAGE}?country=IE&lang=en").text


def test_the_answer_is_public_known_by_its_tag_and_open_to_other_origins(client: FlaskClient) -> None:
    answer = client.get(API)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == PUBLIC
    assert client.get(API, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.options(API).status_code == 204


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (f"{API}?country=x", 422, "country_invalid"),
        ("/storefront/v1/none/product-information", 404, "shop_unknown"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json["code"]) == (status, code)  # type: ignore[index]  # problem+json


def test_a_scope_nobody_can_be_sure_of_shows_nothing(client: FlaskClient, deps: Deps) -> None:
    add(deps, replace(PAPER, scope=Scope(tags=frozenset({"outdoor"}))))
    assert ask(client, product="999")["documents"] is None
