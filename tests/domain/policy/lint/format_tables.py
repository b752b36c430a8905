"""The fields of policy documents as rows of a table, read off the schema."""

from collections.abc import Iterator, Mapping
from typing import Any

Shape = Mapping[str, Any]


def tables(schema: Shape) -> dict[str, list[tuple[str, str, str]]]:
    """Name, kind and default of every field, by the object it belongs to; a field that must be there has no default."""
    shapes: Mapping[str, Shape] = schema["$defs"]
    return {name: list(_rows(shape, shapes)) for name, shape in shapes.items() if "properties" in shape}


def _rows(shape: Shape, shapes: Mapping[str, Shape]) -> Iterator[tuple[str, str, str]]:
    needed = shape.get("required", ())
    for name, field in shape["properties"].items():
        yield name, _kind(field, shapes), "must be there" if name in needed else _default(field)


def _default(field: Shape) -> str:
    match field.get("default"):
        case None:
            return "nothing"
        case bool(value):
            return "yes" if value else "no"
        case dict(parts):
            return "as below" if parts else "none"
        case list(several):
            return ", ".join(f"`{one}`" for one in several) or "none"
        case value:
            return f"`{value}`"


def _kind(field: Shape, shapes: Mapping[str, Shape]) -> str:
    if "anyOf" in field:
        return " or ".join(_kind(part, shapes) for part in field["anyOf"] if part.get("type") != "null")
    if "$ref" in field:
        return _named(field["$ref"].removeprefix("#/$defs/"), shapes)
    if field.get("type") == "array":
        return f"list of {_kind(field['items'], shapes)}"
    return _plain(field)


def _plain(field: Shape) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if field["type"] == "integer":
        return _number(field)
    words = {"object": "text by language", "boolean": "yes or no", "date": "day", "date-time": "instant"}
    return words.get(field.get("format", field["type"]), "text")


def _named(name: str, shapes: Mapping[str, Shape]) -> str:
    if "enum" in shapes[name]:
        return ", ".join(f"`{choice}`" for choice in shapes[name]["enum"])
    return f"[{name}](#{name.lower()})"


def _number(field: Shape) -> str:
    if "minimum" not in field:
        return "whole number"
    most = f" to {field['maximum']}" if "maximum" in field else " or more"
    return f"{field['minimum']}{most}"
