"""Webhooks of a shop: how fast they are taken in, and whether any is lost."""
