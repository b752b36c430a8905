"""Tokens for the shopper's pages: only this installation can make them, each opens what it names and nothing else.

They stand in addresses, so that the pages need no cookie: they work in a shop's frame, in the browser inside a mail
program, and for two orders side by side. A session's token is short-lived; a claim's opens its status page for as long
as there is a claim, since it stands in every letter about it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from plugin.domain.ids import ClaimId, LabelId, OrderId, PersonId, ShopId
from plugin.domain.shopper_session import NoSuchPage, Proof, ShopperSession
from plugin.ports.secrets import Secrets, vouches

_SESSION = "shopper session token v1"
_CLAIM = "claim token v1"
_LABEL = "label token v1"
_TRACKING = "tracking token v1"
_LONGEST = 8192
_FIXED_FIELDS = 3


def session_token(secrets: Secrets, session: ShopperSession) -> str:
    """The token of a session, URL-safe."""
    fields = (session.proof.value, str(int(session.until.timestamp())), session.person or "", *session.orders)
    return _signed(secrets, _SESSION, session.shop, "\0".join(fields))


def read_session(secrets: Secrets, shop: ShopId, token: str, now: datetime) -> ShopperSession:
    """The session a token of this shop names. Raises `NoSuchPage` unless we issued it and its time is not over."""
    proof, until, person, *orders = _fields(secrets, _SESSION, shop, token)
    session = ShopperSession(
        shop=shop,
        proof=Proof(proof),
        until=datetime.fromtimestamp(int(until), UTC),
        person=PersonId(person) if person else None,
        orders=tuple(map(OrderId, orders)),
    )
    if session.until <= now:
        raise NoSuchPage
    return session


def claim_token(secrets: Secrets, shop: ShopId, claim: ClaimId) -> str:
    """The token of a claim's status page, always the same."""
    return _signed(secrets, _CLAIM, shop, claim)


def read_claim(secrets: Secrets, shop: ShopId, token: str) -> ClaimId:
    """The claim a token of this shop opens. Raises `NoSuchPage` unless we issued it."""
    return ClaimId(_opened(secrets, _CLAIM, shop, token))


def label_token(secrets: Secrets, shop: ShopId, label: LabelId) -> str:
    """The token of one label's file and nothing else, always the same: it stands in the shop's own returns."""
    return _signed(secrets, _LABEL, shop, label)


def read_label(secrets: Secrets, shop: ShopId, token: str) -> LabelId:
    """The label a token of this shop opens. Raises `NoSuchPage` unless we issued it."""
    return LabelId(_opened(secrets, _LABEL, shop, token))


def tracking_token(secrets: Secrets, shop: ShopId, order: OrderId, until: datetime) -> str:
    """The token of one order's tracking page and nothing else, until then (aware UTC, whole seconds)."""
    return _signed(secrets, _TRACKING, shop, f"{int(until.timestamp())}\0{order}")


def read_tracking(secrets: Secrets, shop: ShopId, token: str, now: datetime) -> OrderId:
    """The order whose tracking a token of this shop opens. Raises `NoSuchPage` unless we issued it and it holds."""
    until, _, order = _opened(secrets, _TRACKING, shop, token).partition("\0")
    if int(until) <= now.timestamp():
        raise NoSuchPage
    return OrderId(order)


def _fields(secrets: Secrets, purpose: str, shop: ShopId, token: str) -> list[str]:
    fields = _opened(secrets, purpose, shop, token).split("\0")
    if len(fields) < _FIXED_FIELDS:
        raise NoSuchPage
    return fields


def _opened(secrets: Secrets, purpose: str, shop: ShopId, token: str) -> str:
    try:
        text = token[:_LONGEST].partition(".")[0]
        body = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as error:
        raise NoSuchPage from error
    if not vouches(secrets, token, lambda each: _signed(each, purpose, shop, body)):
        raise NoSuchPage
    return body


def _signed(secrets: Secrets, purpose: str, shop: ShopId, body: str) -> str:
    signature = secrets.sign(purpose, f"{shop}\0{body}")
    return f"{_text(body.encode())}.{_text(signature)}"


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
