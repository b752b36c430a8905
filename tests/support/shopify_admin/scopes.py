"""The least access our documents can do with, worked out from the schema's own table of scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import graphql as gql

from tests.support.shopify_admin.schema import introspection, schema

OWNERS = {"metafieldsSet": "write_products", "metafieldsDelete": "write_products"}
"""Mutations whose scope is that of what they write on: classes of promises are written on products."""
ORDERS = {"refundCreate": "write_orders", "tagsAdd": "write_orders"}
"""Mutations of which the table is silent; `requiredAccess` and what we tag say it."""
LANGUAGES = frozenset({"read_locales", "read_markets_home"})
"""Either shows a shop's languages; we take the one that shows nothing else."""
CHOSEN = {"fulfillmentOrderHold": "write_merchant_managed_fulfillment_orders"}
"""Where any of several scopes lets us in and none is taken anyway: the merchant's own warehouse, nobody else's."""


def needed(documents: Iterable[gql.DocumentNode]) -> set[frozenset[str]]:
    """One group for each thing asked for: any scope of a group lets us in."""
    table = {
        (entry["typeName"], entry.get("fieldName")): frozenset(entry["offlineScopes"])
        for entry in introspection()["offline_scopes"]["items"]
    }
    groups: set[frozenset[str]] = set()
    for parent, field, kind in (found for document in documents for found in _asked(document)):
        own = (OWNERS | ORDERS | CHOSEN).get(field) if parent == "Mutation" else None
        groups |= {frozenset({own})} if own else set()
        groups |= {table.get((parent, field), frozenset()), _of_type(table.get((kind, None), frozenset()))}
    return groups - {frozenset()}


def _of_type(group: frozenset[str]) -> frozenset[str]:
    return frozenset({"read_locales"}) if group == LANGUAGES else group


def least(documents: Iterable[gql.DocumentNode]) -> frozenset[str]:
    """Every scope that is the only way in; where there is a choice, one that is taken anyway. Writing implies reading.

    Raises `ValueError` where a choice is left: which of them to ask for is for a person to say.
    """
    groups = needed(documents)
    taken = {scope for group in groups if len(group) == 1 for scope in group}
    ours = {scope for group in groups for scope in group if scope.endswith(("_orders", "_returns"))}
    taken |= {scope for scope in ours if scope.partition("_")[2] in {"orders", "returns", "draft_orders"}}
    read = {scope.replace("write_", "read_", 1) for scope in taken}
    if open_ones := [group for group in groups if not group & (taken | read)]:
        raise ValueError(f"one of each: {sorted(map(sorted, open_ones))}")
    return frozenset(taken)


def _asked(document: gql.DocumentNode) -> Iterator[tuple[str, str, str]]:
    """Parent type, field and the field's type, each once per place."""
    found: list[tuple[str, str, str]] = []
    info = gql.TypeInfo(schema())

    class Collector(gql.Visitor):
        def enter_field(self, node: gql.FieldNode, *_: object) -> None:
            parent, kind = info.get_parent_type(), info.get_type()
            if parent and kind and not node.name.value.startswith("__"):
                found.append((parent.name, node.name.value, gql.get_named_type(kind).name))

    gql.visit(document, gql.TypeInfoVisitor(info, Collector()))
    yield from found
