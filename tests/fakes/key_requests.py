"""Keys shops were asked for, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.key_request import KeyRequest
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeKeyRequests:
    tables: Tables

    def save(self, request: KeyRequest) -> None:
        self.tables.key_requests[request.id] = request

    def get(self, request: str) -> KeyRequest:
        if request not in self.tables.key_requests:
            raise NotFound({"key_request": request})
        return self.tables.key_requests[request]

    hold = get

    def since(self, at: datetime) -> Sequence[KeyRequest]:
        found = [each for each in self.tables.key_requests.values() if each.asked_at >= at]
        return sorted(found, key=lambda each: (each.asked_at, each.id), reverse=True)

    def due(self, now: datetime, limit: int) -> Sequence[str]:
        due = [(each.due_at, each.id) for each in self.tables.key_requests.values() if each.due_at]
        return [request for at, request in sorted(due) if at <= now][:limit]

    def forget(self, before: datetime) -> int:
        old = [each.id for each in self.tables.key_requests.values() if each.asked_at < before]
        for request in old:
            del self.tables.key_requests[request]
        return len(old)
