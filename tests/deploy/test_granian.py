"""granian serves the product by the command that its page tells."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

from bench.deliveries import await_so
from bench.installations import installation
from bench.server import serving_by_granian


def test_the_command_of_the_page_serves_what_is_kept_ready_what_is_computed_and_what_is_posted() -> None:
    with installation() as installed:
        installed.promise(shop := installed.shop())
        policy = f"/storefront/v1/{shop.key}/policy?country=DE&lang=en"
        with serving_by_granian("/healthz", installed.environ) as server, ExitStack() as stack:
            connection = stack.enter_context(closing(HTTPConnection("127.0.0.1", server.port, timeout=60)))

            def asked(method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str | None, bytes]:
                connection.request(method, path, b"{}" if method == "POST" else None, headers or {})
                answer = connection.getresponse()
                return answer.status, answer.headers["ETag"], answer.read()

            status, tag, body = asked("GET", policy)
            assert (status, json.loads(body)["market"]["country"]) == (200, "DE")
            assert asked("GET", policy, {"If-None-Match": tag or ""}) == (304, tag, b"")
            assert asked("GET", f"/s/{shop.key}/en/DE")[0] == 200
            assert asked("POST", f"/webhooks/woocommerce/{shop.key}")[0] == 401
            assert asked("GET", "/metrics")[0] == 404
            log = Path(installed.environ["AFTERCARE_HOME"]).with_name(f"{server.port}.log")
            await_so(lambda: '"endpoint": "webhooks.woocommerce"' in log.read_text(), "the log tells of it")
