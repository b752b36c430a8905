"""Shopify: Admin API and webhooks, version 2026-10."""

from integrations.platforms.shopify.translate import ShopifyTranslator

TRANSLATOR = ShopifyTranslator()

__all__ = ["TRANSLATOR", "ShopifyTranslator"]
