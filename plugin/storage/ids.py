"""Identifiers that nobody can guess and that sort by the time they were made."""

import os
import time
from base64 import b32hexencode

_MICROSECOND_BYTES = 7
_RANDOM_BYTES = 9
_LENGTH = 26


class TimeOrderedIds:
    """26 lower-case letters and digits: microseconds since 1970 in 7 bytes, then 9 random bytes, base32hex.

    Base32hex keeps the order of the bytes (RFC 4648 section 7), so ids sort by time, across processes to the clock's
    precision; neighbouring rows stay neighbours in an index.
    """

    def new(self) -> str:
        """A new identifier."""
        stamp = (time.time_ns() // 1_000).to_bytes(_MICROSECOND_BYTES, "big")
        return b32hexencode(stamp + os.urandom(_RANDOM_BYTES))[:_LENGTH].decode().lower()
