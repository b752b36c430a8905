"""For search engines: which pages there are, and what is none of their business."""

from xml.sax.saxutils import escape

from flask import Blueprint, Response

from plugin.domain.errors import DomainError
from plugin.web.aftersales.alternates import alternates
from plugin.web.aftersales.answer import answer
from plugin.web.aftersales.pages import quoted
from plugin.web.deps import deps
from plugin.web.problems import domain_problem

blueprint = Blueprint("robots", __name__)
_RULES = """User-agent: *
Disallow: /admin
Disallow: /storefront/
Disallow: /demo
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What may be read; which shops there are is told by nobody but the shops, each in its own sitemap."""
    return answer(_RULES, "text/plain; charset=utf-8")


@blueprint.get("/s/<shop_key>/sitemap.xml")
def sitemap(shop_key: str) -> Response:
    """Every page of a shop that search engines should know, as of its policy's day."""
    try:
        quote = quoted(shop_key, None)
    except DomainError as error:
        return domain_problem(error)
    changed = f"<lastmod>{quote.policy.effective_from.date().isoformat()}</lastmod>" if quote.policy else ""
    pages = alternates(quote, deps().law.rulebook).pages
    urls = "".join(f"<url><loc>{escape(page.address)}</loc>{changed}</url>\n" for page in pages)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    return answer(body, "application/xml; charset=utf-8")
