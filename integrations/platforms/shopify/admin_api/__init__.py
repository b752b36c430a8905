"""Calls to the Admin API (GraphQL, version 2026-10): one shop, one token, handed on with each client."""
