"""Aggregates in and out, one port of `plugin.ports.unit_of_work` per module."""
