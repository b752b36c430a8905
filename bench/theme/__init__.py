"""What our blocks cost a Shopify shop's page."""
