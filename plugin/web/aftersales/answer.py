"""Pages and documents as answers: public bytes with an entity tag, asked for again by their tag."""

import hashlib

from flask import Response, request

from plugin.web.storefront.prepared import OPEN_TO_ALL, PUBLIC, Prepared


def answer(body: str | bytes, content_type: str, language: str = "", *, open_to_all: bool = False) -> Response:
    """The answer, or 304 when the caller has it already."""
    content = body.encode() if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"Content-Type": content_type, "Cache-Control": PUBLIC, "ETag": tag}
    headers |= {"Content-Language": language} if language else {}
    headers |= OPEN_TO_ALL if open_to_all else {}
    return Prepared(content, tag, tuple(headers.items())).response(request.headers.get("If-None-Match"))
