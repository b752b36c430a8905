"""The OpenAPI 3.1 document of everything public, made from the schemas the views answer with."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from plugin.web import openapi_extensions as extensions
from plugin.web.companion.schemas import ConnectionAnswer, ConnectionWish, NewConnectionAnswer, ShopOrderAnswer
from plugin.web.openapi_companion import SECURITY, companion_paths
from plugin.web.openapi_pages import pages
from plugin.web.problems import PROBLEM_JSON, Problem
from plugin.web.storefront.schemas import (
    ClaimEntryAnswer,
    EntitlementsAnswer,
    PolicyAnswer,
    ProductInformationAnswer,
    PromisesAnswer,
)
from plugin.web.storefront.tracking_schemas import TrackingAnswer

Document = Mapping[str, Any]

VERSION = "1.5.0"
"""Of the API, not of the app: the first number is the `v1` of its addresses; additions raise the second."""

_SHOP_KEY = {
    "name": "shop_key",
    "in": "path",
    "required": True,
    "description": "The shop's public key.",
    "schema": {"type": "string"},
}
_LANG = {
    "name": "lang",
    "in": "query",
    "description": "BCP 47 language of the words; the nearest one we have, else English.",
    "schema": {"type": "string"},
    "example": "de",
}
_COUNTRIES = {
    "name": "countries",
    "in": "query",
    "description": "ISO 3166-1 alpha-2 codes of the countries the store sells to, with commas; none: everywhere.",
    "schema": {"type": "string"},
    "example": "DE,FR,US",
}
_COUNTRY = {
    "name": "country",
    "in": "query",
    "description": "ISO 3166-1 alpha-2 country the goods go to. Without it the shop's default market, which the words "
    "then name; never guessed from a network address.",
    "schema": {"type": "string", "pattern": "^[A-Za-z]{2}$"},
    "example": "DE",
}
_PRODUCT = {
    "name": "product",
    "in": "query",
    "description": "The platform's id of the product or variation. Without it, or when the shop's catalogue is not "
    "known here, the answer holds for everything in the shop.",
    "schema": {"type": "string"},
}
_SKU = {
    "name": "sku",
    "in": "query",
    "description": "Which variation of `product` it is; alone it says nothing.",
    "schema": {"type": "string"},
}
_PRODUCTS = {
    "name": "products",
    "in": "query",
    "description": "Ids of the products or variations in the cart, with commas between them, at most 100: the banner "
    "then speaks for all of them, or not at all.",
    "schema": {"type": "string"},
}
_AFTER = {
    "name": "after",
    "in": "query",
    "description": "`after` of the page before.",
    "schema": {"type": "string"},
}
_TOKEN = {
    "name": "token",
    "in": "path",
    "required": True,
    "description": "The order's capability, written into the shopper's order page by a server.",
    "schema": {"type": "string"},
}
_COUNTRY_OF_MANY = {
    **_COUNTRY,
    "description": "ISO 3166-1 alpha-2 country. Without it every country the shop has a page for.",
}
_DELIVERED_AT = {
    "name": "delivered_at",
    "in": "query",
    "description": "Instant of a delivery with its offset, of the years 2000 to 2100: the answer then has a deadline, "
    "in UTC, for each right that counts from delivery.",
    "schema": {"type": "string", "format": "date-time"},
    "example": "2026-12-04T10:00:00Z",
}
_KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "description": "An `ETag` received before.",
    "schema": {"type": "string"},
}


@cache
def document() -> bytes:
    """The document as JSON."""
    return msgspec.json.encode(openapi())


def openapi() -> Document:
    """The document as plain values."""
    answers = (PolicyAnswer, PromisesAnswer, ProductInformationAnswer, EntitlementsAnswer, ClaimEntryAnswer)
    companion = (ConnectionWish, NewConnectionAnswer, ConnectionAnswer, ShopOrderAnswer)
    public = (*answers, TrackingAnswer, Problem)
    shapes, components = msgspec.json.schema_components(
        (*public, *companion, *extensions.SHAPES), ref_template="#/components/schemas/{name}"
    )
    policy, promises, product, entitlements, claim, tracking, problem, *others = shapes
    wish, made, connection, order, *of_extensions = others
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aftercare storefront API",
            "version": VERSION,
            "description": "Worded promises and entitlements, pages and documents. Public and read-only, but for "
            "a shop's companion plugin, which signs what it asks, and extensions at Shopify; without cookies. "
            "In `v1` fields are added, never renamed.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "paths": {
            "/storefront/v1/{shop_key}/policy": {"get": _policy(policy, problem)},
            "/storefront/v1/{shop_key}/promises": {"get": _promises(promises, problem)},
            "/storefront/v1/{shop_key}/product-information": {"get": _product(product, problem)},
            "/storefront/v1/{shop_key}/orders/{token}/entitlements": {"get": _entitlements(entitlements, problem)},
            "/storefront/v1/{shop_key}/orders/{token}/tracking": {"get": _tracking(tracking, problem)},
            "/storefront/v1/{shop_key}/claim-entry": {"get": _claim_entry(claim, problem)},
            "/s/{shop_key}/policy.json": {"get": _policy_document(problem)},
            **pages(problem),
            **companion_paths((wish, made, connection, order), problem),
            **extensions.extension_paths(of_extensions, problem),
        },
        "components": {"schemas": components, "securitySchemes": {**SECURITY, **extensions.SECURITY}},
    }


def _policy(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "policy",
        "summary": "What a shopper in a market may count on",
        "description": "The badge's and the banner's words. Ask again by their ETag.",
        "parameters": [_SHOP_KEY, _COUNTRY, _LANG, _PRODUCT, _SKU, _PRODUCTS, _KNOWN],
        "responses": {
            "200": _response("The promise in words.", "application/json", answer, "ETag"),
            "304": {"description": "The answer named by `If-None-Match` still holds."},
            "404": _response("No such shop.", PROBLEM_JSON, problem),
            "422": _response("`country` is no country code, or is needed.", PROBLEM_JSON, problem),
        },
    }


def _promises(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "promises",
        "summary": "The promises of a market, and which product has which",
        "description": "For templates and plugins that only print: at most 50 worded promises, and the products page "
        "by page. A product that is not listed has the first. Ask again by their ETag.",
        "parameters": [_SHOP_KEY, _COUNTRY, _LANG, _AFTER, _KNOWN],
        "responses": {
            "200": _response("The promises in words.", "application/json", answer, "ETag"),
            "304": {"description": "The answer named by `If-None-Match` still holds."},
            "404": _response("No such shop.", PROBLEM_JSON, problem),
            "422": _response("`country` is no country code, or is needed.", PROBLEM_JSON, problem),
        },
    }


def _product(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "productInformation",
        "summary": "What comes with a product",
        "description": "Valid documents, spare parts and repair, the GARAN label, and the EU legal-guarantee notice "
        "where the law prescribes it; null where there is nothing to show. Anyone may keep it for a minute.",
        "parameters": [_SHOP_KEY, _COUNTRY, _LANG, _PRODUCT, _SKU, _KNOWN],
        "responses": {
            "200": _response("The information in words.", "application/json", answer, "ETag"),
            "304": {"description": "The answer named by `If-None-Match` still holds."},
            "404": _response("No such shop.", PROBLEM_JSON, problem),
            "422": _response("`country` is no country code.", PROBLEM_JSON, problem),
        },
    }


def _entitlements(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "entitlements",
        "summary": "What one order entitles its shopper to",
        "description": "The window panel's words and instants, computed now; private and never stored. "
        "Unknown and foreign orders get the same answer.",
        "parameters": [_SHOP_KEY, _TOKEN, _LANG],
        "responses": {
            "200": _response("Every line with its rights.", "application/json", answer),
            "404": _response("No such order for this shop and token.", PROBLEM_JSON, problem),
        },
    }


def _tracking(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "tracking",
        "summary": "Where the parcels of one order are",
        "description": "State, expected days and steps in words, as the tracking page shows them; private and never "
        "stored. Unknown and foreign orders get the same answer.",
        "parameters": [_SHOP_KEY, _TOKEN, _LANG],
        "responses": {
            "200": _response("Every parcel with its steps.", "application/json", answer),
            "404": _response("No such order for this shop and token.", PROBLEM_JSON, problem),
        },
    }


def _claim_entry(answer: Document, problem: Document) -> Document:
    return {
        "operationId": "claimEntry",
        "summary": "The way into a claim",
        "description": "A form's words and where it is sent. In languages the claim pages have no words in, English.",
        "parameters": [_SHOP_KEY, _LANG, _COUNTRIES, _KNOWN],
        "responses": {
            "200": _response("The entry in words.", "application/json", answer, "ETag"),
            "304": {"description": "The answer named by `If-None-Match` still holds."},
            "404": _response("No such shop.", PROBLEM_JSON, problem),
        },
    }


def _policy_document(problem: Document) -> Document:
    return {
        "operationId": "policyDocument",
        "summary": "Every country's rights, terms and sources",
        "description": "For agents and integrators. Its own JSON Schema is published beside it, at "
        "`/s/{shop_key}/policy.schema.json`; every answer names it.",
        "parameters": [_SHOP_KEY, _COUNTRY_OF_MANY, _PRODUCT, _DELIVERED_AT, _KNOWN],
        "responses": {
            "200": _response("The document.", "application/json", {"type": "object"}, "ETag"),
            "304": {"description": "The document named by `If-None-Match` still holds."},
            "404": _response("No such shop.", PROBLEM_JSON, problem),
            "422": _response("`country` or `delivered_at` cannot be used.", PROBLEM_JSON, problem),
        },
    }


def _response(description: str, media_type: str, schema: Document, *headers: str) -> Document:
    response: dict[str, Any] = {"description": description, "content": {media_type: {"schema": schema}}}
    if headers:
        response["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    return response
