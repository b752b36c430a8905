"""What is done about goods on their way back: labels tried again or uploaded, batches moved on, manifests."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from flask import Response, request

from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import BatchId, LabelId
from plugin.domain.returning.batch import HubBatch
from plugin.domain.returning.errors import UnknownBatch
from plugin.domain.shop import Role
from plugin.usecases.close_batches import close_batch, dispatch_batch, receive_batch
from plugin.usecases.draw_return_papers import manifest_pdf
from plugin.usecases.issue_label import LabelFiles
from plugin.usecases.retry_label import retry_label
from plugin.usecases.upload_label import UploadedLabel, upload_label
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import words
from plugin.web.admin.returns import done, refused, upload
from plugin.web.deps import deps

_LONGEST = 60


def retry(label: str) -> Response:
    """Have a parked label bought once more, with another weight where one is typed."""
    here, at = require(Role.AGENT), deps()
    try:
        retry_label(LabelId(label), grams=_grams(), merchant=here.merchant, units=at.units, now=at.clock.now())
    except (Conflict, Invalid) as refusal:
        return refused(label, refusal.code)
    return done("returns.queued")


def take_label(label: str) -> Response:
    """Take the file of a label the merchant made elsewhere."""
    here, at = require(Role.AGENT), deps()
    try:
        form = request.form
        last_day = _last_day(form.get("valid_until", ""))
        uploaded = UploadedLabel(LabelId(label), upload(), _line("tracking"), _line("carrier"), last_day)
        kept = LabelFiles(at.evidence.files, at.ids)
        upload_label(
            uploaded,
            merchant=here.merchant,
            units=at.units,
            kept=kept,
            images=at.evidence.images,
            now=at.clock.now(),
        )
    except (Conflict, Invalid) as refusal:
        return refused(label, refusal.code)
    return done("returns.uploaded")


def close(batch: str) -> Response:
    """Nothing more goes into it."""
    here, at = require(Role.AGENT), deps()
    now = at.clock.now()
    return _moved(lambda: close_batch(BatchId(batch), merchant=here.merchant, units=at.units, now=now))


def dispatch(batch: str) -> Response:
    """The hub handed it to a carrier."""
    here, at, tracking = require(Role.AGENT), deps(), _line("tracking")
    now = at.clock.now()
    return _moved(lambda: dispatch_batch(BatchId(batch), tracking, merchant=here.merchant, units=at.units, now=now))


def receive(batch: str) -> Response:
    """It is at the warehouse."""
    here, at = require(Role.AGENT), deps()
    now = at.clock.now()
    return _moved(lambda: receive_batch(BatchId(batch), merchant=here.merchant, units=at.units, now=now))


def manifest(batch: str) -> Response:
    """What a batch holds, as PDF."""
    at, here = deps(), presence()
    if at.return_papers is None:
        raise UnknownBatch
    content = manifest_pdf(
        BatchId(batch), words().language, merchant=here.merchant, units=at.units, papers=at.return_papers
    )
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="manifest.pdf"'
    return answer


def _moved(step: Callable[[], HubBatch]) -> Response:
    try:
        step()
    except (Conflict, Invalid) as refusal:
        return refused("batches", refusal.code)
    return done("returns.batch_moved")


def _grams() -> int | None:
    """The weight that was typed; None where none was."""
    typed = request.form.get("grams", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise Invalid({"field": "grams"})
    return int(typed) if typed else None


def _line(field: str) -> str | None:
    return " ".join(request.form.get(field, "").split())[:_LONGEST] or None


def _last_day(typed: str) -> datetime | None:
    """A label is taken until its last day is over everywhere."""
    if not typed.strip():
        return None
    try:
        day = datetime.fromisoformat(typed).date()
    except ValueError as error:
        raise Invalid({"field": "valid_until"}) from error
    return datetime.combine(day + timedelta(days=1), time(), UTC)
