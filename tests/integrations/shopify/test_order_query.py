"""`order.graphql` against Shopify's own schema: valid, current, affordable, and answered as the samples say."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import graphql as gql
import pytest

from integrations.platforms.shopify.pages import LIST_LIMIT
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.query_cost import cost
from tests.integrations.shopify.samples import PAYLOADS, Tree

QUERY = Path(__file__).parents[3] / "integrations" / "platforms" / "shopify" / "order.graphql"
DOCUMENT = gql.parse(QUERY.read_text())
OPERATIONS = ("OrderById", "OrderOfReturn")
POINTS_A_QUERY = 1000
SCOPES = {"read_orders", "read_returns", "read_products", "read_customers"}


@pytest.fixture(scope="module")
def introspection() -> dict[str, Any]:
    with gzip.open(PAYLOADS / "graphql-schemas" / "admin_2026-10.json.gz") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


@pytest.fixture(scope="module")
def schema(introspection: dict[str, Any]) -> gql.GraphQLSchema:
    return gql.build_client_schema(introspection["data"], assume_valid=True)  # rejects Shopify's own deprecations


def test_the_query_is_valid_on_2026_10_and_asks_for_nothing_deprecated(schema: gql.GraphQLSchema) -> None:
    assert gql.validate(schema, DOCUMENT) == []
    assert gql.validate(schema, DOCUMENT, [gql.NoDeprecatedCustomRule]) == []


def test_the_query_is_answered_with_every_field_of_the_complete_order_and_no_other(schema: gql.GraphQLSchema) -> None:
    answer = gql.execute_sync(
        schema, DOCUMENT, {"order": _resolvable(a_node())}, variable_values={"id": "1"}, operation_name="OrderById"
    )
    assert answer.errors is None
    assert answer.data == {"order": a_node()}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_query_needs_only_the_scopes_the_app_asks_for(
    introspection: dict[str, Any], schema: gql.GraphQLSchema, operation: str
) -> None:
    needed = {(entry["typeName"], entry.get("fieldName")): entry for entry in introspection["offline_scopes"]["items"]}
    for parent, field in _fields(schema, operation):
        kind = gql.get_named_type(schema.type_map[parent].fields[field].type).name
        for entry in (needed.get((parent, field)), needed.get((kind, None))):
            assert not entry or not entry["offlineScopes"] or SCOPES & set(entry["offlineScopes"]), (parent, field)


def test_the_estimate_of_a_querys_cost_agrees_with_what_shopify_charged(schema: gql.GraphQLSchema) -> None:
    lines = (PAYLOADS / "admin-graphql-costs.jsonl").read_text().splitlines()
    pairs = [pair for line in lines if (pair := _pair(schema, line))]
    assert len(pairs) > 20
    close = sum(abs(ours - theirs) <= max(1, theirs / 10) for ours, theirs in pairs)
    assert close / len(pairs) > 0.9


@pytest.mark.parametrize("operation", OPERATIONS)
def test_one_order_costs_well_under_what_shopify_allows_a_query(schema: gql.GraphQLSchema, operation: str) -> None:
    assert cost(schema, DOCUMENT, {}, operation) < POINTS_A_QUERY / 2


def test_lists_without_page_info_are_asked_for_up_to_the_limit_that_marks_them_incomplete() -> None:
    asked = {
        node.name.value: int(argument.value.value)
        for node in _walk(DOCUMENT)
        if isinstance(node, gql.FieldNode)
        for argument in node.arguments or ()
        if argument.name.value == "first" and isinstance(argument.value, gql.IntValueNode)
    }
    assert {asked[name] for name in ("fulfillments", "refunds", "transactions")} == {LIST_LIMIT}


def _resolvable(value: Tree) -> Tree:
    """The order for graphql-core, which resolves a union's type by `__typename` and lists it under no field."""
    if isinstance(value, dict):
        inner = {key: _resolvable(entry) for key, entry in value.items()}
        return {"__typename": "ReturnLineItem", **inner} if "fulfillmentLineItem" in inner else inner
    return [_resolvable(entry) for entry in value] if isinstance(value, list) else value


def _pair(schema: gql.GraphQLSchema, line: str) -> tuple[int, int] | None:
    """Our estimate and Shopify's charge, for the recorded queries that read an order."""
    record = json.loads(line)
    document = gql.parse(record["query"])
    if "order(id:" not in record["query"] or _is_mutation(document) or gql.validate(schema, document):
        return None
    return cost(schema, document, record["variables"] or {}), record["requestedQueryCost"]


def _is_mutation(document: gql.DocumentNode) -> bool:
    operations = [d for d in document.definitions if isinstance(d, gql.OperationDefinitionNode)]
    return any(operation.operation is gql.OperationType.MUTATION for operation in operations)


def _walk(node: gql.Node) -> Iterator[gql.Node]:
    yield node
    for name in node.keys:
        value = getattr(node, name, None)
        for child in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(child, gql.Node):
                yield from _walk(child)


def _fields(schema: gql.GraphQLSchema, operation: str) -> set[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    info = gql.TypeInfo(schema)

    class Collector(gql.Visitor):
        def enter_field(self, node: gql.FieldNode, *_: object) -> None:
            parent = info.get_parent_type()
            if parent and not node.name.value.startswith("__"):
                seen.add((parent.name, node.name.value))

    wanted = [
        d for d in DOCUMENT.definitions if not isinstance(d, gql.OperationDefinitionNode) or d.name.value == operation
    ]
    gql.visit(gql.DocumentNode(definitions=tuple(wanted)), gql.TypeInfoVisitor(info, Collector()))
    return seen
