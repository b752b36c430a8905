"""Tells who calls on behalf of a Shopify shop (`plugin.ports.shopify_identity.ShopifyIdentity`). Pure."""

from integrations.platforms.shopify.identity.verifier import SignedCallers

__all__ = ["SignedCallers"]
