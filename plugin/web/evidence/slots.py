"""Few uploads at once, so that however many shoppers film their parcels a thread is free for the next webhook."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast

from flask import Flask, current_app

from plugin.domain.ids import ClaimDraftId

_KEY = "aftercare.upload_slots"
_EACH = 2
"""Of one shopper's claim: two files side by side."""


class NoSlot(Exception):
    """Everybody has to wait; the upload goes on where it was."""


class UploadSlots:
    """The slots of one process."""

    def __init__(self, total: int, each: int = _EACH) -> None:
        self._total = total
        self._each = each
        self._lock = Lock()
        self._taken: Counter[ClaimDraftId] = Counter()

    @contextmanager
    def taken(self, draft: ClaimDraftId) -> Iterator[None]:
        """Hold a slot; raises `NoSlot` at once when there is none."""
        with self._lock:
            if self._taken.total() >= self._total or self._taken[draft] >= self._each:
                raise NoSlot
            self._taken[draft] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[draft] -= 1
                if not self._taken[draft]:
                    del self._taken[draft]


def provide(app: Flask, slots: UploadSlots) -> None:
    """Give the views of `app` their slots."""
    app.extensions[_KEY] = slots


def slots() -> UploadSlots:
    """The slots of the process that answers this request."""
    return cast("UploadSlots", current_app.extensions[_KEY])
