"""Addresses inside another site's frame that need no session token: of one file or framed page, for a short while.

The browser itself loads a file or a frame within a page, and adds no token to what it asks for. The address carries the
right instead: for this path and query, one staff member, one shop's frame, and a minute; never the session token.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from werkzeug.exceptions import HTTPException

from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.secrets import Secrets, vouches

PASS: Final = "pass"  # noqa: S105 - the name of a parameter
FILES: Final = frozenset(
    f"admin.{name}"
    for name in (
        *("claims_table", "case_file", "case_paper", "claim_file", "carrier_file"),
        *("policy_download", "plugin_zip", "returns_manifest", "data_request_file", "scorecard_table"),
    )
)
"""Endpoints that answer with a file."""
FRAMES: Final = frozenset({"admin.letter_page", "admin.policy_draft_page"})
"""Endpoints that answer with a page for a frame inside one of ours; none of them runs a script."""
_LIFETIME: Final[Mapping[bool, timedelta]] = {False: timedelta(minutes=1), True: timedelta(minutes=10)}
"""A frame is loaded once somebody scrolls there; a file at once."""
_PURPOSE: Final = "pass inside a frame v1"
_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may load it, and whose frame they are in."""

    merchant: MerchantId
    staff: StaffId
    shop: ShopDomain


def issue(secrets: Secrets, holder: Holder, address: str, now: datetime, *, is_frame: bool = False) -> str:
    """The address with its pass; a path of ours, which the caller has checked to be one of `FILES` or `FRAMES`."""
    until = str(_until(now, _LIFETIME[is_frame], 600 if is_frame else 1))
    told = f"{holder.merchant}~{holder.staff}~{holder.shop.name}~{until}"
    return f"{address}{'&' if '?' in address else '?'}{PASS}={told}~{_signature(secrets, told, address)}"


def _until(now: datetime, lifetime: timedelta, step: int) -> int:
    """At least so long, and to a full step: a frame whose address stays the same is not loaded again."""
    return -(int((now + lifetime).timestamp()) // -step) * step


def check(secrets: Secrets, address: str, now: datetime) -> Holder | None:
    """Who may load this address, path and raw query; None: nobody, or nobody any more."""
    wanted, _, given = address.rpartition(f"{PASS}=")
    parts = given.split("~")
    if len(parts) != _PARTS or not given.isascii():
        return None
    told, signature = "~".join(parts[:-1]), parts[-1]
    if not vouches(secrets, signature, lambda each: _signature(each, told, wanted[:-1])):
        return None
    merchant, staff, shop, until = parts[:-1]
    domain = ShopDomain.parse(shop)
    is_fresh = now.timestamp() < int(until)
    return Holder(MerchantId(merchant), StaffId(staff), domain) if domain and is_fresh else None


def is_file(address: str) -> bool:
    """Whether a path and query of ours lead to a file."""
    path = address.partition("?")[0]
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return endpoint in FILES


def _signature(secrets: Secrets, told: str, address: str) -> str:
    return urlsafe_b64encode(secrets.sign(_PURPOSE, f"{told}\0{address}")).rstrip(b"=").decode()
