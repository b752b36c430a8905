"""A file of evidence as widgets read it."""

from flask import request

from plugin.domain.evidence import Evidence
from plugin.i18n import catalogue, negotiate
from plugin.web.problems import error_text


def shown(evidence: Evidence, url: str | None) -> dict[str, str | int | None]:
    """Codes and numbers, one sentence where the file was refused, and for a minute the address to see it at."""
    stored = evidence.stored
    words = catalogue(negotiate(request.args.get("lang"), request.headers.get("Accept-Language")))
    code = f"evidence_{evidence.refusal}" if evidence.refusal else None
    return {
        "id": evidence.id,
        "name": evidence.name,
        "size": evidence.size,
        "offset": evidence.received,
        "state": evidence.state.value,
        "scan": evidence.scan.value,
        "code": code,
        "detail": error_text(words, code) if code else None,
        "media_type": stored.media_type if stored else None,
        "bytes": stored.size if stored else None,
        "sha256": stored.digest if stored else None,
        "url": url,
    }
