"""What a companion plugin signs opens only what was signed, for as long as it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.companion import CLOCKS_DIFFER, PASS_HOLDS, OrderPass, SignedRequest
from tests.build import NOW

SECRET = "not-a-secret"
AT = int(NOW.timestamp())
REQUEST = SignedRequest("GET", "/companion/v1/orders/18?lang=de", AT, b"")
PASS = OrderPass("18", "7", NOW + PASS_HOLDS)


def test_the_signature_is_the_one_the_plugin_writes() -> None:
    """The same values stand in the plugin's own test: both sides are held to them."""
    at = 1795262400
    request = SignedRequest("GET", "/companion/v1/orders/18?lang=de", at, b"")
    assert request.signature(SECRET) == ("d028b4570e11b4ec1a3d295289330dd5b43a16e07d7c1563b4a4036b85607d63")
    assert OrderPass("18", "7", datetime.fromtimestamp(at, UTC)).write("KEY", SECRET) == (
        "18.7.1795262400.9b4672708c6e97bc898b1a0fd2d64acc139788355edfb559717c2b5187abf445"
    )


@pytest.mark.parametrize(("off", "holds"), [(timedelta(0), True), (CLOCKS_DIFFER, True), (CLOCKS_DIFFER * 2, False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_request_counts_while_it_is_new(off: timedelta, sign: int, holds: bool) -> None:  # noqa: FBT001 - a table
    assert REQUEST.is_signed(REQUEST.signature(SECRET), SECRET, NOW + sign * off) is holds


@pytest.mark.parametrize(
    "other",
    [
        SignedRequest("DELETE", REQUEST.target, AT, b""),
        SignedRequest("GET", "/companion/v1/orders/19?lang=de", AT, b""),
        SignedRequest("GET", REQUEST.target, AT + 1, b""),
        SignedRequest("GET", REQUEST.target, AT, b"{}"),
    ],
)
def test_a_signature_is_good_for_one_request_alone(other: SignedRequest) -> None:
    assert not other.is_signed(REQUEST.signature(SECRET), SECRET, NOW)


def test_a_pass_opens_its_order_until_it_ends() -> None:
    text = PASS.write("KEY", SECRET)
    assert OrderPass.read(text, "KEY", SECRET, NOW) == PASS
    assert OrderPass.read(text, "KEY", SECRET, PASS.until) is None


def test_a_pass_that_would_hold_for_days_is_none() -> None:
    text = OrderPass("18", "7", NOW + timedelta(days=2)).write("KEY", SECRET)
    assert OrderPass.read(text, "KEY", SECRET, NOW) is None


@pytest.mark.parametrize(("key", "secret"), [("OTHER", SECRET), ("KEY", "another")])
def test_a_pass_is_of_one_shop(key: str, secret: str) -> None:
    assert OrderPass.read(PASS.write("KEY", SECRET), key, secret, NOW) is None


@given(st.text(max_size=80) | st.from_regex(r"[0-9]{1,12}\.[0-9]{1,3}\.[0-9]{1,20}\.[0-9a-f]{64}", fullmatch=True))
def test_nothing_that_was_not_signed_opens_anything(text: str) -> None:
    assert OrderPass.read(text, "KEY", SECRET, NOW) is None
