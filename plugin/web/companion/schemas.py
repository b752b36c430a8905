"""The companion contract: what the plugin in the shop is answered. Fields are added, never renamed in `v1`."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from plugin.web.storefront.schemas import Answer, ClaimStanding, EntitlementsAnswer, OfficialLink
from plugin.web.storefront.tracking_schemas import TrackingAnswer


class ConnectionWish(Struct, frozen=True, kw_only=True):
    """What connects a plugin."""

    code: Annotated[str, Meta(description="A one-time code that an owner made on the Shops page.", max_length=512)]
    address: Annotated[str, Meta(description="Where the shop is: `home_url()` in WordPress.", max_length=512)]
    verifier: Annotated[
        str,
        Meta(description="The secret behind the challenge, with a code that answers one; else empty.", max_length=128),
    ] = ""


class ConnectionAnswer(Struct, frozen=True, kw_only=True):
    """The shop a plugin is connected to."""

    shop: Annotated[str, Meta(description="The shop's public key.")]
    name: str
    country: Annotated[str | None, Meta(description="The shop's home country; null while there is no policy.")]
    connected_at: Annotated[datetime, Meta(description="UTC.")]
    has_withdrawal: Annotated[bool, Meta(description="Whether the withdrawal function is switched on.")]


class NewConnectionAnswer(ConnectionAnswer, frozen=True, kw_only=True):
    """The same, with what the plugin signs with from now on; it is told only here."""

    secret: str


class ShopOrderAnswer(Answer, frozen=True, kw_only=True):
    """An order as the shop's own pages show it."""

    token: Annotated[str, Meta(description="The order's capability, for the window panel and tracking.")]
    entitlements: EntitlementsAnswer
    tracking: TrackingAnswer
    claims: Annotated[tuple[ClaimStanding, ...], Meta(description="Oldest first.")]
    withdrawal: Annotated[OfficialLink | None, Meta(description="The withdrawal function, with this order in it.")]
