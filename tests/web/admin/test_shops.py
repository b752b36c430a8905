"""The shops page: everybody sees the merchant's shops, owners make codes that are shown once."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from integrations.platforms.woocommerce.companion_zip import companion_zip
from plugin.domain.connection import Connection, Credentials
from plugin.domain.order import Platform
from plugin.domain.posting import Posting
from plugin.domain.shop import ProvenShop, Role
from plugin.usecases.install_shop import install_shop
from tests.build import MERCHANT, NOW, a_shop
from tests.support.admin import Installation

CODE = re.compile(r'class="secret"[^>]*><code[^>]*>([^<]+)<')
SECOND = ProvenShop(Platform.SHOPIFY, "fjell.myshopify.com", "Fjell")


def join(installation: Installation, code: str) -> None:
    deps = installation.deps
    install_shop(
        SECOND,
        owner=None,
        join_code=code,
        directory=deps.directory,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )


def test_a_code_made_here_lets_a_shop_join_which_everybody_then_sees(installation: Installation) -> None:
    answer = installation.signed_in(Role.OWNER).send("/admin/shops/join-code")
    assert answer.status_code == HTTPStatus.CREATED
    assert "holds until 22 Nov 2026, 12:00 UTC" in answer.text
    (code,) = CODE.findall(answer.text)
    join(installation, code)
    page = installation.signed_in(Role.VIEWER).get("/admin/shops").text
    assert "fjell.myshopify.com" in page
    assert "Shopify" in page
    assert "From a file" in page  # the first one
    assert "Rival" not in page


def test_a_code_is_shown_once_and_kept_nowhere(light: Installation) -> None:
    browser = light.signed_in(Role.OWNER)
    answer = browser.send("/admin/shops/join-code")
    (code,) = CODE.findall(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    again = browser.get("/admin/shops")
    assert again.status_code == HTTPStatus.OK
    assert CODE.findall(again.text) == []
    assert code not in again.text


def test_a_shop_leads_to_its_orders(light: Installation) -> None:
    page = light.signed_in(Role.VIEWER).get("/admin/shops").text
    assert f'href="/admin/orders?shop={a_shop().id}"' in page


def test_a_merchant_without_shops_is_told_how_to_get_one(light: Installation) -> None:
    browser = light.signed_in()
    with light.storage.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM shops WHERE merchant_id = '{MERCHANT}'")  # noqa: S608 - a constant of ours
    page = browser.get("/admin/shops").text
    assert "No shop yet" in page
    assert "aftercare import --shop NAME" in page


def test_the_plugin_is_offered_and_a_code_comes_with_the_way_to_enter_it(light: Installation) -> None:
    with light.deps.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Outdoor", address="https://shop.example/store"))
        unit.shops.connect_companion(a_shop("Outdoor").id, NOW)
        unit.commit()
    browser = light.signed_in(Role.OWNER)
    page = browser.get("/admin/shops").text
    assert "Outdoor</bdi>: plugin connected since 21 Nov 2026, 12:00 UTC" in page
    assert "Nordkap</bdi>: plugin" not in page  # nobody knows where it is
    assert "#app=" not in page
    made = browser.send("/admin/shops/join-code").text
    (code,) = CODE.findall(made)
    assert (
        f"https://shop.example/store/wp-admin/admin.php?page=aftercare#app=http%3A%2F%2Flocalhost%3A8000&amp;code={code}"
        in made
    )


def test_the_plugin_is_a_zip_for_everybody_who_works_here(light: Installation) -> None:
    answer = light.signed_in(Role.VIEWER).get("/admin/shops/plugin.zip")
    assert answer.mimetype == "application/zip"
    assert answer.data == companion_zip("http://localhost:8000")
    assert light.browser().get("/admin/shops/plugin.zip").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("posting", "told"),
    [
        (Posting(a_shop().id, NOW), ["Promises for the theme are being written"]),
        (
            Posting(a_shop().id, NOW, posted_at=NOW, places=13),
            ["Promises for the theme written 21 Nov 2026, 12:00 UTC"],
        ),
        (
            Posting(a_shop().id, NOW, posted_at=NOW, places=13, refused=2, refusal="TOO_LONG"),
            ["Not accepted by the shop: 2 of 13.", "(TOO_LONG)"],
        ),
        (
            Posting(a_shop().id, NOW, failures=3, fault="shop_access_narrow", fault_detail="ACCESS_DENIED"),
            ["They could not be written the last time.", "approve what it asks for", "(ACCESS_DENIED)"],
        ),
    ],
    ids=["first", "written", "refused", "failed"],
)
def test_everybody_sees_when_promises_were_last_written_and_what_keeps_them_from_it(
    light: Installation, posting: Posting, told: list[str]
) -> None:
    with light.deps.units(MERCHANT) as unit:
        unit.connections.save(Connection(a_shop().id, Credentials("k", "s"), NOW))
        unit.postings.save(posting)
        unit.commit()
    page = light.signed_in(Role.VIEWER).get("/admin/shops").text
    assert [words for words in told if words not in page] == []
    assert page.count("Promises for the theme") == 1
    home = light.signed_in(Role.VIEWER).get("/admin/").text
    assert ("Some do not stand there as you published them." in home) == posting.is_stuck
