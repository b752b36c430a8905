"""The webhooks of a WooCommerce shop as its REST API shows and keeps them (10.5).

`status` in a POST is ignored and the secret is never shown again; a deletion has to be forced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.support.woocommerce import Record
from tests.support.woocommerce_auth import Reply

SECRET = "secret"
TOPICS = ("order.", "product.", "customer.", "coupon.", "action.woocommerce_", "action.wc_")


def webhook_reply(hooks: dict[int, Record], method: str, endpoint: str, query: Mapping[str, str], body: bytes) -> Reply:
    """What the shop answers; it keeps what it was given."""
    number = endpoint.partition("/")[2]
    if not number:
        return _collection(hooks, query) if method == "GET" else _made(hooks, json.loads(body))
    if int(number) not in hooks:
        return _fault(404, "woocommerce_rest_shop_webhook_invalid_id")
    if method == "DELETE":
        return _deleted(hooks, int(number), query)
    if method == "PUT":
        hooks[int(number)] |= json.loads(body)
    return Reply(200, _shown(hooks[int(number)]))


def _collection(hooks: Mapping[int, Record], query: Mapping[str, str]) -> Reply:
    page, per_page = int(query.get("page", "1")), int(query.get("per_page", "10"))
    listed = sorted(hooks, reverse=True)[(page - 1) * per_page : page * per_page]
    body = b"[" + b",".join(_shown(hooks[number]) for number in listed) + b"]"
    return Reply(200, body, (("X-WP-TotalPages", str(-(-len(hooks) // per_page))),))


def _made(hooks: dict[int, Record], wanted: Record) -> Reply:
    if not wanted["topic"].startswith(TOPICS):
        return _fault(400, "woocommerce_rest_webhook_invalid_topic")
    number = max(hooks, default=0) + 1
    hooks[number] = {**wanted, "id": number, "status": "active"}
    return Reply(201, _shown(hooks[number]))


def _deleted(hooks: dict[int, Record], number: int, query: Mapping[str, str]) -> Reply:
    if query.get("force") != "true":
        return _fault(501, "woocommerce_rest_trash_not_supported")
    return Reply(200, _shown(hooks.pop(number)))


def _shown(hook: Record) -> bytes:
    return json.dumps({name: value for name, value in hook.items() if name != SECRET}, ensure_ascii=False).encode()


def _fault(status: int, code: str) -> Reply:
    return Reply(status, json.dumps({"code": code, "message": "Übersetzt", "data": {"status": status}}).encode())
