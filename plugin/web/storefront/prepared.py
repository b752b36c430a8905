"""A public answer as bytes and headers, ready to be sent again and again, and the place where it waits."""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from flask import Response

from plugin.web.storefront.schemas import Answer

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any store's page may read these answers; no cookie or other credential is ever sent along or looked at."""


KEPT_SECONDS = 3.0
"""How long a process keeps an answer."""
PUBLIC = "public, max-age=1"
"""What a browser or a shared cache may show without asking: one second, so that badge and banner of a page ask once.

Whoever holds an older answer asks with its tag and mostly gets 304. No `stale-while-revalidate`: the first page after a
publication would show the old promise, however old. With `KEPT_SECONDS` and the time to make an answer this stays
within the five seconds in which a published policy is what every visitor reads.
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One answer's body, its strong entity tag (RFC 9110 §8.8.3) and its headers."""

    body: bytes
    tag: str
    headers: tuple[tuple[str, str], ...]

    def is_known(self, tags: str | None) -> bool:
        """Whether If-None-Match names this answer already."""
        return tags is not None and (self.tag in tags or tags.strip() == "*")

    def response(self, known: str | None) -> Response:
        """The answer, or 304 when `known` (If-None-Match) already names it."""
        if self.is_known(known):
            return Response(status=HTTPStatus.NOT_MODIFIED, headers=self.headers)
        return Response(self.body, headers=self.headers)


def prepare(answer: Answer, cache_control: str) -> Prepared:
    """An answer encoded once; equal answers have equal tags."""
    body = msgspec.json.encode(answer)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "Content-Type": "application/json",
        "Content-Language": answer.language,
        "Cache-Control": cache_control,
        "ETag": tag,
    }
    return Prepared(body, tag, tuple((headers | OPEN_TO_ALL).items()))


Key = tuple[str, str]


class AnswerCache:
    """Keeps prepared answers for a few seconds, the oldest leaving first when there are too many.

    A changed policy is therefore on every page within `seconds` plus the answer's own `max-age` (`PUBLIC`).
    """

    def __init__(self, seconds: float, size: int, ticks: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._size = size
        self._ticks = ticks
        self._kept: dict[Key, tuple[float, Prepared]] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Prepared | None:
        """The answer kept under this key, unless its time is up."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and self._ticks() < kept[0] else None

    def alias(self, key: Key, known: Key) -> Prepared | None:
        """The answer kept under `known`, from now on found under `key` too, for no longer than before."""
        kept = self._kept.get(known)
        if kept is None or self._ticks() >= kept[0]:
            return None
        self._keep(key, kept)
        return kept[1]

    def put(self, key: Key, answer: Prepared) -> Prepared:
        """Keep this answer."""
        self._keep(key, (self._ticks() + self._seconds, answer))
        return answer

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._kept.clear()

    def _keep(self, key: Key, entry: tuple[float, Prepared]) -> None:
        with self._lock:
            self._kept.pop(key, None)
            while len(self._kept) >= self._size:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = entry
