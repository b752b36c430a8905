"""Shopify's own schemas, read once a process: half a second for the Admin API's."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import graphql as gql

PAYLOADS = Path(__file__).parents[2] / "payloads" / "shopify"
ADMIN = ("admin_2026-07", "admin_2026-10")
CUSTOMER = "customer_2026-10"


@cache
def introspection(name: str = "admin_2026-10") -> dict[str, Any]:
    """The recorded introspection; `offline_scopes` says which scope a type or field takes."""
    with gzip.open(PAYLOADS / "graphql-schemas" / f"{name}.json.gz") as file:
        recorded: dict[str, Any] = json.load(file)
    return recorded


@cache
def schema(name: str = "admin_2026-10") -> gql.GraphQLSchema:
    """The schema; assumed valid, because graphql-core rejects Shopify's own deprecations of required arguments."""
    return gql.build_client_schema(introspection(name)["data"], assume_valid=True)


@cache
def parsed(text: str) -> gql.DocumentNode:
    """The document."""
    return gql.parse(text)


@cache
def faults(name: str, text: str) -> tuple[str, ...]:
    """What this schema finds wrong with a document."""
    return tuple(error.message for error in gql.validate(schema(name), parsed(text)))
