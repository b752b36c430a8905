"""No address outside the merchant's desk gives one shop's caller what is another's; the desk has a test of its own.

Every route is either tried with what another shop's shopper, plugin or platform holds, or is declared to have nothing
of anybody's, with the reason. A new route without either fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from integrations.platforms.woocommerce.webhooks import signature
from plugin.domain.companion import SCHEME, SignedRequest
from tests.support.admin import Installation
from tests.web.security.world import OTHER_SHOP, THEIRS, Side, World

PUBLIC: Mapping[str, str] = {
    "static": "files of the app itself",
    "storefront.widgets.file": "files of the app itself",
    "front_door.enter": "leads to the desk or the demo",
    "docs.docs": "describes the API",
    "docs.openapi_json": "describes the API",
    "case_file_key.key": "the installation's public key",
    "observe.healthz": "says that the process lives",
    "observe.readyz": "says whether the process can serve, of no shop",
    "observe.metrics": "sums over the installation, for whoever holds the operator's token",
    "aftersales.robots.robots": "one file for the installation",
    "aftersales.robots.sitemap": "lists the public pages of the shop that is named",
    "aftersales.arrival.arrival": "what every visitor of the shop that is named may read",
    "aftersales.data.json_ld": "what every visitor of the shop that is named may read",
    "aftersales.data.policy_document": "what every visitor of the shop that is named may read",
    "aftersales.data.policy_schema": "the same for every shop",
    "aftersales.pages.choose": "what every visitor of the shop that is named may read",
    "aftersales.pages.page": "what every visitor of the shop that is named may read",
    "documents.certificates": "what every visitor of the shop that is named may read",
    "documents.certificates_json": "what every visitor of the shop that is named may read",
    "documents.label": "what every visitor of the shop that is named may read",
    "documents.notice": "what every visitor of the shop that is named may read",
    "documents.withdrawal": "what every visitor of the shop that is named may read",
    "storefront.api.policy": "what every visitor of the shop that is named may read",
    "storefront.api.promises": "what every visitor of the shop that is named may read",
    "storefront.api.product_information": "what every visitor of the shop that is named may read",
    "storefront.api.preflight": "answers a browser's question before a request",
    "extensions.preflight": "answers a browser's question before a request",
    "evidence.upload.abilities": "says how to upload, to whomever",
    "portal.find": "an empty form",
    "portal.tracking": "an empty form",
    "install_shopify.begin": "takes what Shopify signed, and leads to the shop that it names",
    "install_shopify.come_back": "takes what Shopify signed, in the browser that began",
    "install_woocommerce.wait": "the same words whatever is asked for",
    "install_woocommerce.come_back": "leads to the desk, which asks who is there",
    "demo.home": "the demo store alone",
    "demo.cart": "the demo store alone",
    "demo.first_order": "the demo store alone",
    "demo.law": "the demo store alone",
    "demo.mail": "the demo store's mailbox alone",
    "demo.orders": "the demo store alone",
    "demo.product": "the demo store's shelf",
}
NO_COOKIE: Mapping[str, str] = {}
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


@dataclass(frozen=True)
class Asked:
    """What fills an address, and what is sent along; `instead`: a status that gives nothing away either."""

    parts: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    json: object = None
    body: bytes | None = None
    instead: HTTPStatus | None = None


Attempt = Callable[[Side, Side], Asked]
"""At the first side's address with what the second side's people hold; with twice the same side, it is their right."""


def holding(token: Callable[[Side], str], **parts: Callable[[Side], str]) -> Attempt:
    """With a token in the address."""
    form = {
        "go": "next",
        "text": "Mine now",
        "words": "Mine now",
        "draft": "mine",
        "why": "x",
        "number": "1",
        "score": "1",
    }

    def ask(_: Side, their: Side) -> Asked:
        return Asked({"token": token(their), **{name: part(their) for name, part in parts.items()}}, form=form)

    return ask


def in_session(**parts: Callable[[Side], str]) -> Attempt:
    return holding(Side.session, order=lambda side: side.order, no=lambda _: "1", **parts)


def on_claim(**parts: Callable[[Side], str]) -> Attempt:
    return holding(Side.claim_page, no=lambda _: "1", **parts)


def uploading(**more: str) -> Attempt:
    def ask(_: Side, their: Side) -> Asked:
        sent = {**their.upload(), "Upload-Length": "3", "Upload-Offset": "0", **more}
        return Asked({"evidence": f"file-{their.name}"}, headers=sent, body=b"abc")

    return ask


def at_account(instead: HTTPStatus | None = None, **wish: object) -> Attempt:
    """An extension of our shop that asks for what is in theirs, under the numbers they have there."""

    def ask(our: Side, their: Side) -> Asked:
        return Asked(
            {"order": f"65{len(their.name)}", "claim": their.claim.id},
            headers=our.customer(),
            json=wish,
            instead=instead,
        )

    return ask


def finding(our: Side, their: Side) -> Asked:
    del our
    return Asked(form={"number": "4711", "email": f"{their.words}@example.com"})


def mailed(our: Side, their: Side) -> Asked:
    del our
    return Asked(form={"email": f"{their.words}@example.com"}, instead=HTTPStatus.SEE_OTHER)


def with_order_link(instead: HTTPStatus) -> Attempt:
    """The same form, and the same refusal, that anybody gets who names no order."""

    def ask(_: Side, their: Side) -> Asked:
        form = {"order": their.order_link(), "name": "", "reference": "", "reply_to": ""}
        return Asked(query=f"order={their.order_link()}", form=form, instead=instead)

    return ask


def plugin(target: str) -> Attempt:
    """Our plugin asks for their order."""

    def ask(our: Side, their: Side) -> Asked:
        at = int(our.at.clock.now().timestamp())
        signed = SignedRequest("GET", target, at, b"").signature(our.plugin_secret())
        shop = our if target.startswith("/companion/v1/orders/") else their
        return Asked({"order": "4712"}, headers={"Authorization": f"{SCHEME} {shop.shop.key}:{at}:{signed}"})

    return ask


def passing(our: Side, their: Side) -> Asked:
    """A link into our pages that their plugin signed."""
    return Asked({"order_pass": our.order_pass(their.plugin_secret())}, instead=HTTPStatus.SEE_OTHER)


def delivering(our: Side, their: Side) -> Asked:
    """A webhook for their shop, signed with the secret of ours."""
    body = b'{"id": 4711}'
    signed = signature(body, our.hook_secret()).decode()
    headers = {"X-WC-Webhook-Topic": "order.updated", "X-WC-Webhook-Signature": signed}
    headers |= {
        "X-Shopify-Shop-Domain": OTHER_SHOP,
        "X-Shopify-Hmac-Sha256": signed,
        "X-Shopify-Topic": "orders/edited",
    }
    return Asked({"rest": their.shop.key}, headers=headers, body=body)


LABELLED = {"label": lambda side: f"label-{side.name}", "kind": lambda _: "slip"}
ATTEMPTS: Mapping[str, Attempt] = {
    **dict.fromkeys(
        (
            *("portal.orders", "portal.lines", "portal.choose_lines", "portal.reason", "portal.choose_reason"),
            *("portal.evidence", "portal.keep_evidence", "portal.remedy", "portal.choose_remedy", "portal.confirm"),
            *("portal.submit", "portal.tracking_orders", "portal.tracking_of", "portal.report_parcel"),
        ),
        in_session(),
    ),
    **dict.fromkeys(
        (
            *("portal.status", "portal.write", "portal.tell_sent", "portal.cancel", "portal.appeal", "portal.accept"),
            *("portal.answer", "portal.order_repair", "portal.decline_repair", "portal.reopen", "portal.object"),
        ),
        on_claim(),
    ),
    "portal.name_account": on_claim(refund=lambda side: f"refund-{side.name}"),
    "portal.paper": on_claim(**LABELLED),
    "portal.label": holding(Side.label),
    "portal.tracked": holding(Side.tracking),
    "portal.choice": holding(Side.choice),
    "portal.make_choice": holding(Side.choice),
    **dict.fromkeys(("portal.look", "portal.look_for_tracking"), finding),
    **dict.fromkeys(("portal.mail_link", "portal.mail_tracking_link"), mailed),
    "withdrawal.receipt": holding(Side.receipt),
    "withdrawal.proof": holding(Side.proof),
    "withdrawal.prove": holding(Side.proof),
    "withdrawal.form": with_order_link(HTTPStatus.OK),
    "withdrawal.check": with_order_link(HTTPStatus.UNPROCESSABLE_ENTITY),
    "withdrawal.confirm": with_order_link(HTTPStatus.UNPROCESSABLE_ENTITY),
    "documents.confirmation": holding(Side.order_panel),
    "documents.certificate": lambda _, their: Asked({"certificate": f"paper-{their.name}"}),
    "documents.artwork": lambda _, their: Asked({"artwork": f"art-{their.name}"}),
    "storefront.api.entitlements": holding(Side.order_panel),
    "storefront.api.tracking": holding(Side.order_panel),
    "storefront.api.claim_entry": lambda _, their: Asked(query=f"order={their.order_panel()}", instead=HTTPStatus.OK),
    "evidence.upload.announce": uploading(),
    "evidence.upload.listed": uploading(),
    "evidence.upload.state": uploading(),
    "evidence.upload.receive": uploading(**{"Content-Type": "application/offset+octet-stream"}),
    "evidence.upload.withdraw": uploading(),
    "evidence.view.file": lambda _, their: Asked({"evidence": f"file-{their.name}"}, their.file_view()),
    "companion.connection": plugin("/companion/v1/connection"),
    "companion.disconnect": plugin("/companion/v1/connection"),
    "companion.order": plugin("/companion/v1/orders/4712"),
    "companion.connect": lambda *_: Asked(json={"code": "made.up", "address": f"https://{THEIRS}.example"}),
    "companion.open": passing,
    "extensions.orders": lambda our, _: Asked(query="ids=656", headers=our.customer(), instead=HTTPStatus.OK),
    "extensions.promises": lambda our, _: Asked(
        query="products=501&country=DE", headers=our.customer(), instead=HTTPStatus.OK
    ),
    **dict.fromkeys(
        (
            *("extensions.order", "extensions.claim", "extensions.cancel", "extensions.withdrawal"),
            *("extensions.check", "extensions.declare"),
        ),
        at_account(),
    ),
    "extensions.account_windows": at_account(HTTPStatus.OK),  # says nothing of an order that is not theirs
    "extensions.checkout_windows": at_account(HTTPStatus.OK),
    "extensions.write": at_account(draft=None, lines=[]),
    "extensions.submit": at_account(draft="mine"),
    "install_woocommerce.take": lambda our, their: Asked(
        {"merchant": our.merchant, "asked": f"asked-{their.name}"},
        json={"key_id": 1, "user_id": "mine", "consumer_key": "ck", "consumer_secret": "cs", "key_permissions": "read"},
    ),
    "carrier_pushes.receive": lambda _, their: Asked({"push_token": f"push-{their.name}"}, body=b"{}"),
    "webhooks.shopify": delivering,
    "webhooks.woocommerce": delivering,
    "demo.order": lambda _, their: Asked({"order": their.order}),
    "demo.why": lambda _, their: Asked({"order": their.order}),
    "demo.scan": lambda _, their: Asked({"order": their.order}),
    "demo.withdraw_scan": lambda _, their: Asked({"order": their.order}),
    "demo.pay": lambda _, their: Asked({"made": f"refund-{their.name}"}),
    "demo.take_payment": lambda _, their: Asked({"made": f"refund-{their.name}"}),
    "demo.letter": lambda *_: Asked({"name": "mail1"}),
}
RIGHTFUL = (
    *("portal.orders", "portal.lines", "portal.tracking_of", "portal.status", "portal.tracked", "portal.choice"),
    *("portal.look", "withdrawal.receipt", "withdrawal.proof", "withdrawal.form", "evidence.upload.state"),
    *("storefront.api.entitlements", "storefront.api.tracking", "documents.certificate", "companion.open"),
    "extensions.order",
)
"""Where the same attempt succeeds for whose right it is, so that its refusal above tells something."""


def outside(installation: Installation) -> list[Rule]:
    rules = installation.app.url_map.iter_rules()
    return [rule for rule in rules if not rule.endpoint.startswith("admin.")]


def filled(rule: Rule, parts: Mapping[str, str]) -> str:
    """The address that these parts make."""
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: parts[part[1]], rule.rule)


def ask(
    world: World, rule: Rule, our: Side, their: Side, body: bytes | None = None, riding: Mapping[str, str] = NO_COOKIE
) -> list[tuple[Asked, TestResponse]]:
    """Each method of the route, tried; `body`: sent in the place of its JSON; `riding`: what the browser adds."""
    asked = ATTEMPTS[rule.endpoint](our, their)
    path = filled(rule, {"shop_key": our.shop.key, **asked.parts})
    client = world.installation.app.test_client()
    sent: dict[str, object] = {"headers": {**asked.headers, **riding}, "query_string": asked.query}
    if body is not None:
        sent |= {"data": body, "content_type": "application/json"}
    elif asked.json is not None:
        sent["json"] = asked.json
    else:
        sent["data"] = asked.body if asked.body is not None else dict(asked.form or {})
    methods = (rule.methods or set()) - {"OPTIONS", "HEAD"}
    reading = {name: value for name, value in sent.items() if name in {"headers", "query_string"}}
    return [(asked, client.open(path, method=each, **(reading if each == "GET" else sent))) for each in methods]


@pytest.fixture(autouse=True)
def without_form_tokens(installation: Installation) -> None:
    """Let attempts come further than `test_forms.py` shows that another site's would."""
    installation.app.config["WTF_CSRF_ENABLED"] = False


def test_every_route_is_tried_or_has_nothing_of_anybodys(installation: Installation) -> None:
    every = {rule.endpoint for rule in outside(installation)}
    assert every - ATTEMPTS.keys() - PUBLIC.keys() == set()
    assert (ATTEMPTS.keys() | PUBLIC.keys()) - every == set()
    assert ATTEMPTS.keys() & PUBLIC.keys() == set()


def test_no_route_gives_or_changes_what_is_anothers(world: World) -> None:
    before = world.theirs.rows()
    let_in: list[tuple[str, int]] = []
    for rule in outside(world.installation):
        if rule.endpoint in PUBLIC:
            continue
        for asked, answer in ask(world, rule, world.ours, world.theirs):
            if answer.status_code not in REFUSED | {asked.instead}:
                let_in.append((rule.endpoint, answer.status_code))
            assert THEIRS not in answer.text.replace(f'value="{THEIRS}', ""), rule.endpoint  # what we typed ourselves
            assert world.theirs.rows() == before, rule.endpoint
    assert let_in == []


@pytest.mark.parametrize("endpoint", RIGHTFUL)
def test_the_same_is_given_to_whose_right_it_is(world: World, endpoint: str) -> None:
    (rule,) = [each for each in outside(world.installation) if each.endpoint == endpoint]
    ((_, answer),) = ask(world, rule, world.theirs, world.theirs)
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}, answer.text
    assert "/claim?" not in answer.headers.get("Location", "")
    assert answer.headers.get("Location") != f"/s/{world.theirs.shop.key}/claim"


def test_links_of_one_shops_own_shoppers_open_no_order_but_theirs(world: World) -> None:
    client, our = world.installation.app.test_client(), world.ours
    home = f"/s/{our.shop.key}/claim/{our.session()}"
    assert client.get(f"{home}/{our.order}").status_code == HTTPStatus.OK
    for order in (world.theirs.order, "made-up"):
        answer = client.get(f"{home}/{order}")
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert THEIRS not in answer.text
