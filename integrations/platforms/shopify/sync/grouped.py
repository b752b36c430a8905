"""Lines of a bulk operation's file: each record, then what lies inside it (`groupObjects`)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from plugin.domain.connection_faults import ShopUnreadable

Node = dict[str, Any]

_PARENT: Final = "__parentId"


def grouped(lines: Iterable[bytes]) -> Iterator[tuple[Node, list[Node]]]:
    """Each record with what lies inside it. Raises `ShopUnreadable` where it is no such file or breaks off."""
    record: Node | None = None
    inside: list[Node] = []
    for line in lines:
        node = _node(line)
        parent = node.pop(_PARENT, None)
        if parent is None:
            if record is not None:
                yield record, inside
            record, inside = node, []
        elif record is None or parent != record["id"]:
            raise ShopUnreadable("a file that is not in order")
        else:
            inside.append(node)
    if record is not None:
        yield record, inside


def _node(line: bytes) -> Node:
    try:
        node = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ShopUnreadable("a file that breaks off") from error
    if not isinstance(node, dict) or not isinstance(node.get(_PARENT) or node.get("id"), str):
        raise ShopUnreadable("a file of something else")
    return node
