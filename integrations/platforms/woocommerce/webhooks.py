"""WooCommerce's webhooks (`plugin.ports.webhooks.Webhooks`; measured on 10.5).

A delivery is signed with HMAC-SHA256 over its raw body; the ping of a new webhook is not. The shop switches a webhook
off after seven failures in a row and tells nobody, and one that is only switched on again falls at the next failure: it
is made anew. No secret is ever shown, so a webhook's name tells by which one of ours it was made.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

import msgspec

from integrations.platforms.woocommerce.answers import NoRecord, decoded
from integrations.platforms.woocommerce.reader import ShopReader
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopUnreadable
from plugin.domain.hooks import Hook
from plugin.ports.platform import Message
from plugin.ports.webhooks import Delivery, KeptHooks, WantedHooks

TOPICS: Final = (
    "order.created",
    "order.updated",
    "order.deleted",
    "order.restored",
    "product.created",
    "product.updated",
    "action.woocommerce_order_refunded",
    "action.woocommerce_delete_order",
)
"""There is no topic for refunds, and of an order that is deleted for good an action alone tells."""
_KEPT: Final = ("x-wc-webhook-topic", "x-wc-webhook-source", "x-wc-webhook-id", "x-wc-webhook-delivery-id")
_SIGNATURE: Final = "x-wc-webhook-signature"
_PING: Final = b"webhook_id="
_FORM: Final = "application/x-www-form-urlencoded"
_ACTIVE: Final = "active"
_PAGE: Final = 100
_MOST_PAGES: Final = 100
"""Ten thousand webhooks: a shop that goes on showing more is not believed."""


class _Shown(msgspec.Struct):
    """A webhook as the API shows it."""

    id: int
    name: str = ""
    status: str = ""
    topic: str = ""
    delivery_url: str = ""


class WooCommerceWebhooks:
    """Verifies deliveries, and keeps a shop sending them; `source` reaches the shops."""

    def __init__(self, source: WooCommerceSource) -> None:
        self._source = source

    def is_ping(self, headers: Mapping[str, str], body: bytes) -> bool:
        """A form that names the webhook, without topic and signature."""
        is_bare = not any(headers.get(name) for name in (*_KEPT, _SIGNATURE))
        is_form = headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
        return is_bare and is_form and body.startswith(_PING) and body[len(_PING) :].isdigit()

    def delivery(self, headers: Mapping[str, str], body: bytes, secret: str) -> Delivery | None:
        """What was delivered. Ids of deliveries repeat, so that topic and body say what is the same."""
        if not hmac.compare_digest(signature(body, secret), headers.get(_SIGNATURE, "").encode()):
            return None
        topic = headers.get("x-wc-webhook-topic", "")
        kept = {name: found for name in _KEPT if (found := headers.get(name))}
        key = sha256(topic.encode() + b"\0" + body).hexdigest()
        return Delivery(Message(topic, body, kept), key)

    def keep(self, address: str, credentials: Credentials, wanted: WantedHooks) -> KeptHooks:
        """Every topic once, active, to our address and by our secret; other people's webhooks stay as they are."""
        reader = self._source.reader(address, credentials)
        ours = [hook for hook in _listed(reader) if _path(hook.delivery_url) == _path(wanted.url)]
        right = _right(ours, wanted)
        for hook in ours:
            if hook not in right.values():
                _delete(reader, hook)
        kept = tuple(Hook(topic, str(_one(topic, right, reader, wanted).id), is_active=True) for topic in TOPICS)
        return KeptHooks(kept, was_mended=bool(ours) and len(right) < len(TOPICS))

    def remove(self, address: str, credentials: Credentials, path: str) -> int:
        """Every one that leads to this path; other people's webhooks stay as they are."""
        reader = self._source.reader(address, credentials)
        ours = [hook for hook in _listed(reader) if _path(hook.delivery_url).endswith(path)]
        for hook in ours:
            _delete(reader, hook)
        return len(ours)


def signature(body: bytes, secret: str) -> bytes:
    """What the shop signs a body with, given a secret of letters and digits (others it decodes as HTML first)."""
    return b64encode(hmac.digest(secret.encode(), body, "sha256"))


def _listed(reader: ShopReader) -> Iterator[_Shown]:
    for page in range(1, _MOST_PAGES + 1):
        answer = reader.get("webhooks", {"per_page": str(_PAGE), "page": str(page)})
        found = decoded(answer, list[_Shown])
        yield from found
        if len(found) < _PAGE:
            return
    raise ShopUnreadable("too many pages")


def _right(ours: Sequence[_Shown], wanted: WantedHooks) -> dict[str, _Shown]:
    """By topic the one that may stay."""
    fit = (hook for hook in ours if hook.status == _ACTIVE and hook.delivery_url == wanted.url)
    return {hook.topic: hook for hook in fit if hook.topic in TOPICS and hook.name == _name(hook.topic, wanted.secret)}


def _one(topic: str, right: Mapping[str, _Shown], reader: ShopReader, wanted: WantedHooks) -> _Shown:
    """The topic's webhook, made where there is none."""
    if topic in right:
        return right[topic]
    return decoded(reader.send("POST", "webhooks", _order(topic, wanted)), _Shown)


def _delete(reader: ShopReader, hook: _Shown) -> None:
    try:
        reader.send("DELETE", f"webhooks/{hook.id}", parameters={"force": "true"})
    except NoRecord:
        return  # somebody else was first


def _order(topic: str, wanted: WantedHooks) -> dict[str, str]:
    return {
        "name": _name(topic, wanted.secret),
        "topic": topic,
        "delivery_url": wanted.url,
        "secret": wanted.secret,
    }


def _name(topic: str, secret: str) -> str:
    return f"Aftercare {topic} {sha256(secret.encode()).hexdigest()[:8]}"


def _path(url: str) -> str:
    """What is ours of an address, wherever we were when it was made: the shop's key is in it."""
    return urlsplit(url).path.rstrip("/")
