"""`order.graphql` against Shopify's own schema: valid, current, affordable, and answered as the samples say."""

import json
from collections.abc import Iterator
from pathlib import Path

import graphql as gql
import pytest

from integrations.platforms.shopify.pages import LIST_LIMIT
from tests.integrations.shopify.nodes import a_node
from tests.integrations.shopify.query_cost import cost
from tests.integrations.shopify.samples import PAYLOADS, Tree
from tests.support.shopify_admin import schema as schemas

QUERY = Path(__file__).parents[3] / "integrations" / "platforms" / "shopify" / "documents" / "order.graphql"
DOCUMENT = gql.parse(QUERY.read_text())
OPERATIONS = ("OrderById", "OrderOfReturn")
POINTS_A_QUERY = 1000


@pytest.fixture(name="schema")
def _schema() -> gql.GraphQLSchema:
    return schemas.schema()


def test_the_query_is_answered_with_every_field_of_the_complete_order_and_no_other(schema: gql.GraphQLSchema) -> None:
    answer = gql.execute_sync(
        schema, DOCUMENT, {"order": _resolvable(a_node())}, variable_values={"id": "1"}, operation_name="OrderById"
    )
    assert answer.errors is None
    assert answer.data == {"order": a_node()}


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
