"""A shop of Shopify's is named by its own name and nothing that looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.shop_domain import ShopDomain

HOSTILE = (
    "",
    "evil.com",
    "myshopify.com",
    ".myshopify.com",
    "-shop.myshopify.com",
    "a.b.myshopify.com",
    "shop.myshopify.com.evil.com",
    "shop.myshopify.com@evil.com",
    "shop.myshopify.com:8443",
    "shop.myshopify.com/",
    "shop.myshopify.com\n",
    " shop.myshopify.com",
    "evil.com#.myshopify.com",
    "evil.com/.myshopify.com",
    "shop_1.myshopify.com",
    "shopmyshopify.com",
    "shop.myshopify.co",
    "shop.myshopify.com%00",
    "ſhop.myshopify.com",  # lower-cases to an s nowhere, and folds to one
    "s\u200bhop.myshopify.com",  # a character nobody sees
    f"{'a' * 64}.myshopify.com",
)


@pytest.mark.parametrize("name", ["shop.myshopify.com", "0.myshopify.com", "a--b.myshopify.com"])
def test_a_shops_own_name_is_one(name: str) -> None:
    assert ShopDomain.parse(name) == ShopDomain(name)
    assert ShopDomain(name).url == f"https://{name}"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_only_looks_like_a_shop_is_none(name: str) -> None:
    assert ShopDomain.parse(name) is None
    with pytest.raises(ValueError, match="not a shop"):
        ShopDomain(name)


def test_upper_case_is_the_same_shop() -> None:
    assert ShopDomain.parse("Shop.MyShopify.com") == ShopDomain("shop.myshopify.com")


@pytest.mark.parametrize(
    "origin",
    [
        "shop.myshopify.com",
        "http://shop.myshopify.com",
        "https://shop.myshopify.com/",
        "https://shop.myshopify.com/admin",
        "https://https://shop.myshopify.com",
        "HTTPS://shop.myshopify.com",
        "https://evil.com",
    ],
)
def test_an_origin_is_a_scheme_and_a_shop(origin: str) -> None:
    assert ShopDomain.of_origin(origin) is None
    assert ShopDomain.of_origin("https://shop.myshopify.com") == ShopDomain("shop.myshopify.com")


@given(st.text())
def test_whatever_is_typed_a_shop_ends_where_shopifys_shops_end(text: str) -> None:
    found = ShopDomain.parse(text)
    assert found is None or found.name == text.lower()
    assert found is None or found.name.endswith(".myshopify.com")
