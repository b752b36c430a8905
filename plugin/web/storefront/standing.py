"""What stands beside an order's rights on a store's own pages: its claims, and the withdrawal function with it."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from flask import current_app, url_for

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.ids import ClaimId
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.i18n import Catalogue
from plugin.usecases.prove_shopper import claim_token
from plugin.web.deps import deps
from plugin.web.storefront import order_token
from plugin.web.storefront.details import withdrawal_link
from plugin.web.storefront.schemas import ClaimStanding, OfficialLink
from plugin.wording.claim.timeline import timeline


def claim_standing(claim: Claim, entries: Sequence[Entry], shop: Shop, words: Catalogue) -> ClaimStanding:
    """What happened last, and the claim's own page."""
    last = timeline(claim, entries, words)[:1]
    return ClaimStanding(
        number=claim.number,
        title=last[0].title if last else "",
        text=last[0].text if last else "",
        url=claim_page(claim.id, shop, words),
    )


def claim_page(claim: ClaimId, shop: Shop, words: Catalogue) -> str:
    """The address of a claim's page, which opens it."""
    token = claim_token(deps().secrets, shop.id, claim)
    page = url_for("portal.status", shop_key=shop.key, token=token, lang=words.language)
    return f"{current_app.config['BASE_URL']}{page}"


def withdrawal_of_order(stored: StoredOrder, shop: Shop, words: Catalogue) -> OfficialLink | None:
    """The withdrawal function with this order in it; None where no law wants it, or the shop's is off."""
    country = stored.order.place.country
    link = withdrawal_link(shop, country, deps().law, words) if country else None
    token = order_token.issue(deps().secrets, shop.id, stored.id)
    return msgspec.structs.replace(link, url=f"{link.url}&{urlencode({'order': token})}") if link else None
