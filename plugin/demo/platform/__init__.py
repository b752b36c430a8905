"""The demo shops' own platform, behind `plugin.ports.platform_actions`: it refuses and reports as real ones do.

Its behaviour is built from recordings: refunds and webhooks of WooCommerce 10.5, refunds and returns of Shopify's Admin
API 2026-10. It stands in `plugin.demo` because it needs the demo's recorded orders, of which its reports are made.
"""
