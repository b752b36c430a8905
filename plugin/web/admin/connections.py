"""The forms by which owners connect a shop, replace its keys, and let it go."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.connection import Credentials
from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Role
from plugin.usecases.close_disconnection import close_disconnection
from plugin.usecases.connect_shop import connect_shop
from plugin.usecases.disconnect_shop import disconnect_shop
from plugin.usecases.install_shop import ShopBelongsToAnother
from plugin.usecases.request_keys import request_keys
from plugin.web.admin import notices, shops
from plugin.web.admin.auth import require
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of


def connect() -> Response:
    """Connect a shop with the keys that were typed; a refusal is told at its field, and no key is shown again."""
    here, at = require(Role.OWNER), deps()
    try:
        connect_shop(
            request.form.get("address", ""),
            Credentials(request.form.get("key", ""), request.form.get("secret", "")),
            owner=here.merchant,
            join_code=None,
            sources=at.sources,
            directory=at.directory,
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
        )
    except ShopFault as fault:
        return shops.render(status_of(fault), refusals={fault.field or "address": told(fault.code, fault.detail)})
    except ShopBelongsToAnother as refusal:
        return shops.render(status_of(refusal), refusals={"address": error_text(words(), refusal.code)})
    notices.leave("admin.shops.is_connected")
    return see(url_for("admin.shops"))


def ask_for_keys() -> Response:
    """Find the shop that was typed, and offer the way on to its own page, where its owner says yes."""
    here, at = require(Role.OWNER), deps()
    try:
        asked = request_keys(
            request.form.get("shop_address", ""),
            merchant=here.merchant,
            asked_by=here.member.id,
            public_url=at.public_url,
            exchange=at.exchanges[Platform.WOOCOMMERCE],
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
        )
    except ShopFault as fault:
        return shops.render(status_of(fault), refusals={"ask": told(fault.code, fault.detail)})
    return shops.render(HTTPStatus.CREATED, asked=asked)


def disconnect(shop: str) -> Response:
    """Forget a shop's keys."""
    here = require(Role.OWNER)
    with deps().units.read(here.merchant) as unit:
        known = unit.shops.get(ShopId(shop))
    disconnect_shop(known, units=deps().units, now=deps().clock.now())
    notices.leave("admin.shops.is_disconnected")
    return see(url_for("admin.shops"))


def connect_again() -> Response:
    """Tell that the shop somebody came from is connected: `admit_staff` has done it, at an owner's word."""
    require(Role.OWNER)
    notices.leave("admin.shops.is_connected")
    return see(url_for("admin.home"))


def access_granted() -> Response:
    """Tell that more was granted: `admit_staff` has asked what, at the word of who granted it."""
    require(Role.AGENT)
    notices.leave("admin.setup.access_granted")
    return see(url_for("admin.home"))


def close(shop: str) -> Response:
    """Tell no more of a shop that was let go: its owner did there what was left to do."""
    close_disconnection(ShopId(shop), merchant=require(Role.OWNER).merchant, units=deps().units)
    return see(url_for("admin.shops"))


def told(code: str, detail: str | None) -> str:
    """What a fault means and what to do, with the platform's own word for who looks closer."""
    text = words().text(f"connection.{code}")
    return f"{text} ({detail})" if detail else text
