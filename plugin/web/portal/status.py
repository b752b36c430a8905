"""Where a claim stands."""

from flask import Response

from plugin.usecases.claim.act import read_claim
from plugin.usecases.prove_shopper import read_claim as claim_of
from plugin.web.deps import deps
from plugin.web.portal.visit import visit


def show(shop_key: str, token: str) -> Response:
    """The claim."""
    at, needs = visit(shop_key), deps()
    with needs.units.read(at.shop.merchant) as unit:
        claim = read_claim(claim_of(needs.secrets, at.shop.id, token), unit)
    return at.page("status.html", claim=claim)
