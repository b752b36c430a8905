"""Attest that a text is the official one in a language: from then on it is shown in this merchant's documents."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.legal_documents import AttestedText, Piece, checked
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class Attestation:
    """What somebody says of a text: which piece, in which language, for which country (None: for the language)."""

    piece: Piece
    language: str
    country: str | None
    text: str


def attest_text(
    attestation: Attestation, *, merchant: MerchantId, by: StaffId | None, units: Units, ids: Ids, now: datetime
) -> AttestedText:
    """The text as recorded, its next version; the same words again change nothing.

    Raises `TextIncomplete` when the text has no place for the trader's data, `Invalid` on one that cannot be shown.
    """
    words = checked(attestation.piece, attestation.text)
    if not attestation.language:
        raise Invalid({"field": "language"})
    with units(merchant) as unit:
        known = [text for text in unit.attested.all() if _is_same_kind(text, attestation)]
        newest = max(known, key=lambda text: text.version, default=None)
        if newest is not None and newest.text == words:
            return newest
        text = AttestedText(
            id=ids.new(),
            piece=attestation.piece,
            language=attestation.language,
            country=attestation.country,
            version=newest.version + 1 if newest else 1,
            text=words,
            attested_at=now,
            attested_by=by,
        )
        unit.attested.add(text)
        unit.commit()
    return text


def _is_same_kind(text: AttestedText, asked: Attestation) -> bool:
    return (text.piece, text.language, text.country) == (asked.piece, asked.language, asked.country)
