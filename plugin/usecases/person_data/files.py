"""The files that are a person's: what they handed in, and the labels that were made for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from mimetypes import guess_extension

from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.evidence import Evidence
from plugin.domain.ids import ClaimId, PersonId
from plugin.ports.evidence import FileCipher
from plugin.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Kept:
    """A file: its place in the archive, which nothing that was typed can choose, and the sealed object it is."""

    path: str
    name: str | None
    media_type: str
    size: int
    claim: ClaimId | None
    object: str
    cipher: FileCipher = field(repr=False)


def files_of(
    claims: Sequence[ClaimId], drafts: Sequence[ClaimDraft], person: PersonId, unit: UnitOfWork
) -> Iterator[Kept]:
    """Oldest claims first; those that were refused or are not checked yet have no bytes to give."""
    for claim in claims:
        yield from (_evidence(each, unit) for each in unit.evidence.of_claim(claim) if _is_theirs(each, person))
        yield from _labels(claim, unit)
    for draft in drafts:
        yield from (_evidence(each, unit) for each in unit.evidence.of_draft(draft.id) if _is_theirs(each, person))


def _is_theirs(file: Evidence, person: PersonId) -> bool:
    return file.stored is not None and file.person == person


def _evidence(file: Evidence, unit: UnitOfWork) -> Kept:
    assert file.stored is not None  # noqa: S101 - asked before
    media_type, cipher = file.stored.media_type, unit.evidence.cipher(file.id)
    path = f"files/{file.id}{guess_extension(media_type) or ''}"
    return Kept(path, file.name, media_type, file.stored.size, file.claim, file.stored.object, cipher)


def _labels(claim: ClaimId, unit: UnitOfWork) -> Iterator[Kept]:
    for label in unit.labels.of_claim(claim):
        if label.file is not None:
            path = f"labels/{label.id}{guess_extension(label.file.media_type) or ''}"
            cipher = unit.labels.cipher(label.id)
            yield Kept(path, None, label.file.media_type, label.file.size, claim, label.file.object, cipher)
