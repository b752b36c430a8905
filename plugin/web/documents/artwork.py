"""Official artwork, unedited, with its words beside it: the EU legal-guarantee notice and the GARAN label.

Commission Implementing Regulation (EU) 2025/1960: the notice is shown whole; the label may be nested online, whole on
the first click.
"""

from flask import Response, render_template, request

from plugin.domain.errors import NotFound
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.texts import official_text
from plugin.i18n import Catalogue
from plugin.usecases.find_notice import find_notice
from plugin.usecases.list_certificates import list_certificates
from plugin.usecases.read_upload import read_artwork
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.documents.answers import file_answer, reader

_MONTHS = 12


def notice(shop_key: str) -> Response:
    """The notice in the reader's language; not there until the merchant has uploaded it in that language."""
    words, at = reader(), deps()
    found = find_notice(shop_key, words.language, directory=at.directory, units=at.units)
    if found is None:
        raise NotFound({"artwork": "guarantee_notice"})
    transcript = _official("legal_guarantee_notice_transcript", words)
    facts = {"artwork": found, "transcript": transcript.split("\n") if transcript else []}
    return _page("notice.html", words, shop_key, **facts)


def label(shop_key: str) -> Response:
    """The label of a product whose producer guarantees it for longer than two years; else not there."""
    words, at = reader(), deps()
    product, now = request.args.get("product"), at.clock.now()
    shown = list_certificates(shop_key, product, words.language, directory=at.directory, units=at.units, now=now)
    if shown.label is None or shown.artwork is None:
        raise NotFound({"artwork": "garan_label"})
    said = _official("producer_guarantee_in_years", words) or "GARAN"
    years = shown.label.months // _MONTHS
    return _page("label.html", words, shop_key, artwork=shown.artwork, label=shown.label, said=said, years=years)


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


def _official(key: str, words: Catalogue) -> str:
    try:
        return official_text(words.language, key).text
    except UnknownText:
        return ""
