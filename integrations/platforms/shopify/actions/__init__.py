"""Commands to Shopify shops (`plugin.ports.platform_actions`)."""
