"""A page of a shop at Shopify with our blocks in it, by a theme that has manners of its own, as common themes have."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import Page as Browsed
from playwright.sync_api import Route

from plugin.i18n import catalogue, negotiate
from tests.support.published import SAMPLES
from tests.support.theme import EXTENSION, Goods, Json, Page, printed, schema

SHOP = "https://nordlicht.example"
CDN = "https://cdn.shopify.example/"
ON_THE_PAGE = ("badge", "promises", "after-sales", "withdrawal", "banner")
VARIANTS = ("5041", "5042", "5999")
"""Of product 504; the last has what holds for everything."""
STYLE = """
html { font-size: 62.5%; color-scheme: light }
body { margin: 0; font: 1.6rem/1.8 serif; letter-spacing: .06rem; color: #222; background: #fff }
body.dark { color: #eee; background: #16161a }
main { padding: 1.6rem; max-width: 110rem; margin: auto }
h1 { font-size: 4rem; line-height: 1.2 } h2 { font-size: 2.4rem; margin: 0 0 2rem; text-transform: uppercase }
p { margin: 0 0 1.5rem } dd { margin: 0 0 2rem 3rem } dt { text-transform: uppercase } ul { padding-left: 4rem }
label, select, button { display: block }
select { min-height: 2.4rem }
a { text-decoration: none } footer { border-top: 1px solid; padding: 2rem }
.badge, .label, .lines, .line, .heading, .banner, .more, .summary { display: inline-block; border: 5px solid red }
"""


def written() -> dict[str, Json]:
    """What the app wrote for all: the demo's policy."""
    return _samples()


@cache
def _samples() -> dict[str, Json]:
    return {path.name.split(".")[1]: json.loads(path.read_text()) for path in SAMPLES.glob("app.*.json")}


def goods(chosen: str = VARIANTS[0]) -> Goods:
    """The demo's one product whose variants are promised different things."""
    return Goods("504", json.loads((SAMPLES / "504.promise.json").read_text()), VARIANTS, chosen)


def html(page: Page, *, with_blocks: bool = True, is_dark: bool = False) -> str:
    """The page; a block's script stands in the head, as Shopify puts it there."""
    blocks = ON_THE_PAGE if with_blocks else ()
    words = catalogue(negotiate(page.language, None))
    scripts = [said["javascript"] for said in map(schema, blocks) if "javascript" in said]
    choice = "".join(f'<option value="{each}">{each}</option>' for each in VARIANTS)
    return f"""<!doctype html><html lang="{words.language}" dir="{words.direction}"><head><meta charset="utf-8">
<title>Trail lantern</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="A lantern for the trail"><link rel="icon" href="data:,"><style>{STYLE}</style>
{"".join(f'<script src="{CDN}{each}" async></script>' for each in scripts)}</head>
<body class="{"dark" if is_dark else "light"}"><main><h1>Trail lantern</h1>
<div class="shopify-section" id="shopify-section-main">
<form method="post" action="/cart/add"><label for="choice">Variant</label><select id="choice">{choice}</select>
<input type="hidden" name="id" value="{page.goods.chosen if page.goods else ""}"><button>Add to cart</button></form>
{"".join(f'<div class="shopify-block">{printed(each, page)}</div>' for each in blocks)}</div>
<p id="below">{"Below everything. " * 40}</p></main><footer>Nordlicht</footer>
{printed("embed", page) if with_blocks else ""}</body></html>"""


class Theme:
    """The shop's pages in a browser that reaches nothing else; notes every request."""

    def __init__(self, browsed: Browsed) -> None:
        self.asked: list[str] = []
        self.pages: dict[str, str | None] = {}
        """By path and query; None answers with an error."""
        self._browsed = browsed
        browsed.route("**/*", self._answer)

    def show(self, page: Page, **how: bool) -> None:
        """Open the page and wait until everything it asked for is there."""
        self.pages["/products/lantern"] = html(page, **how)
        self._browsed.goto(f"{SHOP}/products/lantern")
        self._browsed.wait_for_load_state("networkidle")

    def _answer(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        parts = urlsplit(url)
        if url.startswith(CDN):
            route.fulfill(content_type="text/javascript", body=(EXTENSION / "assets" / parts.path[1:]).read_text())
        elif parts.path.startswith("/cart/"):
            route.fulfill(json={})
        else:
            kind = "application/json" if parts.path.endswith(".json") else "text/html"
            said = self.pages.get(parts.path + (f"?{parts.query}" if parts.query else ""))
            route.fulfill(status=500 if said is None else 200, content_type=kind, body=said or "")
