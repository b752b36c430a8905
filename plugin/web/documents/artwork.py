"""Official artwork, unedited, with its words beside it: the EU legal-guarantee notice and the GARAN label.

Commission Implementing Regulation (EU) 2025/1960: the notice is shown whole; the label may be nested online, whole on
the first click.
"""

from flask import Response, render_template, request

from plugin.domain.errors import NotFound
from plugin.i18n import Catalogue
from plugin.usecases.find_notice import find_notice
from plugin.usecases.quote_policy import Wanted
from plugin.usecases.quote_product import quote_product
from plugin.usecases.read_upload import read_artwork
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.documents.answers import file_answer, reader
from plugin.wording.product_information import label_text, notice_transcript


def notice(shop_key: str) -> Response:
    """The notice in the reader's language; not there until the merchant has uploaded it in that language."""
    words, at = reader(), deps()
    found = find_notice(shop_key, words.language, directory=at.directory, units=at.units)
    if found is None:
        raise NotFound({"artwork": "guarantee_notice"})
    return _page("notice.html", words, shop_key, artwork=found, transcript=notice_transcript(words))


def label(shop_key: str) -> Response:
    """The label of a product whose producer guarantees it for longer than two years; else not there."""
    words, at = reader(), deps()
    quote = quote_product(
        shop_key,
        None,
        Wanted(request.args.get("product")),
        words.language,
        directory=at.directory,
        units=at.units,
        law=at.law,
        now=at.clock.now(),
    )
    if quote.label is None:
        raise NotFound({"artwork": "garan_label"})
    said = label_text(quote.label.label, words)
    return _page("label.html", words, shop_key, artwork=quote.label.shown.artwork, said=said)


def file(shop_key: str, artwork: str) -> Response:
    """One artwork, byte for byte."""
    at = deps()
    found = read_artwork(shop_key, artwork, directory=at.directory, units=at.units)
    return file_answer(found, artwork, is_download=found.media_type == "application/pdf")


def _page(template: str, words: Catalogue, shop_key: str, **facts: object) -> Response:
    html = render_template(f"documents/{template}", words=words, t=words.text, shop_key=shop_key, **facts)
    response = answer(html, "text/html; charset=utf-8", words.language)
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Accept-Language")
    return response
