"""Addresses for a shop's companion plugin, as the OpenAPI document tells them."""

from collections.abc import Mapping
from typing import Any

from plugin.web.problems import PROBLEM_JSON

Document = Mapping[str, Any]

SECURITY: Document = {
    "companion": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Aftercare-Companion KEY:SECONDS:SIGNATURE`: the shop's public key, the seconds since 1970, "
        "and in hex HMAC-SHA256 under the shop's secret of the lines `aftercare request v1`, method, path with query, "
        "seconds, and the SHA-256 of the body in hex.",
    }
}
_SIGNED: list[Document] = [{"companion": []}]
_LANG = {"name": "lang", "in": "query", "description": "BCP 47 language of the words.", "schema": {"type": "string"}}


def companion_paths(schemas: tuple[Document, Document, Document, Document], problem: Document) -> Document:
    """The addresses; `schemas` are the wish, the new connection, the connection and the order."""
    wish, made, connection, order = schemas
    unsigned = {"403": _json("Not signed by a connected plugin, or not just now.", problem, PROBLEM_JSON)}
    return {
        "/companion/v1/connection": {
            "get": _look(connection, unsigned),
            "post": _connect(wish, made, problem),
            "delete": _disconnect(unsigned),
        },
        "/companion/v1/orders/{order}": {"get": _order(order, unsigned, problem)},
        "/companion/v1/open/{shop_key}/{order_pass}": {"get": _open(problem)},
    }


def _look(connection: Document, unsigned: Document) -> Document:
    return {
        "operationId": "companion",
        "summary": "What the plugin is connected to",
        "description": "For its status page.",
        "parameters": [],
        "security": _SIGNED,
        "responses": {"200": _json("The shop.", connection), **unsigned},
    }


def _connect(wish: Document, made: Document, problem: Document) -> Document:
    return {
        "operationId": "connectCompanion",
        "summary": "Connect the shop's plugin",
        "description": "An owner's one-time code names the merchant, the address which of their shops. "
        "What was connected before no longer is.",
        "parameters": [],
        "requestBody": {"required": True, "content": {"application/json": {"schema": wish}}},
        "responses": {
            "201": _json("The shop, and the secret, told only now.", made),
            "403": _json("The code cannot be used.", problem, PROBLEM_JSON),
            "404": _json("The merchant has no shop at this address.", problem, PROBLEM_JSON),
            "422": _json("The body cannot be read.", problem, PROBLEM_JSON),
        },
    }


def _disconnect(unsigned: Document) -> Document:
    return {
        "operationId": "disconnectCompanion",
        "summary": "Let the plugin go",
        "description": "When it is disconnected in the shop, or uninstalled.",
        "parameters": [],
        "security": _SIGNED,
        "responses": {"204": {"description": "Its secret counts for nothing now."}, **unsigned},
    }


def _order(order: Document, unsigned: Document, problem: Document) -> Document:
    return {
        "operationId": "companionOrder",
        "summary": "An order's rights and claims in words",
        "description": "Private and never stored; in the order's own language unless another is asked for.",
        "parameters": [_part("order", "The platform's own id of the order."), _LANG],
        "security": _SIGNED,
        "responses": {
            "200": _json("The order.", order),
            **unsigned,
            "404": _json("Not on record (yet).", problem, PROBLEM_JSON),
        },
    }


def _open(problem: Document) -> Document:
    described = (
        "`ORDER.CUSTOMER.SECONDS.SIGNATURE`: the platform's ids, until when (an hour at most), and in hex HMAC-SHA256 "
        "under the shop's secret of the lines `aftercare pass v1`, public key, order, customer, seconds."
    )
    return {
        "operationId": "openOrder",
        "summary": "A customer's way from the shop's account page into a claim",
        "description": "The customer is sent on; the address is the proof, so it is made for one page view.",
        "parameters": [_part("shop_key", "The shop's public key."), _part("order_pass", described), _LANG],
        "responses": {
            "303": {
                "description": "To the order's goods, or to the form that finds them.",
                "headers": {"Location": {"schema": {"type": "string"}}},
            },
            "404": _json("No such shop.", problem, PROBLEM_JSON),
        },
    }


def _part(name: str, description: str) -> Document:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}


def _json(description: str, schema: Document, media_type: str = "application/json") -> Document:
    return {"description": description, "content": {media_type: {"schema": schema}}}
