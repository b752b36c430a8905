"""Who deals with an installation at work: platforms that deliver until they are answered, shoppers who withdraw."""

from __future__ import annotations

import base64
import hmac
import http.client
import json
import re
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from random import Random
from threading import Lock
from urllib.parse import urlencode

from plugin.domain.order import OrderRef, Platform
from tests.faults.store import an_order, email_of
from tests.faults.world import TOLD_SECRET, World
from tests.support.processes import HANGS_AFTER

_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_AGAIN_AFTER = 0.1
_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "aftercare.example"}


@dataclass(slots=True)
class Traffic:
    """What goes on at once; every sender goes on until it is answered."""

    world: World
    rnd: Random
    secret: str = ""
    """What the connected store signs with."""
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(12))
    pending: list[Future[None]] = field(default_factory=list)
    told_versions: dict[int, int] = field(default_factory=dict)
    held: list[tuple[int, int]] = field(default_factory=list)
    """Deliveries that are late: order and version."""
    withdrawn: set[int] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    """By status, the unsuccessful ones too."""
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.secret = self.world.secret(self.world.live)

    def burst(self, orders: range, each: int = 1) -> None:
        """The store that only tells has changed these orders so many times; it tells in any order, now and then twice
        or much later."""
        wanted = []
        for number in orders:
            for _ in range(each):
                self.told_versions[number] = version = self.told_versions.get(number, 0) + 1
                wanted.append((number, version))
        wanted += self.held
        self.rnd.shuffle(wanted)
        late = len(wanted) // 8
        self.held, wanted = wanted[:late], wanted[late:]
        wanted += self.rnd.choices(wanted, k=len(wanted) // 6)
        for number, version in wanted:
            self._later(self._tell, number, version)

    def change(self, numbers: list[int]) -> None:
        """The connected store's orders are touched, of which it tells."""
        for number in numbers:
            self.world.store.touch(number)
            self._later(self._tell_live, self.world.store.body(number))

    def withdraw(self, number: int) -> None:
        """A shopper withdraws from an order of the connected store."""
        self.withdrawn.add(number)
        self._later(self._declare, number)

    def on_record(self, number: int) -> bool:
        """Whether an order of the connected store has been read."""
        ref = OrderRef(Platform.WOOCOMMERCE, str(number))
        with self.world.deps.units.read(self.world.live.merchant) as unit:
            return bool(unit.orders.digests(self.world.live.id, [ref]))

    def finish(self) -> None:
        """Wait until everybody was answered."""
        pending, self.pending = self.pending, []
        for each in pending:
            each.result(2 * HANGS_AFTER)  # who waits gives up before, in words

    def refused(self) -> int:
        """How often somebody was told that it does not go now."""
        return sum(times for status, times in self.answers.items() if status >= HTTPStatus.INTERNAL_SERVER_ERROR)

    def tell_held(self) -> None:
        """Deliver what was late."""
        held, self.held = self.held, []
        for number, version in held:
            self._later(self._tell, number, version)
        self.finish()

    def _later(self, what: object, *given: object) -> None:
        self.pending.append(self.threads.submit(what, *given))  # type: ignore[arg-type]  # a method and what it takes

    def _tell(self, number: int, version: int) -> None:
        body = told_body(number, version)
        self._deliver(self.world.told.key, TOLD_SECRET, body)
        with self.lock:
            self.world.accepted.setdefault(number, []).append(version)

    def _tell_live(self, body: bytes) -> None:
        self._deliver(self.world.live.key, self.secret, body)

    def _deliver(self, shop: str, secret: str, body: bytes) -> None:
        self._until_answered("POST", f"/webhooks/woocommerce/{shop}", body, signed(secret, body))

    def _declare(self, number: int) -> None:
        path = f"/s/{self.world.live.key}/withdraw"
        typed = {"name": "Guest", "reference": str(number), "reply_to": email_of(number)}
        caller = {"X-Forwarded-For": f"192.0.{number // 250 % 250}.{number % 250}"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", **caller}
        page = self._until_answered("POST", path, urlencode(typed).encode(), headers)
        fields = {name: unescape(value) for name, value in _FIELD.findall(page.split('name="change"')[0])}
        self._until_answered("POST", f"{path}/confirm", urlencode(fields).encode(), headers)
        with self.lock:
            self.world.declared[number] = fields["form"]

    def _until_answered(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> str:
        """What is answered with success, however often it has to be asked."""
        deadline = time.monotonic() + HANGS_AFTER
        said: object = None
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", int(self.world.environ["PORT"]), timeout=30)
                with closing(connection):
                    connection.request(method, path, body, {"Host": "aftercare.example", **_PROXY, **headers})
                    answer = connection.getresponse()
                    text = answer.read().decode()
            except (OSError, http.client.HTTPException) as error:
                said = error
            else:
                with self.lock:
                    self.answers[answer.status] += 1
                if answer.status < 400:
                    return text
                assert answer.status in {429, 500, 502, 503, 504}, f"{method} {path}: {answer.status} {text[:500]}"
                said = answer.status
            time.sleep(_AGAIN_AFTER)
        raise AssertionError(f"{method} {path} was never answered: {said!r}")


def signed(secret: str, body: bytes) -> dict[str, str]:
    """What comes with a delivery."""
    return {
        "Content-Type": "application/json",
        "X-WC-Webhook-Topic": "order.updated",
        "X-WC-Webhook-Signature": base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode(),
    }


def told_body(number: int, version: int) -> bytes:
    """An order of the store that only tells, as it was so many changes ago; its number ends in how many."""
    placed = datetime(2026, 11, 20, 9, tzinfo=UTC)
    changed = placed + timedelta(seconds=version)
    dates = {"date_modified_gmt": f"{changed:%Y-%m-%dT%H:%M:%S}"}
    dates["date_modified"] = f"{changed + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"
    return json.dumps(an_order(number, placed, number=f"{number}-{version}", **dates)).encode()
