"""Whose requests count together where something may be tried only so often."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

_SUBSCRIBER = 64
"""Bits of an IPv6 address that name a subscriber (RFC 6177); the rest is theirs to change."""


def caller() -> str:
    """An IPv4 address, or an IPv6 network of one subscriber."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    if address.ipv4_mapped:  # a socket of both kinds tells an IPv4 address so
        return str(address.ipv4_mapped)
    return str(ip_network((address, _SUBSCRIBER), strict=False))
