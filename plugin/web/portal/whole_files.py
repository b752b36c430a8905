"""Files that a form brings whole, without script: each is taken as if it had come in pieces."""

from contextlib import suppress
from typing import IO

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from plugin.domain.errors import DomainError
from plugin.domain.evidence import CHUNK_BYTES
from plugin.domain.evidence.limits import MEGABYTE
from plugin.domain.ids import ClaimDraftId, PersonId
from plugin.usecases.announce_evidence import Announced, announce_evidence
from plugin.usecases.receive_chunk import Chunk, receive_chunk
from plugin.usecases.withdraw_evidence import withdraw_evidence
from plugin.web.deps import deps
from plugin.web.evidence.body import bound_rests
from plugin.web.evidence.slots import NoSlot, slots
from plugin.web.portal.visit import Visit
from plugin.web.problems import error_text

WHOLE_MEGABYTES = 20
"""What one form may bring without script; a video needs the pieces."""
_REST_SECONDS = 10.0


def bound_form() -> None:
    """Bound the body of this request; before anything of its form is read."""
    request.max_content_length = WHOLE_MEGABYTES * MEGABYTE


def take_files(at: Visit, draft: ClaimDraftId, person: PersonId) -> str | None:
    """Keep the form's files with a draft of this person; what is wrong with them, in words."""
    bound_rests(_REST_SECONDS)
    try:
        with slots().taken(draft):
            for file in request.files.getlist("file"):
                if file.filename:
                    announced = Announced(at.shop.id, draft, person, file.filename, file.mimetype, _size(file.stream))
                    _take(at, announced, file.stream)
    except NoSlot:
        return at.words.text("problem.outside_unavailable")
    except RequestEntityTooLarge:
        return at.words.text("problem.evidence_size")
    except DomainError as error:
        return error_text(at.words, error.code)
    finally:
        bound_rests(None)
    return None


def _size(content: IO[bytes]) -> int:
    size = content.seek(0, 2)
    content.seek(0)
    return size


def _take(at: Visit, announced: Announced, content: IO[bytes]) -> None:
    needs, merchant, draft = deps(), at.shop.merchant, announced.draft
    limits, files = needs.evidence.limits, needs.evidence.files
    place = announce_evidence(
        announced, merchant=merchant, units=needs.units, ids=needs.ids, limits=limits, now=needs.clock.now()
    )
    try:
        for offset in range(0, announced.size, CHUNK_BYTES):
            sent = Chunk(place.id, draft, offset, content.read(CHUNK_BYTES))
            now = needs.clock.now()
            receive_chunk(sent, merchant=merchant, units=needs.units, files=files, ids=needs.ids, now=now)
    except DomainError:
        with suppress(DomainError):
            withdraw_evidence(place.id, draft, merchant=merchant, units=needs.units)
        raise
