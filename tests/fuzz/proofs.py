"""What people, browsers and devices show to be let in: tokens, signed addresses, links, passkeys, what they type."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from hmac import digest
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import cbor2
from hypothesis import strategies as st

from integrations.passkeys.devices import WebAuthnDevices
from integrations.platforms import live_platforms
from integrations.platforms.woocommerce.address import shop_address
from plugin.domain.companion import OrderPass
from plugin.domain.connection_faults import ShopFault
from plugin.domain.errors import DomainError
from plugin.domain.ids import ClaimDraftId, ClaimId, OrderId, PersonId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.i18n import negotiate
from plugin.ports.errors import Rejected, Unreadable
from plugin.usecases import prove_shopper, withdrawal_link
from plugin.usecases.tracking import choice_link
from plugin.web.evidence import upload_token
from plugin.web.storefront import order_token
from tests.fakes.sources import FakeSecrets
from tests.fuzz.damage import damaged_bytes, damaged_json, damaged_text, json_bodies
from tests.fuzz.parser import Parser
from tests.integrations.shopify.signing import (
    CALLERS,
    NOW,
    SECRET,
    SHOP,
    buyer_claims,
    install_query,
    proxied,
    proxy_query,
    seconds,
    staff_claims,
    token,
)
from tests.support.authenticator import ORIGIN, Authenticator, decoded, encoded


def session_tokens() -> Parser:
    """Tokens of Shopify's admin and of extensions: damaged claims rightly signed, and damaged tokens."""
    said = damaged_json([staff_claims(), buyer_claims()]).filter(lambda claims: isinstance(claims, dict))
    whole = [token(staff_claims()), token(buyer_claims())]
    return Parser(said.map(signed_token) | damaged_text(whole), _callers_by_token, (), whole)


def signed_token(claims: dict[str, Any]) -> str:
    """As JWT writes it: PyJWT itself refuses to sign what is no claim of the standard's."""
    head = encoded(b'{"alg":"HS256","typ":"JWT"}')
    body = f"{head}.{encoded(json.dumps(claims).encode())}"
    return f"{body}.{encoded(digest(SECRET.encode(), body.encode(), 'sha256'))}"


def _callers_by_token(text: str) -> None:
    CALLERS.in_admin(text, NOW)
    CALLERS.in_checkout(text, NOW)
    CALLERS.in_account(text, NOW)


def signed_addresses() -> Parser:
    """Query strings: of the app proxy, and of an installation."""
    installing = {"shop": SHOP.name, "timestamp": str(seconds(NOW)), "host": "YWRtaW4", "state": "x", "code": "abc"}
    names = st.lists(st.tuples(st.text(max_size=5), st.text(max_size=8)), max_size=3)
    signed = st.builds(
        lambda more, value: proxy_query([*proxied(), *more, ("timestamp", value)][: 4 + len(more)]),
        names.map(_encodable),
        st.text(max_size=4),
    )
    changed = st.dictionaries(st.sampled_from(list(installing)), damaged_text(list(installing.values())), max_size=2)
    asked = changed.map(lambda new: _install({**installing, **new}))
    whole = [proxy_query(proxied()), install_query(installing)]
    return Parser(signed | asked | damaged_text(whole), _callers_by_query, (), whole)


def _encodable(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if (name + value).isprintable()]


def _install(given: Mapping[str, str]) -> str:
    return install_query({name: value.encode("utf-8", "replace").decode() for name, value in given.items()})


def _callers_by_query(text: str) -> None:
    CALLERS.in_store(text, NOW)
    CALLERS.installing(text, NOW)
    parse_qsl(urlencode({"query": text.encode("utf-8", "replace")}))


def links() -> Parser:
    """Tokens in the addresses of shoppers' pages: ours, damaged, shown at each door."""
    secrets, shop, order, until = FakeSecrets(), ShopId("shop1"), OrderId("order1"), NOW + timedelta(minutes=30)
    session = ShopperSession(shop, Proof.LINK_OPENED, until, person=PersonId("person1"), orders=(order,))
    choice = choice_link.ChoiceLink("alert1", Choice.REFUND, until)
    ticket = upload_token.UploadTicket(ClaimDraftId("draft1"), PersonId("person1"), until)
    doors: Sequence[tuple[Callable[[str], object], str]] = (
        (
            lambda text: prove_shopper.read_session(secrets, shop, text, NOW),
            prove_shopper.session_token(secrets, session),
        ),
        (
            lambda text: prove_shopper.read_claim(secrets, shop, text),
            prove_shopper.claim_token(secrets, shop, ClaimId("c1")),
        ),
        (
            lambda text: prove_shopper.read_tracking(secrets, shop, text, NOW),
            prove_shopper.tracking_token(secrets, shop, order, until),
        ),
        (
            lambda text: withdrawal_link.read_order_link(text, shop, secrets),
            withdrawal_link.order_link_token(order, shop, secrets),
        ),
        (
            lambda text: choice_link.read_choice(text, shop, secrets, NOW),
            choice_link.choice_token(choice, shop, secrets),
        ),
        (lambda text: upload_token.read(secrets, shop, text, NOW), upload_token.issue(secrets, shop, ticket)),
        (lambda text: order_token.read(secrets, shop, text), order_token.issue(secrets, shop, order)),
        (lambda text: OrderPass.read(text, "key", "secret", NOW), OrderPass("4711", "7", until).write("key", "secret")),
    )
    typed = damaged_text([link for _, link in doors]).map(_as_werkzeug_decodes)
    given = st.tuples(st.sampled_from([door for door, _ in doors]), typed)
    return Parser(given, lambda one: one[0](one[1]), (DomainError,), doors)


def _as_werkzeug_decodes(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def passkeys() -> Parser:
    """Answers of devices, and of what pretends to be one."""
    devices, device = WebAuthnDevices(ORIGIN), Authenticator()
    challenge = encoded(b"c" * 32)
    made = device.make({"user": {"id": encoded(b"handle")}, "challenge": challenge})
    given = [json.loads(made), json.loads(device.sign({"challenge": challenge}))]
    attested = cbor2.loads(decoded(given[0]["response"]["attestationObject"]))
    key = cbor2.dumps(cbor2.loads(attested["authData"][55 + len(device.credential) :]))

    def within(answer: bytes) -> dict[str, Any]:
        return {**given[0], "response": {**given[0]["response"], "attestationObject": encoded(answer)}}

    inside = damaged_bytes([cbor2.dumps(attested), attested["authData"]]).map(lambda one: json.dumps(within(one)))
    answers = json_bodies(given).map(lambda one: one.decode("utf-8", "replace")) | inside

    def parse(answer: str) -> None:
        for act in (
            devices.read,
            lambda one: devices.made(one, b"c" * 32),
            lambda one: devices.signed(one, b"c" * 32, key),
        ):
            try:
                act(answer)
            except Rejected:
                continue

    return Parser(answers, parse, (), [made])


def keys_sent() -> Parser:
    """What a WooCommerce shop posts when its owner agreed to hand out keys."""
    exchange = live_platforms(allows_private=False).exchanges[Platform.WOOCOMMERCE]
    sent = {
        "key_id": 1,
        "user_id": "asked1",
        "consumer_key": "ck_a",
        "consumer_secret": "cs_a",
        "key_permissions": "read",
    }
    return Parser(json_bodies([sent]), exchange.sent, (Unreadable,), [json.dumps(sent).encode()])


def addresses() -> Parser:
    """What people type for an address of a shop, and browsers for a language."""
    typed = [
        "https://Shöp.example:8443/sub/wp-json/",
        "shop.example",
        "0x7f.1",
        "http://[::1]:80",
        "nordkap.myshopify.com",
    ]
    told = ["de-CH,de;q=0.9,en;q=0.8,*;q=0.1", "zh-Hant-TW", "iw"]
    return Parser(damaged_text(typed) | damaged_text(told), _typed, (ShopFault,), typed[:1])


def _typed(text: str) -> None:
    negotiate(text, text)
    ShopDomain.parse(text)
    ShopDomain.of_origin(text)
    for allows_http in (True, False):
        shop_address(text, allows_http=allows_http)


PARSERS: Final[Mapping[str, Callable[[], Parser]]] = {
    "session tokens": session_tokens,
    "signed addresses": signed_addresses,
    "links": links,
    "passkeys": passkeys,
    "keys of woocommerce": keys_sent,
    "addresses": addresses,
}
