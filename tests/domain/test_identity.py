"""Whose a text is that nobody could read: told by what is on record of them, and of nobody else."""

import json

import pytest

from plugin.domain.identity import Identity, by_email, by_order, by_shopper
from plugin.domain.ids import ShopId
from plugin.domain.order import Address
from tests.build import a_shopper, an_order

SHOP = ShopId("shop1")
HOME = Address("Ida Holm", lines=("Torstraße 1",), city="Berlin", postcode="10119", phone="+49 1579 9911177")
GIFT = Address("Max Brandt", lines=("Am Hof 3",), city="Wien", postcode="1010", phone="+43 660 5556677")
ORDER = an_order("4711", shopper=a_shopper(billing=HOME, delivery=GIFT))
IDA = by_shopper(ORDER) | by_order(ORDER, SHOP, ["JJD0003900078", "1234567"])

NAMING = (
    "<IDA@example.com>",
    "email=Ida%40Example.com&name=x",
    json.dumps("Hello,\nida@example.com"),
    "mailto:ida@example.com.",
    json.dumps({"first_name": "Ida", "last_name": "Holm", "zip": "10119"}),
    json.dumps({"name": "HOLM, Ida", "street": "TORSTRASSE 1"}),
    "<FirstName>Ida</FirstName><LastName>Holm</LastName><Zip>10119</Zip>",
    "Ida Holm has written about order #4711",
    "phone: 01579/9911177",
    "00491579 99 111 77",
)
OTHERS = (
    "frida@example.com",
    "ida@example.com.au",
    "ida@example.community",
    "Ida Holm",
    "Ida Brandt, Torstraße 1, 10119 Berlin, sold by Holm",
    "Torstraße 1, 10119 Berlin",
    "order 4711",
    "Max Brandt, Am Hof 3, 1010 Wien, +43 660 5556677",
    "",
)


@pytest.mark.parametrize("text", NAMING)
def test_what_names_somebody_is_theirs_however_it_was_written(text: str) -> None:
    assert IDA.is_named_in(text.encode())
    assert IDA.is_meant_by(text.encode())


@pytest.mark.parametrize("text", OTHERS)
def test_what_may_be_of_anybody_else_is_not_theirs(text: str) -> None:
    assert not IDA.is_named_in(text.encode())
    assert not IDA.is_meant_by(text.encode(), SHOP)


@pytest.mark.parametrize(
    "text",
    [
        '{"order_id": 4711, "signed_by": "Holm"}',
        '{"fulfillments_of":"4711"}',
        '{"order": {"admin_graphql_api_id": "gid:\\/\\/shopify\\/Order\\/4711"}}',
    ],
)
def test_what_is_of_their_order_is_about_them_in_that_shop_alone(text: str) -> None:
    assert IDA.is_meant_by(text.encode(), SHOP)
    assert not IDA.is_meant_by(text.encode(), ShopId("shop2"))
    assert not IDA.is_named_in(text.encode()), "a letter that names an order alone names nobody"
    assert not IDA.is_meant_by(text.replace("4711", "47110").encode(), SHOP)


def test_the_number_of_a_parcel_of_theirs_is_about_them_unless_it_is_too_short_to_tell() -> None:
    assert IDA.is_meant_by(b"number: jjd0003900078")
    assert not IDA.is_meant_by(b"JJD00039000781, 1234567")


def test_nobody_is_meant_where_nothing_is_known() -> None:
    for nobody in (Identity(), by_email(" "), by_shopper(an_order(shopper=a_shopper(None, name=None, billing=None)))):
        assert not nobody.is_meant_by(b"ida@example.com, Torstra\xc3\x9fe 1, 1001", SHOP)
