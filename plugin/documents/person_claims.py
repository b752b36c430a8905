"""A claim in its person's copy: what happened in the words its letters had, and everything that was written."""

from collections.abc import Iterator, Sequence

from plugin.documents.person_rows import Row, Section
from plugin.domain.case_file.case_file import CaseFile, FiledEntry
from plugin.domain.claim.events import MessageSent
from plugin.domain.claim.record import Entry, Private, read_entry
from plugin.domain.claim.replay import replay
from plugin.domain.ids import ClaimId
from plugin.i18n import Catalogue
from plugin.wording.claim.timeline import messages, timeline


def claim_section(case: CaseFile, words: Catalogue) -> Section:
    """Oldest first."""
    entries = [_entry(filed) for filed in case.record]
    title = words.text("person.claim", number=case.claim.number)
    return Section(title, tuple(_rows(ClaimId(case.claim.id), entries, words)))


def _rows(claim: ClaimId, entries: Sequence[Entry], words: Catalogue) -> Iterator[Row]:
    known = replay(claim, entries)
    for told in reversed(timeline(known, entries, words)):
        yield f"{words.day(told.day)}, {told.time}", "\n".join(part for part in (told.title, told.text) if part)
    for said in messages(known, entries, words):
        who = words.text("person.you" if said.is_shoppers else "person.shop")
        yield f"{words.day(said.day)}, {said.time}, {who}", said.text or "–"
    for entry in entries:
        if entry.words and not isinstance(entry.event, MessageSent):
            yield words.day(entry.at.date()), entry.words


def _entry(filed: FiledEntry) -> Entry:
    private = Private(filed.words.text, filed.words.salt) if filed.words else None
    return read_entry(filed.body.encode(), private)
