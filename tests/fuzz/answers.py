"""What those whom we ask may answer: shops, carriers, who sells labels, Shopify's other servers.

Each conversation takes place once with the server that the adapter's own tests have, over loopback; then it is had
again and again out of that record, with an answer damaged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from requests import Session

from integrations.carriers import CARRIERS
from integrations.carriers.aftership.client import AfterShipClient
from integrations.carriers.aftership.source import AfterShip
from integrations.carriers.karrio.kinds import KINDS
from integrations.carriers.karrio.worker.opening import opened
from integrations.carriers.seventeen_track.client import SeventeenTrackClient
from integrations.carriers.seventeen_track.source import SeventeenTrack
from integrations.labels.sendcloud.client import SendcloudClient
from integrations.labels.sendcloud.provider import Sendcloud
from integrations.platforms import TRANSLATORS
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.actions.adapter import ShopifyActions
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.partner.pricing import AppPricing
from integrations.platforms.shopify.partner.shop_id import shop_id
from integrations.platforms.shopify.sync.source import ShopifySource
from integrations.platforms.shopify.tokens import ShopifyTokens
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.platforms.woocommerce.companion_site import WooCommerceCompanionSite
from integrations.platforms.woocommerce.reader import ShopReader
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.platforms.woocommerce.webhooks import WooCommerceWebhooks
from integrations.reach import answer
from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.money import Money
from plugin.domain.order import Order, Platform
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.timeline import timeline_of
from plugin.ports.carrier import AskedParcel, CarrierSource
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from plugin.ports.platform import Message
from plugin.ports.platform_actions import PlatformActions, Units
from plugin.ports.shop_tokens import StaleSession
from plugin.ports.shopify_identity import AdminCaller, AppKeys
from plugin.ports.webhooks import WantedHooks
from tests.fakes.sources import FakeClock
from tests.fuzz.conversation import Act, Talk
from tests.fuzz.parser import Parser
from tests.integrations.carrier_contract import NOW
from tests.integrations.labels.test_sendcloud import wanted
from tests.integrations.platform_actions_contract import one_unit
from tests.integrations.shopify import signing
from tests.integrations.shopify.making import making
from tests.integrations.shopify.test_pricing import ACTIVE, APP, SHOP, Partners
from tests.integrations.shopify.test_pricing import serving as serving_partners
from tests.integrations.woocommerce import acting
from tests.integrations.woocommerce.proving import credentials
from tests.support import sendcloud
from tests.support.carriers import aftership, own_accounts, seventeen_track
from tests.support.carriers.server import Service, serving
from tests.support.shopify_admin.server import TOKEN
from tests.support.shopify_tokens import TokenEndpoint
from tests.support.shopify_tokens import serving as serving_tokens
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import recorded_shop
from tests.support.woocommerce_shop import serving as serving_shop

_SINCE: Final = datetime(2026, 3, 1, tzinfo=UTC)
_ORDER: Final = "592"
_ASKING: Final = "ab" * 32
_SHOP: Final = "nordkap.myshopify.com"
_KEYS: Final = Credentials(TOKEN, "")
_WANTED: Final = WantedHooks("https://aftercare.example/webhooks/woocommerce/shopkey", "c0ffee")
_PORT: Final = (Unavailable, Rejected, Unreadable)


# --- carriers --------------------------------------------------------------------------------------------------------
def _carrier(
    service: Service, open_account: Callable[[Session, str], CarrierSource], *parcels: AskedParcel
) -> Callable[[], AbstractContextManager[Act]]:
    @contextmanager
    def server() -> Iterator[Act]:
        with serving(service) as there:
            address = there.address

            def ask(session: Session) -> None:
                for told in open_account(session, address).ask(parcels, NOW):
                    timeline_of(told.reports, told.origin, told.destination)

            yield ask

    return server


def _own(kind: str, session: Session, address: str) -> CarrierSource:
    return opened(CarrierAccount(kind, own_accounts.KEYS[kind], "push", _SINCE), session, address)


_CARRIERS: Final[Mapping[str, Callable[[], AbstractContextManager[Act]]]] = {
    "17track": _carrier(
        seventeen_track.SeventeenTrackService(registered=set()),
        lambda session, address: SeventeenTrack(SeventeenTrackClient("a-key-of-17track", session, address)),
        AskedParcel(seventeen_track.NUMBER, "cainiao"),
    ),
    "aftership": _carrier(
        aftership.AfterShipService(created=[]),
        lambda session, address: AfterShip(AfterShipClient("a-key-of-aftership", session, address)),
        AskedParcel(aftership.NUMBER, "cainiao"),
    ),
    **{
        kind: _carrier(own_accounts.OwnAccount(kind), partial(_own, kind), AskedParcel(own_accounts.number(kind)))
        for kind in KINDS
    },
}
assert _CARRIERS.keys() == CARRIERS.keys()


# --- WooCommerce -----------------------------------------------------------------------------------------------------
def _woocommerce(
    act: Callable[[WooCommerceSource, str, Credentials], object],
) -> Callable[[], AbstractContextManager[Act]]:
    @contextmanager
    def server() -> Iterator[Act]:
        shop = recorded_shop()
        shop.keys.scope = "read_write"
        kept = {*sorted(shop.orders)[:4], int(_ORDER)}
        shop.orders = {number: order for number, order in shop.orders.items() if number in kept}
        shop.refunds = {number: refunds for number, refunds in shop.refunds.items() if number in kept}
        shop.products = dict(list(shop.products.items())[:3])
        with serving_shop(shop):
            shop.open_routes[f"aftercare/v1/asking/{_ASKING}"] = Reply(200, json.dumps(_plugin(shop.address)).encode())
            keys, address = credentials(shop), shop.address

            def ask(session: Session) -> None:
                source = WooCommerceSource(lambda _: session, allows_http=True, sleep=lambda _: None)
                act(source, address, keys)

            yield ask

    return server


def _prove(source: WooCommerceSource, address: str, keys: Credentials) -> None:
    source.prove(address, keys)


def _changes(source: WooCommerceSource, address: str, keys: Credentials) -> None:
    for batch in source.changes(address, keys, since=_SINCE, catalogue_since=_SINCE):
        _translated(Platform.WOOCOMMERCE, batch.records)
    source.listing(address, keys)


def _one_order(source: WooCommerceSource, address: str, keys: Credentials) -> None:
    found = source.order(address, keys, _ORDER)
    if found is not None:
        _translated(Platform.WOOCOMMERCE, (found.record, *(found.refunds or ()), *found.more))


def _hooks(source: WooCommerceSource, address: str, keys: Credentials) -> None:
    webhooks = WooCommerceWebhooks(source)
    for _ in range(2):
        webhooks.keep(address, keys, _WANTED)
    webhooks.remove(address, keys, "/webhooks/woocommerce/shopkey")


def _plugin(address: str) -> dict[str, str]:
    return {"app": "https://aftercare.example", "return_to": f"{address}/wp-admin/", "challenge": "cd" * 32}


def _companion(source: WooCommerceSource, address: str, _: Credentials) -> None:
    WooCommerceCompanionSite(source).asking(address, _ASKING)


@contextmanager
def _woocommerce_commands() -> Iterator[Act]:
    with acting.store() as shop:
        order, address, keys = acting.an_order_of(shop), shop.address, credentials(shop)

        def act(session: Session) -> None:
            _commands(WooCommerceActions(ShopReader(address, keys, session, lambda _: None)), order)

        yield act


def _commands(actions: PlatformActions, order: Order) -> None:
    """Money back, a replacement, credit and a note; each reads what it finds before it writes."""
    refund = one_unit(order)
    actions.capabilities(order)
    actions.refund(refund.intent, order, idempotency_key=refund.intent.idempotency_key)
    units = (Units(order.lines[0].id, 1),)
    actions.create_replacement_order(order, units, idempotency_key="claim7:2")
    amount = Money(500, order.total.presentment.currency)
    actions.issue_store_credit(order, amount, expires_at=NOW + timedelta(days=365), idempotency_key="claim7:3")
    actions.note(order, "Sent back.", idempotency_key="claim7:4")


# --- Shopify ---------------------------------------------------------------------------------------------------------
def _shopify(act: Callable[[ShopifySource, Order], object]) -> Callable[[], AbstractContextManager[Act]]:
    @contextmanager
    def server() -> Iterator[Act]:
        with making() as rig:
            line, order = Line(rig.shop.server.origin, lambda _: None, lambda: 0.0), rig.paid
            yield lambda session: act(ShopifySource(lambda: session, line=line), order)

    return server


def _read_shopify(source: ShopifySource, order: Order) -> None:
    source.prove(_SHOP, _KEYS)
    for since in (None, _SINCE):
        for batch in source.changes(_SHOP, _KEYS, since=since, catalogue_since=since):
            _translated(Platform.SHOPIFY, batch.records)
    found = source.order(_SHOP, _KEYS, order.ref.external_id)
    if found is not None:
        _translated(Platform.SHOPIFY, (found.record,))
    source.listing(_SHOP, _KEYS)


def _command_shopify(source: ShopifySource, order: Order) -> None:
    _commands(ShopifyActions(lambda: source.client(_SHOP, _KEYS)), order)


@contextmanager
def _tokens() -> Iterator[Act]:
    caller = AdminCaller(signing.SHOP, "42", signing.token(signing.staff_claims()))
    endpoint = TokenEndpoint(signing.CLIENT, signing.SECRET)
    endpoint.users = {"42": {"id": 42, "email": "ida@example.com", "account_owner": True, "email_verified": True}}
    with serving_tokens(endpoint) as there:
        line = Line(origin=there.origin, sleep=lambda _: None)

        def act(session: Session) -> None:
            tokens = ShopifyTokens(AppKeys(signing.CLIENT, signing.SECRET), session, line)
            granted = tokens.exchange(caller, signing.NOW)
            tokens.visitor(caller)
            tokens.refresh(signing.SHOP, granted.refresh, signing.NOW)

        yield act


@contextmanager
def _pricing() -> Iterator[Act]:
    with making() as rig, serving_partners(Partners(active=ACTIVE)) as there:
        line, origin = Line(rig.shop.server.origin, lambda _: None), there.origin

        def act(session: Session) -> None:
            named = partial(shop_id, ShopAccess(signing.SHOP, TOKEN), session, line)
            AppPricing(APP, session, lambda _: named(), FakeClock(NOW), origin).of(SHOP)

        yield act


# --- labels ----------------------------------------------------------------------------------------------------------
@contextmanager
def _labels() -> Iterator[Act]:
    with sendcloud.serving(sendcloud.SendcloudServer()) as server:
        address = server.address
        yield lambda session: Sendcloud(SendcloudClient("pk_1", "sk_1", session, address)).buy(wanted())


# --- whoever it is ---------------------------------------------------------------------------------------------------
@contextmanager
def _anybody() -> Iterator[Act]:
    with serving_shop(recorded_shop()) as shop:
        address = shop.address
        yield lambda session: answer(session, address)


def _translated(platform: Platform, records: tuple[bytes, ...]) -> None:
    for record in records:
        try:
            TRANSLATORS[platform].translate(Message("", record, {}))
        except Unreadable:
            continue


TALKS: Final[Mapping[str, Talk]] = {
    **{f"answers of {kind}": Talk(server, _PORT) for kind, server in _CARRIERS.items()},
    "answers of woocommerce, proving": Talk(_woocommerce(_prove), (ShopFault,)),
    "answers of woocommerce, reading": Talk(_woocommerce(_changes), (ShopFault,)),
    "answers of woocommerce, one order": Talk(_woocommerce(_one_order), (ShopFault,)),
    "answers of woocommerce, webhooks": Talk(_woocommerce(_hooks), (ShopFault,)),
    "answers of woocommerce, companion": Talk(_woocommerce(_companion), (ShopFault,)),
    "answers of woocommerce, commands": Talk(_woocommerce_commands, (Unavailable, Rejected)),
    "answers of shopify, reading": Talk(_shopify(_read_shopify), (ShopFault,)),
    "answers of shopify, commands": Talk(_shopify(_command_shopify), (Unavailable, Rejected)),
    "answers of shopify, tokens": Talk(_tokens, (ShopFault, StaleSession)),
    "answers of shopify, plans": Talk(_pricing, ()),
    "answers of sendcloud": Talk(_labels, (Unavailable, Rejected)),
    "answers of whom the doctor asks": Talk(_anybody, (Unavailable,)),
}
PARSERS: Final[Mapping[str, Callable[[], Parser]]] = {name: talk.parser for name, talk in TALKS.items()}
