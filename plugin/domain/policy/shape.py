"""The shape of policy documents along a path: which fields there are, what is a list, what an absent list holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from plugin.domain.policy.document import schema

_REF = "#/$defs/"
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """One container of a document: an object with fields, words by language, or a list."""

    told: Mapping[str, Any]
    """Its JSON Schema."""
    default: object = None

    @property
    def is_list(self) -> bool:
        """Whether entries have positions instead of names."""
        return bool(self.told["type"] == "array")

    def takes(self, name: str) -> bool:
        """Whether it may hold something under this name or position."""
        if self.is_list:
            return name.isascii() and name.isdigit() and len(name) <= _MOST_DIGITS
        return name in self.told["properties"] if "properties" in self.told else bool(name)

    def of(self, name: str) -> "Shape | None":
        """The container under a name; None when what stands there is no container."""
        if self.is_list:
            return _container(self.told["items"])
        return _container(self.told.get("properties", {}).get(name) or self.told["additionalProperties"])

    def empty(self) -> "dict[str, object] | list[object]":
        """What stands for it in a document that leaves it out."""
        return list(msgspec.to_builtins(self.default or ())) if self.is_list else {}


@lru_cache(maxsize=1)
def whole() -> Shape:
    """The document itself."""
    return Shape(schema()["$defs"]["PolicyVersion"])  # type: ignore[index]  # a JSON Schema, as its library gives it


def _container(told: Mapping[str, Any]) -> Shape | None:
    default = told.get("default")
    for choice in told.get("anyOf", (told,)):
        meant = schema()["$defs"][choice["$ref"].removeprefix(_REF)] if "$ref" in choice else choice  # type: ignore[index]  # likewise
        if meant.get("type") in {"object", "array"}:
            return Shape(meant, default)
    return None
