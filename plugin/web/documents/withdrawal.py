"""The withdrawal form and instruction of a shop, as text and as PDF with the same words."""

from flask import Response, request

from plugin.domain.legal_documents import Piece
from plugin.usecases.quote_document import DocumentNeeded, quote_document
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.documents.answers import papers, reader


def show(shop_key: str, piece: str, kind: str) -> Response:
    """The document for the country asked for, in the reader's language as far as its words are at hand."""
    at = deps()
    quote = quote_document(
        shop_key,
        Piece(piece),
        request.args.get("country"),
        reader().language,
        directory=at.directory,
        units=at.units,
        now=at.clock.now(),
    )
    paper = papers().fill(quote.document, quote.trader, quote.return_to)
    if paper is None:
        raise DocumentNeeded
    is_pdf = kind == "pdf"
    body = paper.pdf() if is_pdf else paper.text
    response = answer(body, "application/pdf" if is_pdf else "text/plain; charset=utf-8", paper.language)
    name = f"{piece}-{quote.country}-{paper.language}.{kind}".replace("_", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.vary.add("Accept-Language")
    return response
