"""Kills the application in the middle of a burst, and says which deliveries it had answered by then."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event

from bench.processes import family
from bench.server import Server

_SENDERS = 16
_PATIENCE_SECONDS = 60.0

Delivery = tuple[Mapping[str, str], bytes]
"""Headers and body."""


@dataclass(slots=True)
class _Burst:
    server: Server
    path: str
    enough: int
    """Answered so many, it is killed."""
    answered: list[bytes] = field(default_factory=list)
    is_half_way: Event = field(default_factory=Event)

    def send(self, share: Sequence[Delivery]) -> None:
        """One after the other, until nobody answers any more."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=_PATIENCE_SECONDS)
        with suppress(OSError, http.client.HTTPException):
            for headers, body in share:
                connection.request("POST", self.path, body, dict(headers))
                answer = connection.getresponse()
                answer.read()
                if answer.status == HTTPStatus.OK:
                    self.answered.append(body)
                if len(self.answered) >= self.enough:
                    self.is_half_way.set()
        connection.close()


def answered_before_kill(server: Server, path: str, deliveries: Sequence[Delivery]) -> list[bytes]:
    """The bodies answered with 200; a third of them were, when every process of the server was killed by SIGKILL."""
    burst, processes = _Burst(server, path, len(deliveries) // 3), family(server.process)
    with ThreadPoolExecutor(_SENDERS) as threads:
        for first in range(_SENDERS):
            threads.submit(burst.send, deliveries[first::_SENDERS])
        if not burst.is_half_way.wait(_PATIENCE_SECONDS):
            raise RuntimeError(f"{len(burst.answered)} of {len(deliveries)} deliveries were answered, and then no more")
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    if len(burst.answered) == len(deliveries):
        raise RuntimeError("all deliveries were answered before the application was killed")
    return burst.answered
