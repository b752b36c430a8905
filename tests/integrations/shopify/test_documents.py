"""Everything we send to Shopify, against its own schemas: valid, current, self-contained, and no scope too many."""

from __future__ import annotations

from pathlib import Path

import graphql as gql
import pytest

from integrations.platforms.shopify import documents, scopes
from integrations.platforms.shopify.documents import mutation, query
from tests.support.shopify_admin import scopes as table
from tests.support.shopify_admin.schema import ADMIN, CUSTOMER, faults, introspection, schema

FILES = sorted(Path(documents.__file__).parent.glob("*.graphql"))
ADMIN_FILES = [path for path in FILES if not path.stem.startswith("customer_")]


@pytest.mark.parametrize("name", [*ADMIN, CUSTOMER])
def test_every_document_is_valid_and_asks_for_nothing_deprecated(name: str) -> None:
    texts = {path.stem: path.read_text() for path in FILES if path.stem.startswith("customer_") == (name == CUSTOMER)}
    assert texts
    assert {file: faults(name, text) for file, text in texts.items()} == dict.fromkeys(texts, ())
    outdated = {
        file: gql.validate(schema(name), gql.parse(text), [gql.NoDeprecatedCustomRule]) for file, text in texts.items()
    }
    assert outdated == {file: [] for file in texts}


def test_a_document_that_asks_for_what_is_deprecated_or_gone_is_seen() -> None:
    gone = "query Gone { shop { taxesIncludedOnTuesdays } }"
    old = gql.parse("query Old { currentBulkOperation { id } }")
    assert faults("admin_2026-10", gone)
    assert gql.validate(schema(), old, [gql.NoDeprecatedCustomRule])


def test_a_file_is_sent_as_it_stands_under_its_operations_name() -> None:
    for path in FILES:
        operations = [d for d in gql.parse(path.read_text()).definitions if isinstance(d, gql.OperationDefinitionNode)]
        assert len(operations) == 1 or path.stem == "order"
        for operation in operations:
            assert operation.name
            named = operation.name.value
            make = query if operation.operation is gql.OperationType.QUERY else mutation
            assert make(path.stem, named).text == path.read_text()


def test_a_key_is_given_where_shopify_wants_one_and_nowhere_else() -> None:
    fields = next(kind for kind in introspection()["data"]["__schema"]["types"] if kind["name"] == "Mutation")["fields"]
    wanting = {field["name"] for field in fields if "idempotency key is required" in (field["description"] or "")}
    assert "refundCreate" in wanting
    keyed: set[str] = set()
    asked: set[str] = set()
    for path in ADMIN_FILES:
        for definition in gql.parse(path.read_text()).definitions:
            if isinstance(definition, gql.OperationDefinitionNode) and definition.operation.value == "mutation":
                root = definition.selection_set.selections[0]
                assert isinstance(root, gql.FieldNode)
                asked.add(root.name.value)
                keyed |= {root.name.value for each in root.directives or () if each.name.value == "idempotent"}
    assert keyed == asked & wanting


def test_the_app_asks_for_the_least_its_documents_can_do_with() -> None:
    least = table.least(gql.parse(path.read_text()) for path in ADMIN_FILES)
    asked = scopes.READING | scopes.WRITING | scopes.SHOWING | scopes.OPTIONAL  # what webhooks add: test_app_file.py
    assert least == asked


def test_a_document_that_needs_another_scope_is_seen() -> None:
    assert table.least([gql.parse("query Codes { codeDiscountNodes(first: 1) { nodes { id } } }")]) == {
        "read_discounts"
    }
