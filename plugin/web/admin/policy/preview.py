"""What shoppers would read: a policy's badge and banner for a country, language and product, worded as in the shop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import request

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.free_returns import why_no_banner
from plugin.domain.policy.scope import Item
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.i18n import LANGUAGES, Catalogue, catalogue
from plugin.usecases.look_up_product import look_up_product
from plugin.web.admin.auth import presence
from plugin.web.admin.policy.reading import amount_of
from plugin.web.deps import deps
from plugin.wording.badge import Badge, badge, banner

_UNION_FIRST = ("DE", "FR", "GB", "US", "JP", "SG", "AE")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a preview was asked for; an empty text is not known."""

    country: str
    language: str
    product: str = ""
    sku: str = ""
    category: str = ""
    tag: str = ""
    price: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The words of a policy; `why_not` says in the reader's language why no banner is shown."""

    asked: Asked
    badge: Badge
    banner: str | None
    why_not: tuple[str, ...]
    language: str
    direction: str


def asked(policy: PolicyVersion | None, place: str, words: Catalogue) -> Asked:
    """What the address asks for; else a country of the market that is being edited, in the reader's language."""
    known = {code for code in deps().law.rulebook.jurisdictions if "-" not in code}
    country, language = request.args.get("country", "").upper(), request.args.get("language", "")
    typed = {name: request.args.get(name, "").strip()[:200] for name in _TYPED}
    return Asked(
        country=country if country in known else country_of(policy, place, known),
        language=language if language in LANGUAGES else words.language,
        **typed,
    )


_TYPED = ("product", "sku", "category", "tag", "price", "currency")


def kept() -> dict[str, str]:
    """What the address says of the preview, to be carried along from page to page."""
    names = ("country", "language", "also", *_TYPED)
    return {name: request.args[name][:200] for name in names if request.args.get(name)}


def preview_of(wanted: Asked, policy: PolicyVersion | None, words: Catalogue) -> Preview:
    """The preview, by the very functions the storefront's answers are made with."""
    rights = market_rights(wanted.country, policy, deps().law, item_of(wanted))
    shoppers = catalogue(wanted.language)
    return Preview(
        wanted,
        badge(rights, shoppers),
        banner(rights, shoppers),
        no_banner_text(rights, words),
        shoppers.language,
        shoppers.direction,
    )


def no_banner_text(rights: MarketRights, words: Catalogue) -> tuple[str, ...]:
    """Why no banner promises free returns, for the desk; nothing where one does."""
    return tuple(words.text(f"policy.no_banner.{why.value}") for why in why_no_banner((rights,)))


def item_of(wanted: Asked) -> Item:
    """The product as rules see it: what was typed, and what a catalogue knows of a product of this number."""
    at, price = deps(), amount_of(wanted.price, wanted.currency)
    known = look_up_product(wanted.product, merchant=presence().merchant, units=at.units) if wanted.product else None
    item = known or Item(product=wanted.product or None)
    return replace(
        item,
        sku=wanted.sku or item.sku,
        categories=frozenset((wanted.category,)) if wanted.category else item.categories,
        tags=frozenset((wanted.tag,)) if wanted.tag else item.tags,
        price=price,
    )


def country_of(policy: PolicyVersion | None, place: str, known: Iterable[str]) -> str:
    """A country that stands for the market at this place."""
    if policy is None:
        return _UNION_FIRST[0]
    market = market_at(policy, place)
    named = market.countries if market is not None and market.countries else _rest(policy, known)
    if market is None and policy.home_country:
        return policy.home_country
    return next((code for code in _UNION_FIRST if code in named), min(named, default=_UNION_FIRST[0]))


def market_at(policy: PolicyVersion, place: str) -> MarketPolicy | None:
    """The market a place of the document is in; None outside of all."""
    first, _, rest = place.partition(".")
    if first == "default":
        return policy.default
    at = rest.partition(".")[0]
    is_there = first == "markets" and at.isdecimal() and int(at) < len(policy.markets)
    return policy.markets[int(at)] if is_there else None


def _rest(policy: PolicyVersion, known: Iterable[str]) -> frozenset[str]:
    """The countries no market names."""
    return frozenset(known) - {country for market in policy.markets for country in market.countries}
