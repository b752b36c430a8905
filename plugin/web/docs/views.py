"""`/openapi.json` for programs, `/docs` for people; no script, nothing fetched from elsewhere."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from plugin.web.openapi import Document, document, openapi

blueprint = Blueprint("docs", __name__, template_folder="templates")
_CACHE = "public, max-age=300"
_REF = "#/components/schemas/"


@blueprint.get("/openapi.json")
def openapi_json() -> Response:
    """The API described for programs (OpenAPI 3.1); other origins may read it."""
    headers = {"Cache-Control": _CACHE, "Access-Control-Allow-Origin": "*"}
    return Response(document(), mimetype="application/json", headers=headers)


@blueprint.get("/docs")
def docs() -> str:
    """The API described for people."""
    api = openapi()
    return render_template("docs/api.html", api=api, operations=list(_operations(api)), type_of=type_of)


@blueprint.app_template_filter()
def coded(text: str) -> Markup:
    """What stands between backticks as code; everything else as it is."""
    parts = enumerate(text.split("`"))
    return Markup().join(Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in parts)


def _operations(api: Document) -> Iterator[tuple[str, str, Document]]:
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def type_of(schema: Document) -> str:
    """A schema in a few words: `text`, `instant`, `list of PolicyLine`, `open or closed`."""
    match schema:
        case {"anyOf": options} | {"allOf": options}:
            return " or ".join(type_of(option) for option in options)
        case {"$ref": ref}:
            return str(ref).removeprefix(_REF)
        case {"enum": values}:
            return " or ".join(f'"{value}"' for value in values)
        case {"type": "array", "items": items}:
            return f"list of {type_of(items)}"
        case {"format": "date-time"}:
            return "instant"
        case _:
            return _plain(schema)


def _plain(schema: Any) -> str:  # noqa: ANN401 - one JSON Schema node
    kind = str(schema.get("type", "any"))
    return {"string": "text", "integer": "number", "boolean": "yes or no", "null": "nothing"}.get(kind, kind)
