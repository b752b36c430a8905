"""Asks one shop, with patience that ends: every way of presenting the keys, few retries, bounded bytes and seconds.

Only reads are tried again: what became of a write whose answer was lost is for the caller to find out.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

from requests import RequestException, Response, Session
from requests.exceptions import ChunkedEncodingError, SSLError, Timeout
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import HTTPError, NameResolutionError, ProtocolError

from integrations.answer_body import whole_body
from integrations.platforms.woocommerce.answers import AUTHENTICATION, Answer, Momentary, Unauthorised, readable
from integrations.platforms.woocommerce.client import Parameters, ShopApi, Way, sending, ways
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import KeysCannotRead, KeysCannotWrite, ShopFault, ShopUnavailable, ShopUnreadable

_PAUSES: Final = (1.0, 4.0)
"""Seconds before the second and the third try of a read."""
_LONGEST_PAUSE: Final = 15.0
"""A shop that asks for more is left alone until its next poll."""

Sleep = Callable[[float], None]


class ShopReader:
    """One shop, over the session that all who ask it share. Raises `ShopFault` and nothing else.

    `patience` for answers that take longer than others: seconds to connect, and to wait.
    """

    def __init__(
        self,
        address: str,
        credentials: Credentials,
        session: Session,
        sleep: Sleep = time.sleep,
        patience: tuple[float, float] | None = None,
    ) -> None:
        self._address = address
        self._credentials = credentials
        self._session = session
        self._sleep = sleep
        self._patience = patience
        self.way: Way = ways(address, credentials.way)[0]

    def get(self, endpoint: str, parameters: Parameters | None = None) -> Answer:
        """The answer, by the way that worked last or the first that works; `KeysRefused` when none does."""
        return self._by_some_way(
            lambda api: self._patiently(partial(api.get, endpoint, params=parameters)), KeysCannotRead
        )

    def send(self, method: str, endpoint: str, data: object = None, parameters: Parameters | None = None) -> Answer:
        """The answer to a write, `data` as JSON; sent once by each way of presenting keys until one is let in.

        Raises `KeysCannotWrite` when the keys are right and made for reading.
        """
        return self._by_some_way(
            lambda api: self._once(lambda: api.send(method, endpoint, data, parameters), is_judged=True),
            KeysCannotWrite,
        )

    def _by_some_way(self, ask: Callable[[ShopApi], Answer], out_of_scope: type[ShopFault]) -> Answer:
        refusals: list[tuple[Way, Unauthorised]] = []
        for way in ways(self._address, self.way):
            try:
                answer = ask(self._api(way))
            except Unauthorised as refusal:
                refusals.append((way, refusal))
                continue
            self.way = way
            return answer
        raise self._told(refusals, out_of_scope)

    def get_openly(self, url: str, parameters: Parameters) -> Answer:
        """The answer to anybody, whatever it is, redirects included; keys stay here."""
        return self._patiently(lambda: self._session.get(url, params=parameters, **sending()), is_judged=False)

    def _api(self, way: Way) -> ShopApi:
        return ShopApi(self._address, self._credentials, way, self._session, self._patience)

    def _told(self, refusals: list[tuple[Way, Unauthorised]], out_of_scope: type[ShopFault]) -> ShopFault:
        """Why no way worked. `OPTIONS` asks for no scope: keys that pass it are right and may not do this."""
        for way, refusal in refusals:
            if AUTHENTICATION in (refusal.detail or ""):
                try:
                    self._patiently(partial(self._api(way).options, "orders"))
                except Unauthorised:
                    continue
                return out_of_scope(refusal.detail)
        return refusals[0][1]

    def _patiently(self, send: Callable[[], Response], *, is_judged: bool = True) -> Answer:
        for pause in _PAUSES:
            try:
                return self._once(send, is_judged=is_judged)
            except Momentary as fault:
                wanted = fault.retry_after or 0.0
                if wanted > _LONGEST_PAUSE:
                    raise
                self._sleep(max(pause, wanted))
        return self._once(send, is_judged=is_judged)

    def _once(self, send: Callable[[], Response], *, is_judged: bool) -> Answer:
        try:
            with send() as response:
                answer = Answer(response.status_code, _lowered(response.headers), whole_body(response))
        except (RequestException, HTTPError) as error:
            raise _unavailable(error) from None  # the error holds the address, with the keys when they are in its query
        return readable(answer, datetime.now(UTC)) if is_judged else answer


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _unavailable(error: Exception) -> ShopFault:
    """What a failed exchange means; connections that broke are worth another try."""
    if isinstance(error, Timeout):
        return ShopUnavailable("timeout")
    if isinstance(error, SSLError):
        return ShopUnavailable("TLS")
    if isinstance(error, ChunkedEncodingError | ProtocolError):
        return ShopUnreadable("broke off")
    if isinstance(error, NoConnection):
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        is_unknown = isinstance(reason, NameResolutionError)
        return ShopUnavailable("unknown name") if is_unknown else Momentary("no connection")
    return ShopUnreadable("no HTTP")
