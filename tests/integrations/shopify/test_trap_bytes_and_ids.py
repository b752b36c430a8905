"""Traps of bytes and ids."""

import json

import pytest

from tests.integrations.shopify.samples import (
    Json,
    a_line,
    an_order,
    sample,
    seen_order,
)
from tests.integrations.shopify.traps import order, refused, refused_order


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b'{"id": NaN}', b"<html>", b'{"name": "\\ud800"}', b'{"id": 1e999}'],
)
def test_bytes_that_are_no_json_are_refused_as_such(body: bytes) -> None:
    assert refused(body, "orders/create")[0] in {"not_json", "malformed"}


@pytest.mark.parametrize("opening", [b'{"id":', b'{"unknown":', b'{"line_items":', b'{"data":'])
@pytest.mark.parametrize("topic", ["", "orders/create"])
def test_nesting_without_end_is_refused(opening: bytes, topic: str) -> None:
    body = opening + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert refused(body, topic)[0] in {"nested_too_deep", "malformed"}


def test_wrappings_without_end_are_refused() -> None:
    assert refused(b'{"order":' * 50_000 + b"{}" + b"}" * 50_000)[0] in {"nested_too_deep", "unrecognised"}


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"order"', b"true"])
def test_json_that_is_no_object_is_refused(body: bytes) -> None:
    assert refused(body) == ("malformed", "body")


@pytest.mark.parametrize("record", [{}, {"id": 7}, {"id": "gid://shopify/Shop/1"}, {"code": "rest_no_route"}])
def test_an_object_that_is_no_record_of_ours_is_refused(record: Json) -> None:
    assert refused(json.dumps(record).encode()) == ("unrecognised", "id")


def test_a_wrong_type_is_named_by_its_path_and_never_by_its_value() -> None:
    assert refused_order(line_items=[a_line(), a_line(title=["Ada", "Lovelace"])]) == (
        "malformed",
        "line_items[1].title",
    )


@pytest.mark.parametrize(
    "field", ["name", "updated_at", "currency", "total_price_set", "line_items", "financial_status"]
)
def test_a_webhook_order_without_a_needed_field_is_parked_naming_it(field: str) -> None:
    record = an_order()
    del record[field]
    assert refused(json.dumps(record).encode(), "orders/create") == ("missing_field", field)


def test_ids_beyond_two_to_the_53_survive() -> None:
    exact = 2**53 + 1
    assert order(id=exact, admin_graphql_api_id=None).ref.external_id == str(exact)
    (line,) = order(line_items=[a_line(id=2**63 - 1, admin_graphql_api_id=None)]).lines
    assert line.id == str(2**63 - 1)


def test_an_id_rounded_by_javascript_is_read_from_the_global_id_beside_it() -> None:
    raw = sample("orders/create")
    assert raw["id"] != int(raw["admin_graphql_api_id"].rsplit("/", 1)[1])
    assert seen_order("orders/create", raw).ref.external_id == "820982911946154508"


@pytest.mark.parametrize("bad", [0, -1, 1.5, 8.2e17, True, "900", 2**63, 10**400])
def test_an_id_that_is_none_is_refused(bad: object) -> None:
    assert refused(json.dumps(an_order(id=bad)).encode(), "orders/create") == ("malformed", "id")


@pytest.mark.parametrize(
    "gid", ["gid://shopify/Order/", "gid://evil/Order/1", "gid://shopify/Order/1x", "900", "gid://shopify/Order/٣"]
)
def test_a_global_id_that_is_none_is_refused(gid: str) -> None:
    assert refused_order(admin_graphql_api_id=gid) == ("malformed", "admin_graphql_api_id")
