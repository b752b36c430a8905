"""Answers of the documents: files that run nothing, words in the reader's language."""

from flask import Response, request

from plugin.i18n import Catalogue, catalogue, negotiate
from plugin.ports.papers import Papers
from plugin.usecases.read_upload import File
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps

_INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"
"""What a drawing brings along itself is shown; nothing is run or fetched."""
_SUFFIX = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


def reader() -> Catalogue:
    """The words of whoever asks."""
    return catalogue(negotiate(request.args.get("lang"), request.headers.get("Accept-Language")))


def papers() -> Papers:
    """What makes documents in this process."""
    made_by = deps().papers
    if made_by is None:
        raise LookupError("this process was given nothing that makes documents")
    return made_by


def file_answer(file: File, name: str, *, is_download: bool) -> Response:
    """An uploaded file, never run in the page's origin: sandboxed, not sniffed, downloaded unless it is a picture."""
    response = answer(file.content, file.media_type, open_to_all=True)
    response.headers["Content-Security-Policy"] = _INERT
    how = "attachment" if is_download else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}.{_SUFFIX[file.media_type]}"'
    return response
