"""One pooled session for each shop in a process, whoever reads the shop, commands it or hears from it.

A shop is called over two connections at a time: more read it no faster (measured on WooCommerce 10.5), and its visitors
need it as well. Who comes third waits for one of them.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from requests import Session

_MOST: Final = 500
"""Shops; those called longest ago make room, and their connections go once what runs over them has ended."""


class ShopSessions:
    """Sessions by the shop's address; safe to share between threads."""

    def __init__(self, make: Callable[[], Session], most: int = _MOST) -> None:
        self._make = make
        self._most = most
        self._kept: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def __call__(self, address: str) -> Session:
        """The shop's own, made when it is first called; not the caller's to close."""
        with self._lock:
            session = self._kept.pop(address, None) or self._make()
            self._kept[address] = session
            left = self._kept.popitem(last=False)[1] if len(self._kept) > self._most else None
        if left is not None:
            left.close()
        return session
