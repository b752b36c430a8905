"""When what is ordered now should arrive, and nothing else: what a theme's block asks under the shop's own address.

A block prints promises of metafields. The days hold for a day, so they stand in none; they are the policy answer's, in
its words, small enough to be asked by every product page.
"""

import msgspec
from flask import Blueprint, Response, request

from plugin.domain.errors import DomainError
from plugin.i18n import catalogue, negotiate
from plugin.usecases.quote_policy import ANYTHING_WANTED, quote_policy
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.problems import domain_problem
from plugin.web.storefront.answers import arrival_answer
from plugin.web.storefront.prepared import OPEN_TO_ALL

KEPT = "public, max-age=600"
"""Ten minutes: a shopper who looks at several products asks once, and midnight is soon over."""

blueprint = Blueprint("arrival", __name__, url_prefix="/s/<shop_key>")


@blueprint.get("/arrival.json")
def arrival(shop_key: str) -> Response:
    """The days for a country in a language; `arrival` null where nobody can say. 422 where the country is none."""
    at, words = deps(), catalogue(negotiate(request.args.get("lang"), None))
    country = request.args.get("country")
    quote = quote_policy(shop_key, country, ANYTHING_WANTED, directory=at.directory, units=at.units, now=at.clock.now())
    body = msgspec.json.encode(arrival_answer(quote, words))
    response = answer(body, "application/json", words.language, open_to_all=True)
    response.headers["Cache-Control"] = KEPT
    return response


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> Response:
    """A problem programs of any origin can read."""
    response = domain_problem(error)
    response.headers.extend(OPEN_TO_ALL)
    return response
