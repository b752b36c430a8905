"""What Shopify charges for a query, fitted on recorded ones: an object 1, a connection about 2 ln n of its nodes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import graphql as gql

Composite = gql.GraphQLObjectType | gql.GraphQLInterfaceType | gql.GraphQLUnionType

_FREE = frozenset({"MoneyBag", "MoneyV2", "PageInfo"})
_WRAPPERS = {"nodes": 1, "edges": 2}  # what the levels between a connection and its nodes must not count
_UNKNOWN_PAGE = 10


def cost(
    schema: gql.GraphQLSchema, document: gql.DocumentNode, variables: Mapping[str, object], name: str | None = None
) -> int:
    """Points of one operation: connection 2 + max(1, floor(2 ln first)) * (1 + its node), scalars and money free."""
    operations = [d for d in document.definitions if isinstance(d, gql.OperationDefinitionNode)]
    operation = next(d for d in operations if name is None or (d.name and d.name.value == name))
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, gql.FragmentDefinitionNode)}
    root = schema.get_root_type(operation.operation)
    assert root is not None
    return _Meter(schema, fragments, variables).selection(operation.selection_set, root)


@dataclass(frozen=True)
class _Meter:
    schema: gql.GraphQLSchema
    fragments: Mapping[str, gql.FragmentDefinitionNode]
    variables: Mapping[str, object]

    def selection(self, nodes: gql.SelectionSetNode | None, parent: Composite) -> int:
        return sum(self._one(node, parent) for node in (nodes.selections if nodes else ()))

    def _one(self, node: gql.SelectionNode, parent: Composite) -> int:
        if isinstance(node, gql.FieldNode):
            return self._field(node, parent)
        if isinstance(node, gql.FragmentSpreadNode):
            node = self.fragments[node.name.value]
        assert isinstance(node, (gql.FragmentDefinitionNode, gql.InlineFragmentNode))
        on = node.type_condition
        return self.selection(
            node.selection_set, self._composite(self.schema.type_map[on.name.value]) if on else parent
        )

    def _field(self, node: gql.FieldNode, parent: Composite) -> int:
        if node.name.value.startswith("__"):
            return 0
        assert not isinstance(parent, gql.GraphQLUnionType)
        kind = gql.get_named_type(parent.fields[node.name.value].type)
        if gql.is_leaf_type(kind) or kind.name in _FREE:
            return 0
        inside = self._composite(kind)
        if not kind.name.endswith("Connection"):
            return 1 + self.selection(node.selection_set, inside)
        return 2 + max(1, math.floor(2 * math.log(self._first(node)))) * (1 + self._nodes(node, inside))

    def _nodes(self, node: gql.FieldNode, connection: Composite) -> int:
        inner = node.selection_set.selections if node.selection_set else ()
        fields = [child for child in inner if isinstance(child, gql.FieldNode) and child.name.value in _WRAPPERS]
        return sum(self._field(child, connection) - _WRAPPERS[child.name.value] for child in fields)

    def _first(self, node: gql.FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in {"first", "last"}:
                value = argument.value
                if isinstance(value, gql.IntValueNode):
                    return int(value.value)
                given = self.variables.get(value.name.value) if isinstance(value, gql.VariableNode) else None
                return given if isinstance(given, int) else _UNKNOWN_PAGE
        return 1

    @staticmethod
    def _composite(kind: gql.GraphQLNamedType) -> Composite:
        assert isinstance(kind, (gql.GraphQLObjectType, gql.GraphQLInterfaceType, gql.GraphQLUnionType))
        return kind
