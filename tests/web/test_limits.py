"""How often may be asked: by one address, of one shop, shared by several processes, and while Redis is away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from limits import parse

from plugin.app import build_app
from plugin.domain.clocks.engine import Law
from plugin.domain.companion import SCHEME, SignedRequest
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.settings import Settings, SettingsError
from plugin.usecases.companion_secret import companion_secret
from plugin.web.limits import GUESSED, SHARES, UNCOUNTED, rate_limits
from tests.build import MERCHANT, PLACED
from tests.integrations.shopify.signing import STRANGE, buyer_claims, token
from tests.support.admin import Installation, install
from tests.support.log_lines import log_lines
from tests.support.redis import RedisServer
from tests.support.shopify_live import at_shopify

ANNA, BEN, NEAR = "8.8.4.4", "8.8.8.8", "10.0.0.7"
GUESSES = 10
PAPERS = 60
"""Documents that one address may ask for in a minute."""


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()


def ask(running: Installation, address: str, times: int = 1, path: str | None = None) -> list[int]:
    with running.deps.units.read(MERCHANT) as unit:
        key = unit.shops.all()[0].key
    client = running.app.test_client()
    told = {"X-Forwarded-For": address}
    return [client.get(path or f"/s/{key}/documents/certificates", headers=told).status_code for _ in range(times)]


def test_every_route_is_counted_or_among_those_that_are_not(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    endpoints = {rule.endpoint for rule in install(sqlite_url, tmp_path, law).app.url_map.iter_rules()}
    counted = *(share.begins for share in SHARES), *GUESSED
    assert sorted(each for each in endpoints if not each.startswith((*counted, *UNCOUNTED))) == []
    assert sorted(begins for begins in (*counted, *UNCOUNTED) if not any(e.startswith(begins) for e in endpoints)) == []


def test_an_address_is_asked_to_wait_and_others_are_not(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, TRUSTED_PROXIES="1")
    assert set(ask(running, ANNA, PAPERS)) == {HTTPStatus.OK}
    refused = running.app.test_client().get(
        "/s/any/documents/notice", headers={"X-Forwarded-For": ANNA, "Accept-Language": "de"}
    )
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(refused.headers["Retry-After"]) <= 60 + 1  # the end of the minute, rounded up
    assert refused.get_json()["code"] == "http_429"
    assert refused.headers["Content-Language"] == "de"
    assert ask(running, BEN) == [HTTPStatus.OK]
    assert set(ask(running, NEAR, PAPERS + 1)) == {HTTPStatus.OK}, "a proxy nobody told of is all its visitors"
    assert ask(running, ANNA, path="/healthz") == [HTTPStatus.OK]
    assert ask(running, ANNA, path="/s/any/claim") == [HTTPStatus.NOT_FOUND], "pages are counted apart"
    running.storage.close()


def test_join_codes_are_not_guessed_for_long_wherever_from(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, TRUSTED_PROXIES="1")

    def guess(address: str) -> int:
        wish = {"code": f"{MERCHANT}.code.guess", "address": "https://shop.example"}
        asked = running.app.test_client().post(
            "/companion/v1/connection", json=wish, headers={"X-Forwarded-For": address}
        )
        return asked.status_code

    for address in (ANNA, NEAR):
        assert {guess(address) for _ in range(GUESSES)} == {HTTPStatus.FORBIDDEN}
        assert guess(address) == HTTPStatus.TOO_MANY_REQUESTS
    assert guess(BEN) == HTTPStatus.FORBIDDEN
    running.storage.close()


def test_a_shop_s_visitors_together_have_a_limit_of_their_own(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, TRUSTED_PROXIES="1")
    with running.deps.units.read(MERCHANT) as unit:
        key = unit.shops.all()[0].key
    all_but_one_have_asked(running, "documents.", key, "shop")
    assert ask(running, ANNA) + ask(running, BEN) == [HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS]
    running.storage.close()


def all_but_one_have_asked(running: Installation, begins: str, shop: str, scope: str) -> None:
    (most,) = [each.shop for each in SHARES if each.begins == begins]
    assert most
    others = parse(most)
    rate_limits(running.app).limiter.limiter.hit(others, "aftercare", f"{begins}{shop}", scope, cost=others.amount - 1)


def test_an_extension_is_counted_for_the_shop_that_its_token_names_but_for_the_withdrawal_function(
    sqlite_url: str, tmp_path: Path, law: Law
) -> None:
    running = install(sqlite_url, tmp_path, law, TRUSTED_PROXIES="1")
    shop = at_shopify(running).take_in()
    claims = buyer_claims(running.clock.now(), sub="gid://shopify/Customer/7")

    def ask(address: str, what: str = "", signed: str = token(claims)) -> int:
        told = {"X-Forwarded-For": address, "Authorization": f"Bearer {signed}"}
        return running.app.test_client().get(f"/extensions/v1/account/orders{what}", headers=told).status_code

    all_but_one_have_asked(running, "extensions.", shop.key, "signed")
    assert [ask(BEN, signed=token(claims, STRANGE)) for _ in range(2)] == [HTTPStatus.UNAUTHORIZED] * 2
    assert [ask(ANNA), ask(BEN)] == [HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS]
    assert {ask(BEN, "/1/withdrawal") for _ in range(3)} == {HTTPStatus.NOT_FOUND}, "no such order"
    running.storage.close()


def test_a_plugin_is_counted_for_the_shop_that_signed(sqlite_url: str, tmp_path: Path, law: Law) -> None:
    running = install(sqlite_url, tmp_path, law, TRUSTED_PROXIES="1")
    with running.deps.units(MERCHANT) as unit:
        (shop,) = (each for each in unit.shops.all() if each.platform is Platform.WOOCOMMERCE)
        unit.shops.connect_companion(shop.id, PLACED)
        unit.commit()
    secret = companion_secret(replace(shop, companion_since=PLACED), running.deps.secrets) or ""

    def ask(address: str, signed_with: str) -> int:
        path, at = "/companion/v1/connection", int(running.clock.now().timestamp())
        signed = SignedRequest("GET", path, at, b"").signature(signed_with)
        told = {"X-Forwarded-For": address, "Authorization": f"{SCHEME} {shop.key}:{at}:{signed}"}
        return running.app.test_client().get(path, headers=told).status_code

    all_but_one_have_asked(running, "companion.", shop.key, "signed")
    refused = HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED
    assert all(ask(BEN, "guessed") in refused for _ in range(2))
    assert [ask(ANNA, secret), ask(BEN, secret)] == [HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS]
    running.storage.close()


def test_processes_share_a_limit_and_go_on_alone_while_redis_is_away(
    sqlite_url: str, tmp_path: Path, law: Law, redis: RedisServer
) -> None:
    given = {"TRUSTED_PROXIES": "1", "REDIS_URL": redis.url}
    first = install(sqlite_url, tmp_path, law, **given)
    second = again(first, sqlite_url, tmp_path, given)
    assert set(ask(first, ANNA, PAPERS // 2) + ask(second, ANNA, PAPERS // 2)) == {HTTPStatus.OK}
    assert ask(first, ANNA) + ask(second, ANNA) == [HTTPStatus.TOO_MANY_REQUESTS] * 2
    assert all(rate_limits(each.app).are_shared() for each in (first, second))

    redis.kill()
    began = time.monotonic()
    with log_lines() as lines:
        assert ask(first, ANNA) + ask(second, ANNA) == [HTTPStatus.OK] * 2, "nobody is turned away"
        assert ask(first, ANNA, PAPERS)[-1] == HTTPStatus.TOO_MANY_REQUESTS, "each counts alone"
    assert time.monotonic() - began < 10
    assert [line["event"] for line in lines].count("rate_limits_counted_alone") == 2
    assert not any(ANNA in str(line) for line in lines)
    assert not rate_limits(first.app).are_shared()

    redis.start()
    until = time.monotonic() + 40
    with log_lines() as lines:
        while ask(second, BEN)[0] and rate_limits(second.app).limiter._storage_dead and time.monotonic() < until:
            time.sleep(0.2)
    assert [line["event"] for line in lines].count("rate_limits_shared_again") == 1
    assert not rate_limits(second.app).limiter.logger.propagate, "else each line is there twice"
    assert set(ask(second, BEN, PAPERS)) == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}, "shared again"
    first.storage.close()


def again(first: Installation, url: str, home: Path, given: dict[str, str]) -> Installation:
    """Another process of the same installation."""
    app = build_app(Settings.from_env({"AFTERCARE_HOME": str(home), "DATABASE_URL": url, **given}), first.deps)
    return Installation(app, first.deps, first.storage, first.clock, first.jobs)


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "redis://", "redis://host:99999"])
def test_an_address_that_is_no_redis_is_told_at_start_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        Settings.from_env({"REDIS_URL": url})


def test_the_password_of_redis_is_not_shown() -> None:
    assert "hunter2" not in repr(Settings.from_env({"REDIS_URL": "redis://:hunter2@localhost:6379/0"}))
