"""Pages that a shop shows under its own address: where their links begin, and what they offer beside."""

from typing import Final, cast

from flask import current_app, request

FLAG: Final = "aftercare.proxied"
"""What the gate says of a request that came through a shop's own address."""
_ACCOUNT: Final = "/account"
"""Where every Shopify store signs its customers in (shopify.dev, "Customer accounts", 2026-10)."""


def is_proxied() -> bool:
    """Whether the page is shown under the shop's own address."""
    return FLAG in request.environ


def links_begin() -> str:
    """What stands before our paths in links of this page: the place it is shown at, without end slash."""
    return request.script_root if is_proxied() else cast("str", current_app.config["BASE_URL"])


def hosted(path: str) -> str:
    """The address of a page here, wherever it is shown; `path` is what `url_for` says."""
    own = path.removeprefix(request.script_root) if is_proxied() else path
    return cast("str", current_app.config["BASE_URL"]) + own


def account() -> str | None:
    """Where the shop's customers sign in; None where that is not known."""
    return _ACCOUNT if is_proxied() else None
