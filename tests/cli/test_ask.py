"""Asking a shop for keys by a command: the address of its own page, where a public address is set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[WooCommerceShop]:
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")
    with serving(recorded_shop()) as shop:
        yield shop


def test_the_page_of_the_shop_is_printed_with_our_callback(
    run: Run, shop: WooCommerceShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://aftercare.example")
    result = run("connect", "--address", shop.address, "--ask")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{shop.address}/wc-auth/v1/authorize?app_name=Aftercare&scope=read_write&user_id=")
    assert "callback_url=https%3A%2F%2Faftercare.example%2Finstall%2Fwoocommerce%2F" in result.stdout


def test_without_a_public_address_it_says_what_to_do(run: Run, shop: WooCommerceShop) -> None:
    result = run("connect", "--address", shop.address, "--ask")
    assert result.exit_code == 1
    assert "PUBLIC_URL" in result.output
    assert shop.asked == []
    assert run("connect", "--address", shop.address, "--ask", "--join", "x").exit_code == 2
