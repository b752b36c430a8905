"""What somebody else's server answers: recorded once from those of the tests, then damaged and answered again.

Nothing is sent while it is tried: a session answers out of the record, whoever is asked for whatever.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from hypothesis import strategies as st
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from urllib3 import HTTPResponse

from integrations.guarded_http import open_session
from tests.fuzz.damage import damaged_bytes, damaged_text, json_bodies
from tests.fuzz.parser import Parser

Act = Callable[[Session], object]
"""Something that asks over this session and reads what is answered."""
_STATUSES = (200, 201, 204, 301, 307, 400, 401, 402, 403, 404, 409, 422, 423, 429, 430, 500, 502, 503, 504, 599)
_TOLD = (
    "Retry-After",
    "Date",
    "Location",
    "Content-Type",
    "Content-Encoding",
    "X-WP-Total",
    "X-WP-TotalPages",
    "X-RateLimit-Reset",
    "Link",
)
_WORDS = (
    "120",
    "Wed, 21 Oct 2026 07:28:00 GMT",
    "https://shop.example/wp-json/",
    "application/json",
    "text/html",
    "2.0",
    "gzip",
    "deflate",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


_BUILDS = HTTPAdapter()


class _Recording(BaseAdapter):
    """Asks in earnest and writes down what came back."""

    def __init__(self, inner: BaseAdapter) -> None:
        super().__init__()
        self.inner = inner
        self.answers: list[Answer] = []

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # type: ignore[override]  # noqa: ANN401 - as they come
        with self.inner.send(request, **options) as response:
            body = response.raw.read(decode_content=True)
        packed = {"content-encoding", "transfer-encoding", "content-length"}
        headers = {name: value for name, value in response.headers.items() if name.lower() not in packed}
        self.answers.append(Answer(response.status_code, headers, body))
        return _response(self.answers[-1], request)

    def close(self) -> None:
        self.inner.close()


class _Replaying(BaseAdapter):
    """Answers out of the record, in its order; who asks for more finds nobody there."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._left = list(answers)
        self._lock = threading.Lock()

    def send(self, request: PreparedRequest, **_: Any) -> Response:  # type: ignore[override]  # noqa: ANN401 - as they come
        with self._lock:
            if not self._left:
                raise NoConnection(request=request)
            answer = self._left.pop(0)
        return _response(answer, request)

    def close(self) -> None:
        """Nothing is open."""


def recorded(act: Act) -> list[Answer]:
    """What was answered while this was done in earnest."""
    with open_session(allows_private=True, timeouts=(10, 10)) as session:
        recording = _Recording(session.get_adapter("http://"))
        session.mount("http://", recording)
        act(session)
    return recording.answers


def silent() -> Session:
    """A session that reaches nobody."""
    return _session([])


def answered(answers: Sequence[Answer], act: Act) -> object:
    """Do it again with these answers."""
    return act(_session(answers))


def _session(answers: Sequence[Answer]) -> Session:
    session, adapter = Session(), _Replaying(answers)
    session.trust_env = False
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def damaged(answers: Sequence[Answer]) -> st.SearchStrategy[list[Answer]]:
    """The same answers, one of them damaged; where it begins to go wrong is anybody's guess."""
    return st.one_of(
        [
            _damaged(answer).map(lambda wrong, at=at: [*answers[:at], wrong, *answers[at + 1 :]])
            for at, answer in enumerate(answers)
        ]
    )


def _damaged(answer: Answer) -> st.SearchStrategy[Answer]:
    """In its body, mostly; else in what stands before it."""
    bodies = _bodies(answer.body)
    return st.one_of(
        bodies.map(lambda body: replace(answer, body=body)),
        st.builds(
            lambda status, body: replace(answer, status=status, body=body),
            st.sampled_from(_STATUSES),
            st.just(answer.body) | bodies,
        ),
        st.builds(
            lambda name, value: replace(answer, headers={**answer.headers, name: value}),
            st.sampled_from(_TOLD),
            damaged_text(_WORDS).map(lambda text: text.encode("latin-1", "replace").decode("latin-1")),
        ),
    )


def _bodies(body: bytes) -> st.SearchStrategy[bytes]:
    try:
        return json_bodies([json.loads(body)])
    except ValueError:
        return damaged_bytes([body])


def _response(answer: Answer, request: PreparedRequest) -> Response:
    raw = HTTPResponse(
        io.BytesIO(answer.body),
        headers=answer.headers,
        status=answer.status,
        preload_content=False,
        decode_content=False,
    )
    return _BUILDS.build_response(request, raw)


@dataclass(frozen=True, slots=True)
class Talk:
    """A server of the tests, what is asked of it, and how that may fail: the port's own errors."""

    server: Callable[[], AbstractContextManager[Act]]
    fails: tuple[type[Exception], ...]

    def parser(self) -> Parser:
        """What reads the answers."""
        with self.server() as act:
            answers = recorded(act)
        return Parser(damaged(answers), partial(_again, act), self.fails, (answers,))


def _again(act: Act, answers: list[Answer]) -> object:
    return answered(answers, act)
