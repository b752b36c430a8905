"""Take a label the merchant made elsewhere: looked at, made harmless, sealed, and given to the shopper."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from plugin.domain.errors import DomainError
from plugin.domain.evidence.sniff import Refused, refuse_active, refuse_markup, sniff
from plugin.domain.ids import LabelId, MerchantId
from plugin.domain.returning.errors import LabelNotInThatState, NotALabel
from plugin.domain.returning.label import UPLOAD_NEEDED, Carriage, Label, LabelSource, LabelState
from plugin.ports.images import Images
from plugin.ports.unit_of_work import Units
from plugin.usecases.close_labels import stop_following
from plugin.usecases.issue_label import LabelFiles, keep_file
from plugin.usecases.tell_claims import tell_of_label

MOST_BYTES = 2 * 1024 * 1024 - 64 * 1024
"""As much as a form of the admin may bring."""
_KINDS = frozenset({"image", "pdf"})


@dataclass(frozen=True, slots=True)
class UploadedLabel:
    """A file for a parcel, in the place of the label it has; `valid_until` None: the carrier names no date."""

    label: LabelId
    content: bytes = field(repr=False)
    tracking: str | None = None
    carrier: str | None = None
    valid_until: datetime | None = None


def upload_label(
    uploaded: UploadedLabel, *, merchant: MerchantId, units: Units, kept: LabelFiles, images: Images, now: datetime
) -> Label:
    """The parcel's label, issued. Raises `NotALabel`, `UnknownLabel`, `LabelNotInThatState` and `Unavailable`.

    First the record says that a file is to come, then the file is stored, then it is issued: died anywhere, the
    merchant uploads again.
    """
    with units.read(merchant) as unit:
        unit.labels.get(uploaded.label)
    media_type, content = _harmless(uploaded.content, images)
    place = _place_for(uploaded.label, merchant, units, kept, now)
    file = keep_file(place.id, content, media_type, merchant, units, kept)
    told = uploaded.tracking or uploaded.carrier
    carriage = Carriage("", uploaded.carrier, uploaded.tracking) if told else None
    try:
        with units(merchant) as unit:
            unit.labels.save([unit.labels.get(place.id).issued(file, carriage, uploaded.valid_until, now)])
            issued = unit.labels.get(place.id)
            tell_of_label(issued, unit)
            unit.commit()
    except DomainError:
        kept.files.delete(file.object)  # surely not taken: another upload was faster, or the label was closed
        raise
    return issued


def _place_for(label: LabelId, merchant: MerchantId, units: Units, kept: LabelFiles, now: datetime) -> Label:
    """The label that waits for the file: this one, or a new one in its place."""
    with units(merchant) as unit:
        known = unit.labels.get(label)
        if known.state is LabelState.FAILED and known.source is LabelSource.UPLOADED:
            return known
        if not known.is_live:
            raise LabelNotInThatState({"label": label, "state": known.state, "wanted": "issued"})
        fresh = replace(
            known,
            id=LabelId(kept.ids.new()),
            source=LabelSource.UPLOADED,
            state=LabelState.REQUESTED,
            created_at=now,
            file=None,
            carriage=None,
            valid_until=None,
            issued_at=None,
            due_at=None,
            attempts=0,
            replaces=None,
            version=0,
        ).failed(UPLOAD_NEEDED, "", now)
        unit.labels.save([known.closed(now), fresh])
        stop_following([known], unit)
        unit.commit()
    return fresh


def _harmless(content: bytes, images: Images) -> tuple[str, bytes]:
    """What the file is and its bytes: a picture drawn anew, a PDF without programs. Raises `NotALabel`."""

    def read(offset: int, length: int) -> bytes:
        return content[offset : offset + length]

    try:
        kind = sniff(read, len(content))
        if kind.family not in _KINDS or len(content) > MOST_BYTES:
            raise NotALabel({"field": "file"})
        if kind.family == "pdf":
            refuse_active(read, len(content))
            return kind.media_type, content
        refuse_markup(read, len(content))
        picture = images.redraw(content)
    except Refused as refused:
        raise NotALabel({"field": "file", "why": refused.why}) from refused
    return picture.media_type, picture.content
