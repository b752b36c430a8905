"""Grants expire, whoever asks for them, and what goes wrong tells who has to act."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from requests import Session
from shopify_app import ShopifyApp

from integrations.guarded_http import open_session
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.tokens import ShopifyTokens
from plugin.domain.connection_faults import (
    AccessRevoked,
    AppRefused,
    ShopClosed,
    ShopFault,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.domain.shop_token import Grant
from plugin.ports.shop_tokens import StaleSession, Visitor
from plugin.ports.shopify_identity import AdminCaller, AppKeys
from tests.integrations.shopify.signing import CLIENT, NOW, SECRET, SHOP, staff_claims, token
from tests.support.shopify_tokens import Answer, TokenEndpoint, refused, serving

CALLER = AdminCaller(SHOP, "42", token(staff_claims()))


@pytest.fixture
def endpoint() -> Iterator[TokenEndpoint]:
    with serving(TokenEndpoint(CLIENT, SECRET)) as served:
        yield served


@pytest.fixture
def session() -> Iterator[Session]:
    with open_session(allows_private=True, timeouts=(1.0, 1.0)) as opened:
        yield opened


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def tokens(endpoint: TokenEndpoint, session: Session, slept: list[float]) -> ShopifyTokens:
    return ShopifyTokens(AppKeys(CLIENT, SECRET), session, Line(origin=endpoint.origin, sleep=slept.append))


def test_a_visit_is_exchanged_for_a_pair_that_expires(tokens: ShopifyTokens) -> None:
    grant = tokens.exchange(CALLER, NOW)
    hour, season = NOW + timedelta(hours=1), NOW + timedelta(days=90)
    assert grant == Grant("shpat_0", ("read_orders", "write_returns"), hour, "shprt_0", season)
    assert "shp" not in repr(grant)


def test_a_pair_is_renewed_and_its_renewing_token_changes(tokens: ShopifyTokens) -> None:
    first = tokens.exchange(CALLER, NOW)
    second = tokens.refresh(SHOP, first.refresh or "", NOW)
    assert {first.access, first.refresh}.isdisjoint({second.access, second.refresh})


def test_a_renewal_whose_answer_was_lost_is_asked_for_again(tokens: ShopifyTokens) -> None:
    first = tokens.exchange(CALLER, NOW)
    tokens.refresh(SHOP, first.refresh or "", NOW)
    again = tokens.refresh(SHOP, first.refresh or "", NOW)
    tokens.refresh(SHOP, again.refresh or "", NOW)
    with pytest.raises(AccessRevoked):
        tokens.refresh(SHOP, first.refresh or "", NOW)


def test_a_token_of_the_old_kind_becomes_a_pair(tokens: ShopifyTokens) -> None:
    assert tokens.migrate(SHOP, "shpat_for_ever", NOW).refresh


def test_the_code_of_an_install_becomes_a_pair_once(tokens: ShopifyTokens) -> None:
    assert tokens.redeem(SHOP, "code-once", NOW).refresh
    with pytest.raises(AccessRevoked):
        tokens.redeem(SHOP, "code-once", NOW)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (refused("invalid_subject_token"), StaleSession),
        (refused("invalid_client"), AppRefused),
        (refused("invalid_client", 401), AppRefused),
        (refused("invalid_grant"), AccessRevoked),
        (Answer(401, "no JSON"), AccessRevoked),
        (Answer(404, ""), ShopClosed),
        (Answer(402, ""), ShopClosed),
        (Answer(423, ""), ShopClosed),
        (Answer(400, {"error": "another"}), ShopUnavailable),
        (Answer(302, "", {"Location": "https://evil.example"}), ShopUnavailable),
        (Answer(200, "not JSON"), ShopUnreadable),
        (Answer(200, {"access_token": "shpat_secret"}), ShopUnreadable),
        (Answer(200, "[" * 5000), ShopUnreadable),
    ],
    ids=str,
)
def test_a_refusal_says_who_has_to_act(
    answer: Answer, meaning: type[Exception], endpoint: TokenEndpoint, tokens: ShopifyTokens
) -> None:
    endpoint.trouble = [answer]
    with pytest.raises(meaning) as raised:
        tokens.exchange(CALLER, NOW)
    told = f"{raised.value!r} {raised.value.__cause__!r} {raised.value.__dict__}"
    assert SECRET not in told
    assert "shpat" not in told


def test_a_shop_that_is_asked_too_often_says_when_to_come_back(endpoint: TokenEndpoint, tokens: ShopifyTokens) -> None:
    endpoint.trouble = [Answer(429, "", {"Retry-After": "7.0"})]
    with pytest.raises(ShopUnavailable) as raised:
        tokens.exchange(CALLER, NOW)
    assert raised.value.retry_after == 7
    assert len(endpoint.asked) == 1


def test_server_errors_are_tried_three_times_and_no_more(
    endpoint: TokenEndpoint, tokens: ShopifyTokens, slept: list[float]
) -> None:
    endpoint.trouble = [Answer(502, ""), Answer(503, "")]
    assert tokens.exchange(CALLER, NOW).refresh
    endpoint.trouble = [Answer(500, "")] * 3
    with pytest.raises(ShopUnavailable):
        tokens.exchange(CALLER, NOW)
    assert (len(endpoint.asked), slept) == (6, [0.5, 2.0, 0.5, 2.0])


def test_nobody_there_is_a_fault_like_others(session: Session) -> None:
    line = Line(origin=lambda _: "http://127.0.0.1:9", sleep=lambda _: None)
    with pytest.raises(ShopFault) as raised:
        ShopifyTokens(AppKeys(CLIENT, SECRET), session, line).refresh(SHOP, "shprt_secret", NOW)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_who_visits_is_told_and_nobody_else(endpoint: TokenEndpoint, tokens: ShopifyTokens) -> None:
    endpoint.users["42"] = {"email": "anna@shop.example", "account_owner": True}
    assert tokens.visitor(CALLER) == Visitor("anna@shop.example", is_email_proved=True, is_account_owner=True)
    endpoint.users["42"] = {"id": 43}
    with pytest.raises(ShopUnreadable):
        tokens.visitor(CALLER)


def captured(ask: Any) -> dict[str, Any]:  # noqa: ANN401 - a call of Shopify's library
    """What their library sends."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(400, json={"error": "invalid_grant"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        ask(client)
    body: dict[str, Any] = httpx.Response(200, content=seen[0].content).json()
    return body


def test_we_ask_as_shopifys_own_library_does(endpoint: TokenEndpoint, tokens: ShopifyTokens) -> None:
    theirs = ShopifyApp(client_id=CLIENT, client_secret=SECRET)
    session = {"exchangeable": True, "token": CALLER.token, "claims": staff_claims()}
    pair = {
        "access_mode": "offline",
        "shop": "some-shop",
        "token": "shpat_0",
        "expires": "2020-01-01T00:00:00Z",
        "refresh_token": "shprt_0",
        "refresh_token_expires": "2999-01-01T00:00:00Z",
        "scope": "read_orders",
        "user": None,
    }
    exchanged = captured(
        lambda client: theirs.exchange_using_token_exchange(
            access_mode="offline", id_token=session, invalid_token_response=None, http_client=client
        )
    )
    renewed = captured(lambda client: theirs.refresh_token_exchanged_access_token(pair, http_client=client))
    tokens.exchange(CALLER, NOW)
    tokens.refresh(SHOP, "shprt_0", NOW)
    assert endpoint.asked == [exchanged, renewed]
