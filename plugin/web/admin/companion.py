"""The companion plugin: its zip, and the way to connect it, for shops that can have one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, Response, current_app

from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.usecases.make_join_code import MadeJoinCode

MakeZip = Callable[[str], bytes]
"""From the address of this app, which the plugin then offers to connect to."""
_KEY = "aftercare.admin.companion"
_SETTINGS = "/wp-admin/admin.php?page=aftercare"


@dataclass(frozen=True, slots=True)
class CompanionState:
    """A shop that can have the plugin: since when it is connected, and where a fresh code is filled in for it."""

    shop: Shop
    since: datetime | None
    connect_at: str | None


def provide(app: Flask, make_zip: MakeZip) -> None:
    """Give `app` what makes the zip, from a layer beside this one."""
    app.extensions[_KEY] = make_zip


def download() -> Response:
    """The plugin, as WordPress installs it, with the address of this app in it."""
    make_zip: MakeZip = current_app.extensions[_KEY]
    response = Response(make_zip(current_app.config["BASE_URL"]), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="aftercare.zip"'
    return response


def companions(shops: Sequence[Shop], made: MadeJoinCode | None) -> list[CompanionState]:
    """WooCommerce shops whose address is known, by name; the code stands behind the #, which no server is sent."""
    return [
        CompanionState(shop, shop.companion_since, _connect_at(shop, made) if made else None)
        for shop in shops
        if shop.platform is Platform.WOOCOMMERCE and shop.address and not shop.is_demo
    ]


def _connect_at(shop: Shop, made: MadeJoinCode) -> str:
    given = urlencode({"app": current_app.config["BASE_URL"], "code": str(made.token)})
    return f"{wordpress(shop.address or '')}{_SETTINGS}#{given}"


def wordpress(address: str) -> str:
    """Where WordPress is: on a server that rewrites no addresses the API is below `index.php`, its pages are not."""
    return address.removesuffix("/index.php")
