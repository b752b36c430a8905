"""Sendcloud's Returns API, version 3."""
