"""Bulk operations as recorded (2026-04): what is refused, how many run at once, and a file of JSON lines at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import graphql as gql

from tests.support.shopify_admin.execution import Record, Unknown
from tests.support.shopify_admin.schema import schema

AT_ONCE = 5
CONNECTIONS = 5
DEPTH = 2
_NODES = (
    "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: "
    "'{0} {{ edges {{ node {{'. Selecting via 'nodes' is not supported. Invalid connection fields: '{0}'."
)
_NO_ID = (
    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of "
    "'ID' return type. Connection fields without 'id': {}."
)


@dataclass(slots=True)
class Bulk:
    """The shop's operations; `takes` looks until one is done."""

    run: Callable[[str], Record]
    files: dict[str, bytes]
    address: Callable[[], str]
    created_at: Callable[[], str]
    takes: int = 2
    operations: dict[str, Record] = field(default_factory=dict)
    before_file: Callable[[], None] = lambda: None

    def start(self, query: str, groupObjects: bool) -> Record:  # noqa: N803, FBT001 - Shopify's name
        """`bulkOperationRunQuery`."""
        errors = [{"field": ["query"], "message": text, "code": "INVALID"} for text in refusals(query)]
        running = [gid for gid, each in self.operations.items() if each["status"] in {"CREATED", "RUNNING"}]
        if not errors and len(running) >= AT_ONCE:
            text = f"A bulk query operation for this app and shop is already in progress: {', '.join(running)}."
            errors = [{"field": None, "message": text, "code": "OPERATION_IN_PROGRESS"}]
        if errors:
            return {"bulkOperation": None, "userErrors": errors}
        if not groupObjects:
            raise Unknown("a file that is not grouped: nobody has recorded its order")
        return {"bulkOperation": self._created(query), "userErrors": []}

    def _created(self, query: str) -> Record:
        gid = f"gid://shopify/BulkOperation/{7933223797042 + len(self.operations)}"
        operation: Record = {"id": gid, "status": "CREATED", "type": "QUERY", "createdAt": self.created_at()}
        operation |= {"errorCode": None, "completedAt": None, "fileSize": None, "url": None, "partialDataUrl": None}
        operation |= {"objectCount": "0", "rootObjectCount": "0", "query": query, "looks": 0}
        self.operations[gid] = operation
        return dict(operation)

    def look(self, id: str) -> Record | None:  # noqa: A002 - Shopify's name
        """`bulkOperation`: each look brings it on."""
        operation = self.operations.get(id)
        if operation and operation["status"] in {"CREATED", "RUNNING"}:
            operation["looks"] += 1
            operation["status"] = "RUNNING"
            if operation["looks"] >= self.takes:
                self._finish(operation)
        return operation

    def _finish(self, operation: Record) -> None:
        self.before_file()
        answer = self.run(operation["query"])
        lines = list(_lines(answer["data"]))
        path = f"/bulk/{operation['id'].rpartition('/')[2]}.jsonl"
        self.files[path] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        roots = sum("__parentId" not in line for line in lines)
        operation |= {"status": "COMPLETED", "rootObjectCount": str(roots), "objectCount": str(len(lines))}
        operation["url"] = self.address() + path if lines else None


def _lines(data: Record) -> Iterator[Record]:
    for connection in data.values():
        for edge in connection["edges"]:
            yield from _grouped(edge["node"], None)


def _grouped(node: Record, parent: str | None) -> Iterator[Record]:
    """A node, then what lies inside it, each naming its parent."""
    inside = {name: value for name, value in node.items() if isinstance(value, dict) and "edges" in value}
    own: dict[str, Any] = {name: value for name, value in node.items() if name not in inside}
    yield own if parent is None else {**own, "__parentId": parent}
    for connection in inside.values():
        for edge in connection["edges"]:
            yield from _grouped(edge["node"], node["id"])


def refusals(query: str) -> list[str]:
    """Why Shopify does not take this query, in its own words, in its own order."""
    document = gql.parse(query)
    (operation,) = [d for d in document.definitions if isinstance(d, gql.OperationDefinitionNode)]
    if operation.operation is not gql.OperationType.QUERY:
        return ["Invalid operation type. Only `query` operations are supported."]
    check = _Check()
    info = gql.TypeInfo(schema())
    gql.visit(document, gql.TypeInfoVisitor(info, _Visitor(info, check)))
    roots = [node.name.value for node in operation.selection_set.selections if isinstance(node, gql.FieldNode)]
    top = [f"Bulk queries cannot contain a top level `{name}` field." for name in roots if name == "node"]
    return top + check.said()


@dataclass(slots=True)
class _Check:
    connections: int = 0
    depth: int = 0
    deepest: int = 0
    lists: int = 0
    nodes: list[str] = field(default_factory=list)
    without_id: list[str] = field(default_factory=list)
    is_in_list: bool = False

    def said(self) -> list[str]:
        if not self.connections:
            return ["Bulk queries must contain at least one connection."]
        faults = {
            "Queries that contain a connection field within a list field are not currently supported.": self.is_in_list,
            f"Bulk queries cannot contain connections with a nesting depth greater than {DEPTH}.": self.deepest
            > DEPTH + 1,
            f"Bulk queries cannot contain more than {CONNECTIONS} connections.": self.connections > CONNECTIONS,
        }
        said = [text for text, is_so in faults.items() if is_so]
        return said + [_NODES.format(name) for name in self.nodes] + [_NO_ID.format(name) for name in self.without_id]


class _Visitor(gql.Visitor):
    def __init__(self, info: gql.TypeInfo, check: _Check) -> None:
        super().__init__()
        self._info = info
        self._check = check

    def enter_field(self, node: gql.FieldNode, *_: object) -> None:
        check = self._check
        if self._is_connection():
            check.connections += 1
            check.depth += 1
            check.deepest = max(check.deepest, check.depth)
            check.is_in_list |= check.lists > 0
            inside = _fields(node)
            if "nodes" in inside:
                check.nodes.append(node.name.value)
            edges = inside.get("edges")
            found = _fields(edges).get("node") if edges else None
            if found and _has_connection(found) and "id" not in _fields(found):
                check.without_id.append(node.name.value)
        elif self._is_list(node):
            check.lists += 1

    def leave_field(self, node: gql.FieldNode, *_: object) -> None:
        if self._is_connection():
            self._check.depth -= 1
        elif self._is_list(node):
            self._check.lists -= 1

    def _is_connection(self) -> bool:
        kind = self._info.get_type()
        return kind is not None and gql.get_named_type(kind).name.endswith("Connection")

    def _is_list(self, node: gql.FieldNode) -> bool:
        kind = self._info.get_type()
        is_list = kind is not None and gql.is_list_type(gql.get_nullable_type(kind))
        return is_list and node.name.value not in {"edges", "nodes"}


def _fields(node: gql.FieldNode) -> dict[str, gql.FieldNode]:
    chosen = node.selection_set.selections if node.selection_set else ()
    return {each.name.value: each for each in chosen if isinstance(each, gql.FieldNode)}


def _has_connection(node: gql.FieldNode) -> bool:
    return any("edges" in _fields(each) or "nodes" in _fields(each) for each in _fields(node).values())
