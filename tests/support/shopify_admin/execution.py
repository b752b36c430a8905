"""Executes a document on the real schema over plain records: what a record does not say is unknown, never null.

A record is a dict by Shopify's field names; a list behind a connection is its nodes, in order. A callable is called
with the field's arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import graphql as gql

from tests.support.shopify_admin.schema import faults, parsed, schema

Record = dict[str, Any]
Records = Sequence[Record]


class Unknown(Exception):
    """Asked for something that nobody has recorded: the test that caused it fails."""


class Execution:
    """Runs documents against one root; keeps whatever was asked for and is not known."""

    def __init__(self, root: Mapping[str, Any], unknown: list[str]) -> None:
        self._root = root
        self._unknown = unknown
        self.key: str | None = None
        """What the mutation under way is marked with (`@idempotent`)."""

    def run(self, text: str, variables: Record, operation: str | None) -> Record:
        """The answer's `data` and `errors`, as Shopify's endpoint words them."""
        document = parsed(text)
        if problems := faults("admin_2026-10", text):
            return {"errors": [{"message": message} for message in problems]}
        done = gql.execute_sync(
            schema(),
            document,
            self._root,
            variable_values=variables,
            operation_name=operation,
            field_resolver=self._field,
        )
        answer: Record = {"data": done.data}
        if done.errors:
            answer["errors"] = [_error(error) for error in done.errors]
        return answer

    def _field(self, source: Any, info: gql.GraphQLResolveInfo, **arguments: Any) -> Any:  # noqa: ANN401 - records of any shape
        name = info.field_name
        if name not in source:
            self._unknown.append(f"{info.parent_type.name}.{name}")
            raise Unknown(f"{info.parent_type.name}.{name}")
        value = source[name]
        if info.parent_type is schema().mutation_type:
            self.key = _key(info)
        if callable(value):
            try:
                value = value(**arguments)
            except Unknown as error:
                self._unknown.append(str(error))
                raise
        is_list = isinstance(value, list)
        if is_list and gql.get_named_type(info.return_type).name.endswith("Connection"):
            return connection(value, arguments)
        return value[: arguments["first"]] if is_list and "first" in arguments else value


def _key(info: gql.GraphQLResolveInfo) -> str | None:
    marked = schema().get_directive("idempotent")
    assert marked
    values = gql.get_directive_values(marked, info.field_nodes[0], info.variable_values)
    return values["key"] if values else None


def _error(error: gql.GraphQLError) -> Record:
    code = getattr(error.original_error, "code", None)
    return {"message": error.message, "path": error.path, "extensions": {"code": code} if code else {}}


def connection(nodes: Records, arguments: Record) -> Record:
    """A page of nodes; a cursor names the node it stands behind by its last change and id, as Shopify's do.

    What has no last change stays where it is: there the page begins behind that very node.
    """
    ordered = list(reversed(nodes)) if arguments.get("reverse") else list(nodes)
    after = arguments.get("after")
    left = ordered if after is None else _behind(ordered, after)
    page = left[: arguments.get("first") or len(left)]
    return {
        "nodes": page,
        "edges": [{"node": node, "cursor": cursor(node)} for node in page],
        "pageInfo": {
            "hasNextPage": len(left) > len(page),
            "hasPreviousPage": after is not None,
            "endCursor": cursor(page[-1]) if page else None,
        },
    }


def _behind(ordered: Records, after: str) -> Records:
    if any("updatedAt" in node for node in ordered):
        return [node for node in ordered if cursor(node) > after]
    return ordered[[cursor(node) for node in ordered].index(after) + 1 :]


def cursor(node: Record) -> str:
    """Where a node stands in its list."""
    return f"{node.get('updatedAt', '')}|{node.get('id', '')}"
