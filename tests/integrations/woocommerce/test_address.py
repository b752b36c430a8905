"""An address as somebody types it becomes one that can be called and compared, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.woocommerce.address import shop_address
from plugin.domain.connection_faults import AddressNotHttps, ShopFault, UnusableAddress


def address(text: str) -> str:
    return shop_address(text, allows_http=False)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("shop.example", "https://shop.example"),
        ("  https://Shop.Example/  ", "https://shop.example"),
        ("https://shop.example:443/", "https://shop.example"),
        ("shop.example:8443", "https://shop.example:8443"),
        ("shop.example/Laden/", "https://shop.example/Laden"),
        ("shop.example//a//b", "https://shop.example/a/b"),
        ("shop.example/index.php", "https://shop.example/index.php"),
        ("https://shop.example/wp-admin/admin.php", "https://shop.example"),
        ("https://shop.example/sub/wp-json/wc/v3/orders", "https://shop.example/sub"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("https://shop.example.", "https://shop.example"),
        ("https://93.184.216.34", "https://93.184.216.34"),
        ("https://[2606:2800:220:1::1]:444/x", "https://[2606:2800:220:1::1]:444/x"),
    ],
)
def test_what_people_type_becomes_one_address(typed: str, canonical: str) -> None:
    assert address(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "", "https://", "https:///path", "ftp://shop.example", "file:///etc/passwd", "gopher://shop.example",
        "https://user:secret@shop.example", "https://@shop.example", "https://shop.example/?x=1",
        "https://shop.example/#top", "https://shop.example\\@evil.example", "https://shop example", "https://shop..example",
        "https://-shop.example", "https://shop.example/a/../b", "https://shop.example/ä", "https://shop.example:0",
        "https://shop.example:99999", "https://[::1", "https://127.1", "https://2130706433", "https://0x7f.0.0.1",
        "https://0x7f000001", "https://" + "a" * 500 + ".example", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_shop_is_refused(typed: str) -> None:
    with pytest.raises(UnusableAddress):
        address(typed)


def test_http_is_refused_unless_the_operator_allows_it() -> None:
    with pytest.raises(AddressNotHttps):
        address("http://shop.example")
    assert shop_address("http://Shop.Example:80/a", allows_http=True) == "http://shop.example/a"


@given(st.text(max_size=60) | st.text("htps:/.@?#[]\\%aä1-", max_size=40))
def test_whatever_is_typed_the_answer_is_canonical_or_a_refusal(typed: str) -> None:
    try:
        found = address(typed)
    except ShopFault:
        return
    assert address(found) == found
    assert found.startswith("https://")
    assert not set("@?#\\ ") & set(found.removeprefix("https://").partition("/")[0])
