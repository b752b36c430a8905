"""The documents of a product: a list that works without script, the same as JSON, and the files."""

from flask import Response, jsonify, render_template, request, url_for

from plugin.usecases.list_certificates import ProductPapers, list_certificates
from plugin.usecases.read_upload import read_certificate
from plugin.web.aftersales.address import absolute
from plugin.web.aftersales.answer import PUBLIC, answer
from plugin.web.deps import deps
from plugin.web.documents.answers import file_answer, reader
from plugin.web.storefront.prepared import OPEN_TO_ALL


def index(shop_key: str) -> Response:
    """The list as a page of its own, which a store may also show in a frame of its product page."""
    words = reader()
    html = render_template(
        "documents/certificates.html", words=words, t=words.text, papers=_papers(shop_key), shop_key=shop_key
    )
    response = answer(html, "text/html; charset=utf-8", words.language)
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Accept-Language")
    return response


def as_json(shop_key: str) -> Response:
    """The same list for widgets and programs; `expires_on` is the last valid day, null without one."""
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
        for each in _papers(shop_key).certificates
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


def _papers(shop_key: str) -> ProductPapers:
    at = deps()
    product, language = request.args.get("product"), reader().language
    return list_certificates(shop_key, product, language, directory=at.directory, units=at.units, now=at.clock.now())
