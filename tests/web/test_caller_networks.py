"""Whose requests count together: an IPv4 address, however it is told, and a subscriber's whole IPv6 network."""

from __future__ import annotations

import pytest
from flask import Flask

from plugin.web.callers import caller


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.10", "203.0.113.10"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_caller_is_an_address_or_a_subscriber_s_network(told: str, counted: str) -> None:
    with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": told}):
        assert caller() == counted
