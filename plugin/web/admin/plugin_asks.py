"""A shop's plugin asks to be connected: its owner sees which shop that is, says yes or no, and is led back there."""

from flask import Response, current_app, request

from plugin.domain.connection_faults import ShopFault
from plugin.domain.key_request import KeyRequest, KeyState
from plugin.domain.order import Platform
from plugin.domain.shop import Role, Shop
from plugin.usecases.admit_companion import admit_companion, with_query
from plugin.usecases.install_shop import ShopBelongsToAnother
from plugin.usecases.meet_companion import MeetingMeans, MetCompanion, meet_companion
from plugin.usecases.request_keys import request_keys
from plugin.usecases.resume_session import Presence
from plugin.web.admin.auth import require
from plugin.web.admin.companion import wordpress
from plugin.web.admin.connections import told
from plugin.web.admin.key_states import key_view
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of

_Refusals = (ShopFault, ShopBelongsToAnother)


def show() -> Response:
    """Which shop asks, by its own answer; nothing changes before the owner says yes."""
    here = require(Role.OWNER)
    address, name = request.args.get("shop", ""), request.args.get("asks", "")
    try:
        met = meet_companion(address, name, merchant=here.merchant, means=_means())
    except _Refusals as refusal:
        return _refused(refusal, address)
    no = with_query(met.asking.return_to, refused="1")
    return page("plugin_asks.html", met=met, asks=name, no=no, is_public=met.shop or deps().public_url)


def decide() -> Response:
    """Say yes: on to the shop's page for keys while the shop is new here, else back to its plugin."""
    here, at = require(Role.OWNER), deps()
    address, name = request.form.get("shop", ""), request.form.get("asks", "")
    try:
        met = meet_companion(address, name, merchant=here.merchant, means=_means())
        if met.shop is not None:
            return _admit(here, met, met.shop)
        asked = request_keys(
            met.address,
            merchant=here.merchant,
            asked_by=here.member.id,
            public_url=at.public_url,
            exchange=at.exchanges[Platform.WOOCOMMERCE],
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
            companion=name,
        )
    except _Refusals as refusal:
        return _refused(refusal, address)
    return _on_to(asked.page, met.address)


def follow(asked: str) -> Response:
    """How asking a shop for keys has come out; where its plugin waits, on to it once the keys are proved."""
    here = require(Role.OWNER)
    with deps().units.read(here.merchant) as unit:
        known = unit.key_requests.get(asked)
        shop = unit.shops.get(known.shop) if known.shop else None
    if shop is None or known.companion is None or known.asked_by != here.member.id:
        return _standing(known, shop)
    try:
        met = meet_companion(known.address, known.companion, merchant=here.merchant, means=_means())
        return _admit(here, met, shop, known.id)
    except _Refusals as refusal:
        return _standing(known, shop, _text(refusal))


def _means() -> MeetingMeans:
    at, kind = deps(), Platform.WOOCOMMERCE
    app = current_app.config["BASE_URL"]
    return MeetingMeans(at.exchanges[kind], at.companion_sites[kind], at.directory, at.units, app)


def _admit(here: Presence, met: MetCompanion, shop: Shop, asked: str | None = None) -> Response:
    at = deps()
    goal = admit_companion(
        met.asking,
        shop,
        by=here.member.id,
        merchant=here.merchant,
        units=at.units,
        ids=at.ids,
        secrets=at.secrets,
        now=at.clock.now(),
        request=asked,
    )
    return _on_to(goal, met.address)


def _on_to(goal: str, address: str) -> Response:
    """A page that goes on by itself: an answer that redirects to another site would be stopped after a form."""
    return page("going_on.html", goal=goal, address=address)


def _standing(known: KeyRequest, shop: Shop | None, refusal: str | None = None) -> Response:
    state = key_view(known, deps().clock.now())
    is_waiting = known.state is KeyState.CAME
    home = wordpress(known.address)
    return page("asked.html", asked=state, shop=shop, refusal=refusal, is_waiting=is_waiting, wordpress=home)


def _refused(refusal: ShopFault | ShopBelongsToAnother, address: str) -> Response:
    return page("plugin_asks.html", status_of(refusal), met=None, refusal=_text(refusal), address=address)


def _text(refusal: ShopFault | ShopBelongsToAnother) -> str:
    if isinstance(refusal, ShopFault):
        return told(refusal.code, refusal.detail)
    return error_text(words(), refusal.code)
