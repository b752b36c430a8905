"""What a Shopify shop still lacks, with the way there: what we know, what Shopify tells the page, what staff say.

No app may read a theme without a scope that Shopify grants few, and none can read Shopify's own returns (Admin API
2026-10). App Bridge tells inside the frame where our extensions are active (shopify.dev, App Home, "App API").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, g, request, url_for
from werkzeug.exceptions import BadRequest

from plugin.domain.errors import NotFound
from plugin.domain.ids import ShopId
from plugin.domain.order import Platform
from plugin.domain.setup_word import SAYABLE, SetupSaid, SetupStep, SetupWord
from plugin.domain.shop import Role, Shop
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import ShopToken
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.note_setup import SetupNote, note_setup
from plugin.web.admin.auth import require
from plugin.web.admin.pages import see
from plugin.web.deps import deps

EXTENSIONS: Final[Mapping[SetupStep, tuple[str, ...]]] = {
    SetupStep.THEME: ("aftercare-theme",),
    SetupStep.CHECKOUT: ("aftercare-checkout",),
    SetupStep.ACCOUNT: ("aftercare-orders", "aftercare-returns"),
}
"""Whose being active shows that a step is done: handles of the folder `extensions`."""
EMBED: Final = "embed"
BADGE: Final = "badge"
"""Blocks of the theme extension, by their files' names."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that is done in the shop's own admin: its links by the words on them, and what staff said."""

    step: SetupStep
    extensions: str
    links: Sequence[tuple[str, str]]
    word: SetupWord | None


@dataclass(frozen=True, slots=True)
class MoreView:
    """Something the app may be allowed besides, by its purpose and the scopes it takes."""

    purpose: str
    scopes: str
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class SetupView:
    """One Shopify shop's steps; `lacking`: scopes that were not granted, and where they are."""

    shop: Shop
    steps: Sequence[StepView]
    native: SetupWord | None
    native_href: str
    lacking: Sequence[str]
    grant_href: str | None
    more: Sequence[MoreView]
    is_here: bool
    """Whether it is this shop's admin that the page shows in."""


def setups(shops: Sequence[Shop], unit: UnitOfWork) -> list[SetupView]:
    """Of every connected Shopify shop; none where this installation is no app at Shopify."""
    theirs = [shop for shop in shops if shop.platform is Platform.SHOPIFY and not shop.is_demo]
    found = [(shop, ShopDomain.parse(shop.address or ""), unit.shop_tokens.get(shop.id)) for shop in theirs]
    return [_view(shop, domain, token, unit) for shop, domain, token in found if domain and token and deps().shopify]


def say(shop: str, step: str) -> Response:
    """Keep what somebody says of a step, or take back what was said. Raises `NotFound`, `BadRequest`."""
    here, at = require(Role.AGENT), deps()
    said = request.form.get("said", "")
    try:
        wanted = SetupStep(step)
        word = SetupSaid(said) if said else None
    except ValueError as error:
        raise NotFound({"step": step}) from error
    if word is not None and word not in SAYABLE[wanted]:
        raise BadRequest
    note = SetupNote(ShopId(shop), wanted, word, here.member.id)
    note_setup(note, merchant=here.merchant, units=at.units, now=at.clock.now())
    return see(url_for("admin.home") + f"#setup-{note.shop}")


def _view(shop: Shop, domain: ShopDomain, token: ShopToken, unit: UnitOfWork) -> SetupView:
    words = {word.step: word for word in unit.setup_words.of(shop.id)}
    app, granted = deps().shopify, token.grant.scopes
    scopes = app.scopes if app else None
    purposes = scopes.optional if scopes else {}
    return SetupView(
        shop=shop,
        steps=[
            StepView(step, ",".join(EXTENSIONS[step]), _links(step, domain), words.get(step)) for step in EXTENSIONS
        ],
        native=words.get(SetupStep.NATIVE),
        native_href=f"{domain.url}/admin/settings/customer_accounts",
        lacking=scopes.lacking(granted) if scopes else (),
        grant_href=scopes.page(domain) if scopes else None,
        more=[
            MoreView(name, ",".join(takes), bool(scopes and scopes.is_granted(name, granted)))
            for name, takes in purposes.items()
        ],
        is_here=g.get("embedded") == domain,
    )


def _links(step: SetupStep, domain: ShopDomain) -> Sequence[tuple[str, str]]:
    """Where it is done (shopify.dev, "Configure theme app extensions", deep linking, 2026-10)."""
    app = deps().shopify
    client = app.callers.client_id if app else ""
    theme, editor = f"{domain.url}/admin/themes/current/editor", f"{domain.url}/admin/settings/checkout/editor"
    block = f"template=product&addAppBlockId={client}/{BADGE}&target=mainSection"
    match step:
        case SetupStep.THEME:
            embed = f"{theme}?context=apps&activateAppId={client}/{EMBED}"
            return (("admin.setup.open_embed", embed), ("admin.setup.open_badge", f"{theme}?{block}"))
        case SetupStep.CHECKOUT:
            return (("admin.setup.open_checkout", f"{editor}?page=thank-you&context=apps"),)
        case _:
            return (("admin.setup.open_account", f"{editor}?page=order-status&context=apps"),)
