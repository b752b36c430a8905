"""What was found with the fuzzer, or while it was written: each of these once broke its parser."""

from __future__ import annotations

import io
import json
from datetime import datetime

import click
import pytest
from requests import Session

from integrations.json_answers import Question, json_answer
from integrations.platforms.shopify.admin_api.answers import understood
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync.gathered_products import products
from integrations.platforms.shopify.sync.grouped import grouped
from integrations.platforms.shopify.sync.source import ShopifySource
from integrations.platforms.shopify.tokens import ShopifyTokens
from plugin.backup.errors import BackupError
from plugin.backup.manifest import Manifest
from plugin.cli.deliveries import read_days
from plugin.domain.artwork_size import size_of
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopUnreadable
from plugin.ports.errors import Unavailable
from plugin.ports.shopify_identity import AppKeys
from tests.fuzz.conversation import Answer, answered
from tests.fuzz.proofs import signed_token
from tests.integrations.shopify.signing import CALLERS, CLIENT, NOW, SECRET, SHOP, staff_claims
from tests.support.shopify_admin.server import TOKEN


class _Named(io.BytesIO):
    name = "days.csv"


ENDLESS = "9" * 400
EMPTY = b'{"data":{"products":{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}'
BEYOND = "Fri, 31 Dec 9999 23:59:59 -2359"
"""A date whose instant no clock tells."""


def test_an_artwork_without_end_has_no_size() -> None:
    assert size_of(f"<svg viewBox='0 0 {ENDLESS} {ENDLESS}'>".encode(), "image/svg+xml") is None


def test_a_date_beyond_all_clocks_tells_no_time_to_wait() -> None:
    def ask(session: Session) -> None:
        json_answer(session, Question("GET", "https://carrier.example/", {}), NOW)

    for when in (BEYOND, f"Mon, 01 Jan {ENDLESS[:30]} 00:00:00 GMT"):
        with pytest.raises(Unavailable) as refused:
            answered([Answer(429, {"Retry-After": when}, b"{}")], ask)
        assert refused.value.retry_after is None or refused.value.retry_after >= 0
        assert understood(200, {"date": when}, b'{"data":{"shop":{}}}').told_at is None


STRANGE_ID = (
    b'{"data":{"bulkOperationRunQuery":{"bulkOperation":{"id":"gid:///shopify/BulkOperation/7"},"userErrors":[]}}}'
)
CHANGED = b'{"data":{"orders":{"nodes":[{"id":"\xff","updatedAt":"\xff"}],"pageInfo":{"hasNextPage":false}}}}'


@pytest.mark.parametrize(("since", "body"), [(None, STRANGE_ID), (NOW, CHANGED)], ids=["id", "no UTF-8"])
def test_what_a_shop_answers_and_nobody_can_read_is_the_shops_fault(since: datetime | None, body: bytes) -> None:
    def read(session: Session) -> None:
        source = ShopifySource(
            lambda: session, line=Line(lambda _: "https://shop.example", lambda _: None, lambda: 0.0)
        )
        list(source.changes(SHOP.name, Credentials(TOKEN, ""), since=since, catalogue_since=since))

    with pytest.raises(ShopUnreadable):
        answered([Answer(200, {}, EMPTY if since else body), Answer(200, {}, body)], read)


@pytest.mark.parametrize("seconds", [2**62, -1])
def test_a_grant_for_longer_than_time_lasts_is_none(seconds: int) -> None:
    told = {"access_token": "a", "scope": "", "refresh_token": "b", "expires_in": seconds}
    body = json.dumps({**told, "refresh_token_expires_in": 1}).encode()
    tokens = AppKeys(CLIENT, SECRET)
    with pytest.raises(ShopUnreadable):
        answered([Answer(200, {}, body)], lambda session: ShopifyTokens(tokens, session).redeem(SHOP, "code", NOW))


def test_half_a_character_in_a_claim_opens_nothing() -> None:
    assert CALLERS.in_admin(signed_token({**staff_claims(), "\ud83f": 1}), NOW) is None


def test_half_a_character_in_a_file_of_products_is_replaced() -> None:
    (product,) = products([b'{"id": "gid://shopify/Product/1", "title": "\\ud83f"}'])
    assert json.loads(product)["title"] == "?"


def test_a_line_that_lies_in_nothing_and_has_no_name_is_of_another_file() -> None:
    with pytest.raises(ShopUnreadable):
        list(grouped([b'{"__parentId": null}', b'{"__parentId": "gid://shopify/Order/1"}']))


@pytest.mark.parametrize("content", [b"1001,2026-01-01\n\xff", b'"' + b"x" * 200_000])
def test_a_list_of_days_in_another_encoding_or_without_end_is_told_to_be_no_csv(content: bytes) -> None:
    with pytest.raises(click.ClickException, match="CSV"):
        read_days(io.TextIOWrapper(_Named(content), "utf-8-sig"))


def test_a_manifest_that_is_no_text_is_damaged() -> None:
    with pytest.raises(BackupError):
        Manifest.parse(b'{"format": 1, "version": "\xff"}')
