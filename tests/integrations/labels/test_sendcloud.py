"""Sendcloud over real HTTP: its documented shapes, one label for one key, and every failure with its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from integrations.guarded_http import open_session
from integrations.labels import open_provider
from integrations.labels.sendcloud.client import SendcloudClient
from integrations.labels.sendcloud.provider import Sendcloud
from plugin.domain.money import Money
from plugin.domain.order import Address
from plugin.domain.policy.identity import Address as Place
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.returning.account import Carrying
from plugin.domain.returning.customs import UNKNOWN_GOODS, CustomsArticle, GoodsFacts
from plugin.domain.returning.label import Carriage
from plugin.domain.returning.postal import postal_parts
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.label_provider import WantedLabel
from tests.build import NOW
from tests.support.local_server import free_port
from tests.support.returning import ACCOUNT, HOME, NUMBER
from tests.support.sendcloud import ANSWERS, LABEL, Reply, SendcloudServer, serving

IDA = Address(name="Ida Holm", lines=("Torstraße 1", "Hinterhaus"), city="Berlin", postcode="10119", country="DE")
LANTERN = CustomsArticle("Tent lantern", 2, Money(8386, "CHF"), GoodsFacts("9405.42", "CN", 450))


def wanted(**facts: object) -> WantedLabel:
    parts = postal_parts(HOME.address)
    assert parts
    plain = WantedLabel(
        key="0a1b2c",
        asked_at=NOW,
        is_repeat=False,
        claim_number=NUMBER,
        order_number="1001",
        sender=IDA,
        sender_email="ida@example.com",
        to=HOME,
        to_parts=parts,
        grams=900,
        carrying=Carrying("DE", "dpd:return/return", 77),
        articles=(LANTERN,),
        crosses_a_border=False,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # a test names fields of the label


@pytest.fixture
def server() -> Iterator[SendcloudServer]:
    with serving(SendcloudServer()) as server:
        yield server
        assert server.wrong == []


@pytest.fixture
def provider(server: SendcloudServer) -> Sendcloud:
    return at(server.address)


def at(address: str, secret: str = "sk_1") -> Sendcloud:  # noqa: S107 - made up
    session = open_session(allows_private=True, timeouts=(0.5, 0.5))
    return Sendcloud(SendcloudClient("pk_1", secret, session, address))


def test_a_label_is_sold_and_fetched(provider: Sendcloud, server: SendcloudServer) -> None:
    bought = provider.buy(wanted())
    assert (bought.content, bought.media_type) == (LABEL, "application/pdf")
    row = ANSWERS["list"]["data"][0]
    assert bought.carriage == Carriage("67880", "postnl", row["tracking_number"], row["tracking_url"])
    assert server.asked == [
        "POST /returns/announce-synchronously",
        "GET /returns/12345",
        "GET /parcels/67880/documents/label",
    ]


def test_the_body_is_the_documented_one(provider: Sendcloud, server: SendcloudServer) -> None:
    provider.buy(wanted())
    assert server.bodies == [
        {
            "from_address": {
                "name": "Ida Holm",
                "address_line_1": "Torstraße 1",
                "address_line_2": "Hinterhaus",
                "postal_code": "10119",
                "city": "Berlin",
                "country_code": "DE",
                "email": "ida@example.com",
            },
            "to_address": {
                "name": "Nordkap GmbH",
                "company_name": "Nordkap GmbH",
                "address_line_1": "Hafen 1",
                "postal_code": "24937",
                "city": "Flensburg",
                "country_code": "DE",
            },
            "ship_with": {
                "type": "shipping_option_code",
                "shipping_option_code": "dpd:return/return",
                "contract": 77,
            },
            "weight": {"value": 900, "unit": "g"},
            "collo_count": 1,
            "send_tracking_emails": False,
            "order_number": "1001 0a1b2c",
            "external_reference": "0a1b2c",
        }
    ]


def test_across_a_border_customs_is_told_what_is_known(provider: Sendcloud, server: SendcloudServer) -> None:
    unknown = CustomsArticle("Cup", 1, Money(500, "CHF"), UNKNOWN_GOODS)
    swiss = replace(IDA, country="CH", postcode="8001", city="Zürich", state="ZH")
    provider.buy(wanted(crosses_a_border=True, sender=swiss, articles=(LANTERN, unknown)))
    body = server.bodies[0]
    assert body["customs_information"] == {"invoice_number": NUMBER, "export_reason": "returned_goods"}
    assert body["customs_invoice_nr"] == NUMBER
    assert body["from_address"]["state_province_code"] == "CH-ZH"
    assert body["parcel_items"] == [
        {
            "description": "Tent lantern",
            "quantity": 2,
            "price": {"value": 41.93, "currency": "CHF"},
            "weight": {"value": 450, "unit": "g"},
            "hs_code": "9405.42",
            "origin_country": "CN",
        },
        {"description": "Cup", "quantity": 1, "price": {"value": 5.0, "currency": "CHF"}},
    ]


def test_to_an_american_warehouse_the_state_is_told(provider: Sendcloud, server: SendcloudServer) -> None:
    place = ReturnAddress("us", "Nordkap Inc.", Place(("417 Main St", "San Francisco, CA 94104"), "US"))
    parts = postal_parts(place.address)
    provider.buy(wanted(to=place, to_parts=parts))
    assert server.bodies[0]["to_address"]["state_province_code"] == "US-CA"


def test_an_answer_that_was_lost_costs_no_second_label(provider: Sendcloud, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(hangs=True))
    with pytest.raises(Unavailable):
        provider.buy(wanted())
    assert len(server.returns) == 1
    bought = provider.buy(wanted(is_repeat=True))
    assert bought.carriage.reference == "67880"
    assert len(server.returns) == 1


def test_a_sale_that_never_was_is_made_at_the_next_attempt(provider: Sendcloud, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(503))
    with pytest.raises(Unavailable):
        provider.buy(wanted())
    assert server.returns == {}
    assert provider.buy(wanted(is_repeat=True)).content == LABEL


def test_a_key_that_was_used_is_found_again_without_being_told_so(provider: Sendcloud, server: SendcloudServer) -> None:
    provider.buy(wanted())
    assert provider.buy(wanted()).carriage.reference == "67880"
    assert len(server.returns) == 1


def test_it_is_found_on_a_later_page_and_no_foreign_address_is_called(
    provider: Sendcloud, server: SendcloudServer
) -> None:
    server.page = 2
    for number in range(5):
        provider.buy(wanted(key=f"other{number}"))
    provider.buy(wanted())
    bought = provider.buy(wanted(is_repeat=True, asked_at=NOW + timedelta(days=1)))
    assert bought.carriage.reference == "67885"


def test_a_key_that_is_used_up_elsewhere_is_parked(provider: Sendcloud, server: SendcloudServer) -> None:
    server.fail("/returns/announce", Reply(400, ANSWERS["reference_used"]))
    with pytest.raises(Rejected) as refused:
        provider.buy(wanted())
    assert refused.value.code == "provider_key_used"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_passes_is_tried_again(provider: Sendcloud, server: SendcloudServer, status: int) -> None:
    server.fail("/returns/announce", Reply(status, headers=(("Retry-After", "42"),)))
    with pytest.raises(Unavailable) as failed:
        provider.buy(wanted())
    assert failed.value.retry_after == 42


@pytest.mark.parametrize(
    ("reply", "code", "detail"),
    [
        (Reply(400, ANSWERS["error"]), "provider_refused", "The postal code you provided is invalid."),
        (Reply(400, ANSWERS["errors"]), "provider_refused", "hs_code: This field is required"),
        (Reply(404), "provider_refused", ""),
        (Reply(422, b"<html>"), "provider_refused", ""),
        (Reply(302, headers=(("Location", "https://elsewhere.example/"),)), "provider_refused", ""),
        (Reply(402), "provider_payment", ""),
        (Reply(403), "provider_key", ""),
    ],
)
def test_what_is_refused_is_parked_with_the_providers_words(
    provider: Sendcloud, server: SendcloudServer, reply: Reply, code: str, detail: str
) -> None:
    server.fail("/returns/announce", reply)
    with pytest.raises(Rejected) as refused:
        provider.buy(wanted())
    assert (refused.value.code, refused.value.detail) == (code, detail)


def test_a_wrong_secret_is_refused(server: SendcloudServer) -> None:
    with pytest.raises(Rejected) as refused:
        at(server.address, "wrong").buy(wanted())
    assert refused.value.code == "provider_key"


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b'{"return_id": "x"}', b'{"return_id": true}'])
def test_an_answer_nobody_can_read_is_no_answer(provider: Sendcloud, server: SendcloudServer, body: bytes) -> None:
    server.fail("/returns/announce", Reply(201, body))
    with pytest.raises(Unavailable):
        provider.buy(wanted())


def test_a_label_that_is_not_there_yet_is_fetched_later(provider: Sendcloud, server: SendcloudServer) -> None:
    server.fail("/parcels", Reply(404, ANSWERS["document_not_found"]), Reply(200, b"<html>"))
    with pytest.raises(Unavailable) as failed:
        provider.buy(wanted())
    assert failed.value.reason == "label_not_ready"
    with pytest.raises(Unavailable):
        provider.buy(wanted(is_repeat=True))
    assert provider.buy(wanted(is_repeat=True)).content == LABEL
    assert len(server.returns) == 1


def test_nobody_there_is_told_soon() -> None:
    with pytest.raises(Unavailable):
        at(f"http://127.0.0.1:{free_port()}").buy(wanted())


def test_a_sender_without_a_street_is_refused_before_anything_leaves(
    provider: Sendcloud, server: SendcloudServer
) -> None:
    with pytest.raises(Rejected) as refused:
        provider.buy(wanted(sender=replace(IDA, lines=())))
    assert refused.value.code == "sender_incomplete"
    assert server.asked == []


def test_a_merchants_account_opens_its_provider() -> None:
    assert isinstance(open_provider(ACCOUNT), Sendcloud)
