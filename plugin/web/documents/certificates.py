"""What comes with a product: a page that works without script, its documents as JSON, and the files."""

from flask import Response, jsonify, render_template, request, url_for

from plugin.usecases.quote_policy import Wanted
from plugin.usecases.quote_product import ProductQuote, quote_product
from plugin.usecases.read_upload import read_certificate
from plugin.web.aftersales.address import absolute
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.documents.answers import file_answer, reader
from plugin.web.storefront.prepared import OPEN_TO_ALL, PUBLIC
from plugin.web.storefront.product_information import product_information_answer


def index(shop_key: str) -> Response:
    """All of it as a page of its own, for stores whose product pages only link it."""
    words, country = reader(), request.args.get("country")
    said = product_information_answer(_quote(shop_key), deps().law, words, is_default=not country)
    html = render_template(
        "documents/certificates.html",
        words=words,
        t=words.text,
        answer=said,
        product=request.args.get("product", ""),
        shop_key=shop_key,
    )
    response = answer(html, "text/html; charset=utf-8", words.language)
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Accept-Language")
    return response


def as_json(shop_key: str) -> Response:
    """The documents for programs; `expires_on` is the last valid day, null without one."""
    listed = [
        {
            "id": each.id,
            "kind": each.kind.value,
            "name": each.name,
            "issued_on": each.issued_on.isoformat() if each.issued_on else None,
            "expires_on": each.expires_on.isoformat() if each.expires_on else None,
            "media_type": each.file.media_type,
            "bytes": each.file.size,
            "sha256": each.file.digest,
            "url": absolute(url_for("documents.certificate", shop_key=shop_key, certificate=each.id)),
        }
        for each in _quote(shop_key).certificates
    ]
    response = jsonify(certificates=listed)
    response.headers.extend(OPEN_TO_ALL)
    response.headers["Cache-Control"] = PUBLIC
    return response


def file(shop_key: str, certificate: str) -> Response:
    """One document, as it was uploaded."""
    at = deps()
    found = read_certificate(shop_key, certificate, directory=at.directory, units=at.units, now=at.clock.now())
    return file_answer(found, certificate, is_download=True)


def _quote(shop_key: str) -> ProductQuote:
    at = deps()
    return quote_product(
        shop_key,
        request.args.get("country"),
        Wanted(request.args.get("product")),
        reader().language,
        directory=at.directory,
        units=at.units,
        law=at.law,
        now=at.clock.now(),
    )
